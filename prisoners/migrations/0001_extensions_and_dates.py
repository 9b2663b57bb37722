"""Extensions, and the database's own reading of uncertain dates (prisoners.dates reads the same texts in Python)."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

EDTF_FUNCTIONS = r"""
CREATE FUNCTION edtf_bound(part text, is_latest boolean) RETURNS date
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    year int; month int; day int;
BEGIN
    IF part = '..' THEN
        RETURN NULL;
    END IF;
    IF part !~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$' THEN
        RAISE invalid_datetime_format USING MESSAGE = format('"%s" is not an uncertain date', part);
    END IF;
    year := split_part(part, '-', 1)::int;
    month := nullif(split_part(part, '-', 2), '')::int;
    day := nullif(split_part(part, '-', 3), '')::int;
    IF day IS NOT NULL THEN
        RETURN make_date(year, month, day);
    ELSIF month IS NOT NULL THEN
        RETURN CASE WHEN is_latest THEN (make_date(year, month, 1) + interval '1 month - 1 day')::date
                    ELSE make_date(year, month, 1) END;
    END IF;
    RETURN CASE WHEN is_latest THEN make_date(year, 12, 31) ELSE make_date(year, 1, 1) END;
END $$;

CREATE FUNCTION edtf_earliest(value text) RETURNS date
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    earliest date; latest date;
BEGIN
    IF strpos(value, '/') = 0 THEN
        RETURN edtf_bound(CASE WHEN value LIKE '..%' THEN 'open' ELSE regexp_replace(value, '~$', '') END, false);
    END IF;
    IF value = '../..' OR value LIKE '%/%/%' THEN
        RAISE invalid_datetime_format USING MESSAGE = format('"%s" is not an uncertain date', value);
    END IF;
    earliest := edtf_bound(split_part(value, '/', 1), false);
    latest := edtf_bound(split_part(value, '/', 2), true);
    IF latest < earliest THEN
        RAISE invalid_datetime_format USING MESSAGE = format('"%s" ends before it begins', value);
    END IF;
    RETURN earliest;
END $$;
-- It calls another function by name, which a restore, whose search path is empty, must find too.
ALTER FUNCTION edtf_earliest(text) SET search_path FROM CURRENT;

CREATE FUNCTION edtf_latest(value text) RETURNS date
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN edtf_bound(CASE WHEN strpos(value, '/') = 0 THEN regexp_replace(value, '~$', '')
                       ELSE split_part(value, '/', 2) END, true);

-- Days of custody that are certain: a confirmed day inside the custody is certain, whatever the ends are, but for the day
-- on which it ended, which doesn't count.
-- Bounds are [from, until); a custody without an end has none. Empty when no day is certain.
-- (Procedural, because as one expression it takes four times as long, and an import calls it for each row.)
CREATE FUNCTION custody_certain(began text, ended text, confirmed date) RETURNS daterange
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    first_day date := least(edtf_latest(began), confirmed);
    sure_until date; until date;
BEGIN
    IF first_day IS NULL THEN
        RETURN 'empty';
    ELSIF ended IS NULL THEN
        RETURN daterange(first_day, NULL);
    END IF;
    sure_until := greatest(edtf_earliest(ended), confirmed + 1);
    until := least(sure_until, edtf_latest(ended));
    IF sure_until IS NULL OR until <= first_day THEN
        RETURN 'empty';
    END IF;
    RETURN daterange(first_day, until);
END $$;
ALTER FUNCTION custody_certain(text, text, date) SET search_path FROM CURRENT;

-- Days of custody that are possible, likewise.
CREATE FUNCTION custody_possible(began text, ended text) RETURNS daterange
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN edtf_latest(ended) <= edtf_earliest(began) THEN 'empty'::daterange
            ELSE daterange(edtf_earliest(began), edtf_latest(ended)) END;
"""

DROP_EDTF_FUNCTIONS = """
DROP FUNCTION custody_possible(text, text);
DROP FUNCTION custody_certain(text, text, date);
DROP FUNCTION edtf_latest(text);
DROP FUNCTION edtf_earliest(text);
DROP FUNCTION edtf_bound(text, boolean);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(EDTF_FUNCTIONS, DROP_EDTF_FUNCTIONS),
    ]
