"""All forms of somebody's names in one row, for searches of letters: each word in whichever form, found by one look in one index.

By the index of the names themselves every person with one of the words was fetched before the next word was looked at. It
goes: whatever searched by it searches here.
"""

from django.db import migrations

# No foreign key, as of name keys: people are deleted and restored by statement, and what is kept here follows their names.
TABLE = """
CREATE TABLE prisoners_spellings (
    prisoner_id bigint PRIMARY KEY,
    text text NOT NULL
);
"""
# Somebody who adds a name while somebody else does waits for the row, and reads the names again once it is theirs.
FOLLOWING = """
CREATE FUNCTION spellings_follow() RETURNS trigger LANGUAGE plpgsql
SET plan_cache_mode = force_custom_plan SET search_path FROM CURRENT AS $$
DECLARE
    touched bigint[];
    written bigint[];
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        DELETE FROM prisoners_spellings;
        RETURN NULL;
    ELSIF TG_OP = 'INSERT' THEN
        touched := ARRAY(SELECT DISTINCT prisoner_id FROM added);
    ELSIF TG_OP = 'DELETE' THEN
        touched := ARRAY(SELECT DISTINCT prisoner_id FROM removed);
    ELSE
        touched := ARRAY(
            SELECT DISTINCT each.prisoner_id FROM removed FULL JOIN added ON added.id = removed.id
            CROSS JOIN LATERAL (VALUES (removed.prisoner_id), (added.prisoner_id)) AS each (prisoner_id)
            WHERE (removed.text, removed.prisoner_id) IS DISTINCT FROM (added.text, added.prisoner_id)
                AND each.prisoner_id IS NOT NULL
        );
    END IF;
    WITH made AS (
        INSERT INTO prisoners_spellings (prisoner_id, text)
        SELECT prisoner_id, string_agg(' ' || upper(text), '' ORDER BY id) FROM prisoners_name
        WHERE prisoner_id = ANY (touched) GROUP BY prisoner_id ORDER BY prisoner_id
        ON CONFLICT (prisoner_id) DO NOTHING RETURNING prisoner_id
    )
    SELECT array_agg(prisoner_id) INTO written FROM made;
    touched := ARRAY(SELECT unnest(touched) EXCEPT SELECT unnest(written));
    IF touched = '{}' THEN
        RETURN NULL;
    END IF;
    PERFORM FROM prisoners_spellings WHERE prisoner_id = ANY (touched) ORDER BY prisoner_id FOR UPDATE;
    UPDATE prisoners_spellings AS spelt SET text = name.text FROM (
        SELECT prisoner_id, string_agg(' ' || upper(text), '' ORDER BY id) AS text FROM prisoners_name
        WHERE prisoner_id = ANY (touched) GROUP BY prisoner_id
    ) AS name WHERE spelt.prisoner_id = name.prisoner_id AND spelt.text <> name.text;
    DELETE FROM prisoners_spellings AS spelt WHERE spelt.prisoner_id = ANY (touched)
        AND NOT EXISTS (SELECT FROM prisoners_name AS name WHERE name.prisoner_id = spelt.prisoner_id);
    RETURN NULL;
END $$;
CREATE TRIGGER spellings_insert AFTER INSERT ON prisoners_name REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION spellings_follow();
CREATE TRIGGER spellings_update AFTER UPDATE ON prisoners_name REFERENCING OLD TABLE AS removed NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION spellings_follow();
CREATE TRIGGER spellings_delete AFTER DELETE ON prisoners_name REFERENCING OLD TABLE AS removed
    FOR EACH STATEMENT EXECUTE FUNCTION spellings_follow();
CREATE TRIGGER spellings_truncate AFTER TRUNCATE ON prisoners_name
    FOR EACH STATEMENT EXECUTE FUNCTION spellings_follow();
"""
DROP_FOLLOWING = """
DROP TRIGGER spellings_truncate ON prisoners_name;
DROP TRIGGER spellings_delete ON prisoners_name;
DROP TRIGGER spellings_update ON prisoners_name;
DROP TRIGGER spellings_insert ON prisoners_name;
DROP FUNCTION spellings_follow();
"""
# After the triggers, whose making keeps others from changing names until all of this stands.
FILLING = """
INSERT INTO prisoners_spellings (prisoner_id, text)
SELECT prisoner_id, string_agg(' ' || upper(text), '' ORDER BY id) FROM prisoners_name GROUP BY prisoner_id;
CREATE INDEX spellings_trigrams ON prisoners_spellings USING gin (text gin_trgm_ops) WITH (gin_pending_list_limit = 256);
"""


class Migration(migrations.Migration):
    dependencies = [("prisoners", "0025_name_keys")]
    operations = [
        migrations.RunSQL(TABLE, "DROP TABLE prisoners_spellings;"),
        migrations.RunSQL(FOLLOWING, DROP_FOLLOWING),
        migrations.RunSQL(FILLING, migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="name", name="name_text_trigrams"),
    ]
