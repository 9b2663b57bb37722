"""The first conditions that releases are known to come with."""

from django.db import migrations

CONDITIONS = [
    ("petition_signed", "petition for pardon signed"),
    ("filmed_confession", "confession filmed"),
    ("cooperation_pledge", "pledge to cooperate"),
    ("exit_ban", "may not leave the country"),
    ("silence", "pledge of silence"),
    ("reporting_duty", "has to report"),
    ("supervision", "under supervision"),
    ("listed_extremist", "listed as extremist"),
    ("passport_seized", "passport seized"),
    ("citizenship_stripped", "citizenship taken away"),
]


def add_conditions(apps, schema_editor):
    condition = apps.get_model("releases", "Condition")
    condition.objects.bulk_create(
        [condition(code=code, label=label, position=place) for place, (code, label) in enumerate(CONDITIONS)],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("releases", "0003_whole_record")]
    operations = [migrations.RunPython(add_conditions, migrations.RunPython.noop)]
