"""The mechanisms of release, and the rule that a release needs an arrest that has ended."""

from django.db import migrations

MECHANISMS = [
    ("sentence_served", "sentence served", False),
    ("pardon", "pardon", False),
    ("amnesty", "amnesty", False),
    ("parole", "parole", False),
    ("milder_sentence", "milder sentence", False),
    ("freed_in_court", "freed in the courtroom", False),
    ("measure_changed", "measure changed (bail, recognisance)", False),
    ("proceedings_dropped", "proceedings dropped", False),
    ("acquitted", "acquitted", False),
    ("conviction_quashed", "conviction quashed", False),
    ("medical", "medical", False),
    ("exchange", "exchange", False),
    ("deportation", "deportation", False),
    ("escape", "escape", False),
    ("unknown", "unknown", False),
    ("death_in_custody", "death in custody", True),
    ("execution", "execution", True),
]

# Deferred, so that one transaction may write the release before the arrest's end.
RELEASE_NEEDS_END = """
CREATE FUNCTION release_needs_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM releases_release AS r JOIN prisoners_arrest AS a ON a.id = r.arrest_id
               WHERE a.id = CASE TG_TABLE_NAME WHEN 'prisoners_arrest' THEN NEW.id
                                               ELSE (to_jsonb(NEW) ->> 'arrest_id')::bigint END
                 AND a.ended IS NULL) THEN
        RAISE check_violation USING CONSTRAINT = 'release_needs_end',
            MESSAGE = 'A release needs the day on which the custody ended, or ../ and the day on which its end became known.';
    END IF;
    RETURN NULL;
END $$;
ALTER FUNCTION release_needs_end() SET search_path FROM CURRENT;
CREATE CONSTRAINT TRIGGER release_needs_end AFTER INSERT OR UPDATE OF arrest_id ON releases_release
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION release_needs_end();
CREATE CONSTRAINT TRIGGER release_needs_end AFTER UPDATE OF ended ON prisoners_arrest
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.ended IS NULL) EXECUTE FUNCTION release_needs_end();
"""
DROP_RELEASE_NEEDS_END = """
DROP TRIGGER release_needs_end ON prisoners_arrest;
DROP TRIGGER release_needs_end ON releases_release;
DROP FUNCTION release_needs_end();
"""


def add_mechanisms(apps, schema_editor):
    mechanism = apps.get_model("releases", "Mechanism")
    mechanism.objects.bulk_create(
        [
            mechanism(code=code, label=label, is_death=is_death, position=place)
            for place, (code, label, is_death) in enumerate(MECHANISMS)
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("releases", "0001_records")]
    operations = [
        migrations.RunPython(add_mechanisms, migrations.RunPython.noop),
        migrations.RunSQL(RELEASE_NEEDS_END, DROP_RELEASE_NEEDS_END),
    ]
