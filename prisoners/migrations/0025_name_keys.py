"""The keys by which names are found. They come from Python: after this, `manage.py index_names` writes those of names there are.

A table of their own, and not columns of the name: they are no part of the record (nor of its history), every page that reads names
would carry them, and each change of a name would write them anew.
"""

from django.db import migrations

# No foreign key: names are deleted, restored and truncated by statement, and so is what is kept of them here.
TABLE = """
CREATE TABLE prisoners_namekeys (
    name_id bigint PRIMARY KEY,
    keys text[],
    version smallint,
    CONSTRAINT name_keys_have_version CHECK ((keys IS NULL) = (version IS NULL))
);
INSERT INTO prisoners_namekeys (name_id) SELECT id FROM prisoners_name;
CREATE INDEX name_keys_wanting ON prisoners_namekeys (name_id) WHERE keys IS NULL;
-- What waits to enter the index is read through by each search: little of it is let gather.
CREATE INDEX name_keys ON prisoners_namekeys USING gin (keys) WITH (gin_pending_list_limit = 256) WHERE keys IS NOT NULL;
"""
FOLLOWING = """
CREATE FUNCTION name_keys_follow() RETURNS trigger LANGUAGE plpgsql
SET plan_cache_mode = force_custom_plan SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO prisoners_namekeys (name_id) SELECT id FROM added
            ON CONFLICT (name_id) DO UPDATE SET keys = NULL, version = NULL;
    ELSIF TG_OP = 'UPDATE' THEN
        DELETE FROM prisoners_namekeys AS kept USING removed
            WHERE kept.name_id = removed.id AND NOT EXISTS (SELECT FROM added WHERE added.id = removed.id);
        INSERT INTO prisoners_namekeys (name_id)
            SELECT added.id FROM added LEFT JOIN removed ON removed.id = added.id WHERE removed.text IS DISTINCT FROM added.text
            ON CONFLICT (name_id) DO UPDATE SET keys = NULL, version = NULL;
    ELSIF TG_OP = 'DELETE' THEN
        DELETE FROM prisoners_namekeys AS kept USING removed WHERE kept.name_id = removed.id;
    ELSE
        DELETE FROM prisoners_namekeys;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER name_keys_insert AFTER INSERT ON prisoners_name REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION name_keys_follow();
CREATE TRIGGER name_keys_update AFTER UPDATE ON prisoners_name REFERENCING OLD TABLE AS removed NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION name_keys_follow();
CREATE TRIGGER name_keys_delete AFTER DELETE ON prisoners_name REFERENCING OLD TABLE AS removed
    FOR EACH STATEMENT EXECUTE FUNCTION name_keys_follow();
CREATE TRIGGER name_keys_truncate AFTER TRUNCATE ON prisoners_name
    FOR EACH STATEMENT EXECUTE FUNCTION name_keys_follow();
"""
DROP_FOLLOWING = """
DROP TRIGGER name_keys_truncate ON prisoners_name;
DROP TRIGGER name_keys_delete ON prisoners_name;
DROP TRIGGER name_keys_update ON prisoners_name;
DROP TRIGGER name_keys_insert ON prisoners_name;
DROP FUNCTION name_keys_follow();
"""


class Migration(migrations.Migration):
    dependencies = [("prisoners", "0024_state_of_records")]
    operations = [
        migrations.RunSQL(TABLE, "DROP TABLE prisoners_namekeys;"),
        migrations.RunSQL(FOLLOWING, DROP_FOLLOWING),
    ]
