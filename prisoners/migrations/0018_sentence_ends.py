"""When the sentence of an arrest is expected to end, reckoned by the database as `prisoners.sentences` does.

`sentence_ends(arrest)` takes all judgments on record; with two more arguments, those that had been passed by a day which
lies between them (null for a bound that is not known).
"""

from django.db import migrations

SENTENCE_ENDS = """
-- A length in calendar months: the same day of a later month, or that month's last day. Credit can't put the end before
-- the beginning.
CREATE FUNCTION sentence_reckoned(start date, months integer, credited integer) RETURNS date
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN greatest(start, least((start + make_interval(months => months))::date, '9999-12-31') - credited);

CREATE FUNCTION sentence_ends(
    of_arrest bigint, by_earliest date DEFAULT 'infinity', by_latest date DEFAULT 'infinity',
    OUT earliest date, OUT latest date
) LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    passed prisoners_judgment[];
    is_doubtful boolean[];
    known integer := 0;        -- so many of the doubtful ones, the first ones, had been passed
    doubted integer;
    judgment prisoners_judgment;
    arrest_from date; arrest_until date;
    kind text; start_earliest date; start_latest date; credited integer; ends_earliest date; ends_latest date;
    holds_nobody text[] := ARRAY['suspended', 'fine'];
    endless text[] := ARRAY['life', 'death'];
BEGIN
    SELECT array_agg(j ORDER BY place, stage_place, j.id), array_agg(NOT is_passed ORDER BY place, stage_place, j.id)
    INTO passed, is_doubtful
    FROM prisoners_judgment AS j CROSS JOIN LATERAL (SELECT
        coalesce(j.decided_on_latest, j.decided_on_earliest, '-infinity') AS place,
        array_position(ARRAY['unknown', 'first', 'appeal', 'cassation', 'supervision'], j.stage::text) AS stage_place,
        j.decided_on IS NULL OR coalesce(j.decided_on_latest, 'infinity') <= coalesce(by_earliest, '-infinity') AS is_passed
    ) AS said
    WHERE j.arrest_id = of_arrest AND coalesce(j.decided_on_earliest, '-infinity') <= coalesce(by_latest, 'infinity');
    IF passed IS NULL THEN
        RETURN;
    END IF;
    SELECT began_earliest, began_latest INTO arrest_from, arrest_until FROM prisoners_arrest WHERE id = of_arrest;
    earliest := 'infinity';
    latest := '-infinity';
    LOOP
        kind := NULL;  -- no sentence
        doubted := 0;
        FOR place IN 1 .. cardinality(passed) LOOP
            judgment := passed[place];
            doubted := doubted + is_doubtful[place]::integer;
            IF is_doubtful[place] AND doubted > known THEN
                CONTINUE;
            ELSIF judgment.outcome IN ('acquitted', 'quashed', 'retrial') THEN
                kind := NULL;
            ELSIF judgment.outcome = 'upheld' AND kind IS NOT NULL THEN
                IF judgment.ends IS NOT NULL THEN
                    ends_earliest := judgment.ends_earliest;
                    ends_latest := judgment.ends_latest;
                END IF;
            ELSIF judgment.outcome = 'upheld' AND judgment.sentence_kind = 'unknown' AND judgment.sentence_months IS NULL
                  AND judgment.ends IS NULL THEN
                kind := NULL;
            ELSIF judgment.outcome = 'added' AND kind IS NOT NULL AND judgment.sentence_kind = ANY (holds_nobody) THEN
                NULL;
            ELSIF judgment.outcome = 'added' AND kind <> ALL (holds_nobody) THEN
                IF judgment.sentence_kind = ANY (endless) THEN
                    kind := judgment.sentence_kind;
                END IF;
                IF judgment.ends IS NOT NULL THEN
                    ends_earliest := judgment.ends_earliest;
                    ends_latest := judgment.ends_latest;
                ELSIF judgment.sentence_months IS NULL THEN
                    ends_latest := NULL;
                ELSE
                    credited := coalesce(judgment.credited_days, 0);
                    ends_earliest := sentence_reckoned(ends_earliest, judgment.sentence_months, credited);
                    ends_latest := sentence_reckoned(ends_latest, judgment.sentence_months, credited);
                END IF;
            ELSE
                IF kind IS NULL OR judgment.outcome <> 'changed' THEN
                    kind := 'unknown';
                    start_earliest := arrest_from;
                    start_latest := arrest_until;
                    credited := 0;
                END IF;
                IF judgment.sentence_kind <> 'unknown' THEN
                    kind := judgment.sentence_kind;
                END IF;
                IF judgment.runs_from IS NOT NULL THEN
                    start_earliest := judgment.runs_from_earliest;
                    start_latest := judgment.runs_from_latest;
                END IF;
                credited := coalesce(judgment.credited_days, credited);
                IF judgment.ends IS NOT NULL THEN
                    ends_earliest := judgment.ends_earliest;
                    ends_latest := judgment.ends_latest;
                ELSE
                    ends_earliest := sentence_reckoned(start_earliest, judgment.sentence_months, credited);
                    ends_latest := sentence_reckoned(start_latest, judgment.sentence_months, credited);
                END IF;
            END IF;
        END LOOP;
        IF kind IS NULL OR kind = ANY (holds_nobody || endless) OR (ends_earliest IS NULL AND ends_latest IS NULL) THEN
            earliest := NULL;
            latest := NULL;
            RETURN;
        END IF;
        earliest := least(earliest, coalesce(ends_earliest, '-infinity'));
        latest := greatest(latest, coalesce(ends_latest, 'infinity'));
        EXIT WHEN known >= doubted;
        known := known + 1;
    END LOOP;
    earliest := nullif(earliest, '-infinity');
    latest := nullif(latest, 'infinity');
END $$;
ALTER FUNCTION sentence_ends(bigint, date, date) SET search_path FROM CURRENT;
"""
DROP_SENTENCE_ENDS = """
DROP FUNCTION sentence_ends(bigint, date, date);
DROP FUNCTION sentence_reckoned(date, integer, integer);
"""


class Migration(migrations.Migration):
    dependencies = [("prisoners", "0017_names_of_lists")]
    operations = [migrations.RunSQL(SENTENCE_ENDS, DROP_SENTENCE_ENDS)]
