"""What past revisions need: who has been told less of since, and the key by which citations are sealed.

See docs/decisions/two-clocks.md.
"""

from importlib import import_module

from django.db import migrations, models

before = import_module("counts.migrations.0003_visibility")

# What the closed rows say of changes made before this table was.
CHANGES_SO_FAR = """
INSERT INTO counts_visibilitychange (arrest_id, revision, visibility)
SELECT was.arrest_id, was.known_until, coalesce(now.visibility, '')
FROM counts_ledgerrow AS was
LEFT JOIN counts_ledgerrow AS now ON now.arrest_id = was.arrest_id AND now.known_from = was.known_until
WHERE was.known_until IS NOT NULL AND was.visibility IS DISTINCT FROM now.visibility
UNION ALL
SELECT back.arrest_id, back.known_from, back.visibility
FROM counts_ledgerrow AS back
WHERE EXISTS (SELECT FROM counts_ledgerrow AS was WHERE was.arrest_id = back.arrest_id AND was.known_until < back.known_from)
  AND NOT EXISTS (SELECT FROM counts_ledgerrow AS was WHERE was.arrest_id = back.arrest_id AND was.known_until = back.known_from);
"""

# Made by the database, kept with its data: a citation must hold when the site's settings have long been others.
SEAL_KEY = """
CREATE TABLE counts_sealkey (key bytea NOT NULL, is_one boolean PRIMARY KEY DEFAULT true,
                             CONSTRAINT seal_key_is_one CHECK (is_one));
INSERT INTO counts_sealkey (key) SELECT sha256((gen_random_uuid()::text || gen_random_uuid()::text)::bytea);
"""

# As before, but for `changed`: an arrest of which more or less is told from this revision on. One that is new needs no row.
SETTLE = before.SETTLE.replace(
    "), closed_first AS (SELECT count(*) FROM closed)",
    """), closed_first AS (SELECT count(*) FROM closed
    ), changed AS (
        INSERT INTO counts_visibilitychange (arrest_id, revision, visibility)
        SELECT coalesce((known).arrest_id, (fact).arrest_id), revision.number, coalesce((fact).visibility, '')
        FROM difference, revision
        WHERE (known).visibility IS DISTINCT FROM (fact).visibility
          AND ((known).arrest_id IS NOT NULL
               OR EXISTS (SELECT FROM counts_visibilitychange AS earlier WHERE earlier.arrest_id = (fact).arrest_id))
    )""",
)
assert SETTLE != before.SETTLE


class Migration(migrations.Migration):
    dependencies = [("counts", "0003_visibility")]
    operations = [
        migrations.CreateModel(
            name="VisibilityChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("arrest_id", models.BigIntegerField()),
                ("revision", models.PositiveIntegerField()),
                ("visibility", models.CharField(blank=True, help_text="Empty: in numbers no more.", max_length=10)),
            ],
            options={
                "verbose_name": "change of visibility",
                "verbose_name_plural": "changes of visibility",
                "constraints": [
                    models.UniqueConstraint(fields=("arrest_id", "revision"), name="visibility_change_once_a_revision")
                ],
                "indexes": [models.Index(fields=["revision"], name="visibility_change_revision")],
            },
        ),
        migrations.RunSQL(CHANGES_SO_FAR, migrations.RunSQL.noop),
        migrations.RunSQL(SEAL_KEY, "DROP TABLE counts_sealkey;"),
        migrations.RunSQL(SETTLE, before.SETTLE),
    ]
