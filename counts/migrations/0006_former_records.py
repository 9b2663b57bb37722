"""What records were called that a citation may name: kept when a slug changes or a record is deleted.

The history has it too, but isn't for readers; this holds nothing but what was told with a number.
"""

from django.db import migrations, models

# Each table, its key and what it is called by in addresses, and the columns with its words.
RECORDS = {
    "prisoners_statute": ("id", "slug", "law,article,part,title"),
    "prisoners_context": ("id", "slug", "title"),
    "prisoners_case": ("id", "slug", "title"),
    "prisoners_facility": ("id", "slug", "name"),
    "prisoners_organisation": ("id", "slug", "name"),
    "prisoners_occupation": ("code", "code", ""),
    "prisoners_treatmentkind": ("code", "code", ""),
    "releases_mechanism": ("code", "code", ""),
    "releases_pardon": ("id", "slug", "title"),
    "releases_wave": ("id", "slug", "title"),
}
KEEP = """
CREATE FUNCTION counts_keep_former() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was jsonb := to_jsonb(OLD);
    column_of_slug CONSTANT text := TG_ARGV[1];
BEGIN
    INSERT INTO counts_formerrecord (table_name, key, slug, words, until)
    SELECT TG_TABLE_NAME, was ->> TG_ARGV[0], was ->> column_of_slug,
           coalesce((SELECT jsonb_object_agg(word, was -> word) FROM unnest(string_to_array(TG_ARGV[2], ',')) AS word), '{}'),
           clock_timestamp();
    RETURN NULL;
END $$;
"""


def triggers() -> str:
    return "".join(
        f"""
CREATE TRIGGER counts_keep_deleted AFTER DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION counts_keep_former('{key}', '{slug}', '{words}');
CREATE TRIGGER counts_keep_renamed AFTER UPDATE OF {slug} ON {table}
    FOR EACH ROW WHEN (OLD.{slug} IS DISTINCT FROM NEW.{slug}) EXECUTE FUNCTION counts_keep_former('{key}', '{slug}', '{words}');
"""
        for table, (key, slug, words) in RECORDS.items()
    )


def drop_triggers() -> str:
    return "".join(
        f"DROP TRIGGER counts_keep_deleted ON {table}; DROP TRIGGER counts_keep_renamed ON {table};" for table in RECORDS
    )


class Migration(migrations.Migration):
    dependencies = [
        ("counts", "0005_sentences"),
        ("prisoners", "0023_history_of_reviews"),
        ("releases", "0009_guard_publication"),
    ]
    operations = [
        migrations.CreateModel(
            name="FormerRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table_name", models.CharField(max_length=63)),
                ("key", models.CharField(max_length=80)),
                ("slug", models.CharField(max_length=80)),
                ("words", models.JSONField()),
                ("until", models.DateTimeField()),
            ],
            options={
                "verbose_name": "former record",
                "verbose_name_plural": "former records",
                "indexes": [
                    models.Index(fields=["table_name", "slug", "until"], name="former_record_slug"),
                    models.Index(fields=["table_name", "key", "until"], name="former_record_key"),
                ],
            },
        ),
        migrations.RunSQL(KEEP, "DROP FUNCTION counts_keep_former();"),
        migrations.RunSQL(triggers(), drop_triggers()),
    ]
