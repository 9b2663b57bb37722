"""What a release or a line of a pardon can't say beside the arrests that it is about; and a name for “one release an arrest”."""

import django.db.models.deletion
from django.db import migrations, models

from prisoners.migrations._watching import Rule, Watched, all_together, drop_views

RULES = [
    Rule(
        "void_release_within_arrest",
        "void release",
        "The void release lies outside its arrest.",
        """SELECT void.id AS record_id, arrest.id AS arrest_id, arrest.prisoner_id,
        concat('void release ', void.id, ' of ', void.happened_on, '; arrest ', arrest.id, ' from ', coalesce(arrest.began, '?'), ' to ',
            coalesce(arrest.ended, '?')) AS dates
    FROM releases_voidrelease AS void JOIN prisoners_arrest AS arrest ON arrest.id = void.arrest_id
    WHERE void.happened_on_latest < arrest.began_earliest OR arrest.ended_latest < void.happened_on_earliest""",
    ),
    Rule(
        "pardon_line_person_once",
        "pardon line",
        "Another line of this pardon is matched to another arrest of this person.",
        """SELECT line.id AS record_id, arrest.id AS arrest_id, arrest.prisoner_id,
        concat('pardon ', line.pardon_id, ', line ', line.position, ' and line ', min(other.position)) AS dates
    FROM releases_pardonline AS line JOIN prisoners_arrest AS arrest ON arrest.id = line.arrest_id
    JOIN releases_pardonline AS other ON other.pardon_id = line.pardon_id AND other.arrest_id <> line.arrest_id
    JOIN prisoners_arrest AS same ON same.id = other.arrest_id AND same.prisoner_id = arrest.prisoner_id
    GROUP BY line.id, arrest.id""",
    ),
]

WATCHED = [
    Watched(
        "releases_voidrelease",
        ("arrest_id", "happened_on"),
        ("void_release_within_arrest",),
        ("prisoners_arrest", "arrest_id"),
        needs="happened_on IS NOT NULL",
    ),
    Watched(
        "releases_pardonline",
        ("pardon_id", "arrest_id"),
        ("pardon_line_person_once",),
        ("releases_pardon", "pardon_id"),
        needs="arrest_id IS NOT NULL",
        lock="FOR NO KEY UPDATE",  # two lines at once could not see each other
    ),
    Watched(
        "prisoners_arrest",
        ("prisoner_id", "began", "ended"),
        below=(("void_release_within_arrest", "arrest_id"), ("pardon_line_person_once", "arrest_id")),
        suffix="release_checked",
    ),
]

CREATE = "".join(
    [*(rule.view for rule in RULES), all_together("releases_contradictions", RULES), *(table.sql() for table in WATCHED)]
)
DROP = "".join([*(table.drop() for table in WATCHED), drop_views("releases_contradictions", RULES)])

# Django names the uniqueness of a one-to-one itself, and finds it by its column whatever it is called.
NAME = "ALTER TABLE releases_release RENAME CONSTRAINT releases_release_arrest_id_key TO release_once;"
NAME_BACK = "ALTER TABLE releases_release RENAME CONSTRAINT release_once TO releases_release_arrest_id_key;"


class Migration(migrations.Migration):
    dependencies = [
        ("prisoners", "0019_contradictions"),
        ("releases", "0007_names_of_lists"),
    ]
    operations = [
        migrations.RunSQL(CREATE, DROP),
        migrations.RunSQL(NAME, NAME_BACK),
        migrations.AlterField(
            model_name="release",
            name="arrest",
            field=models.OneToOneField(
                error_messages={"unique": "This arrest has a release already: one custody ends once."},
                on_delete=django.db.models.deletion.CASCADE,
                related_name="release",
                to="prisoners.arrest",
                verbose_name="arrest",
            ),
        ),
    ]
