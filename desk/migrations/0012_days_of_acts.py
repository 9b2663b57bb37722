"""The day on which people were held may be uncertain, or unknown, as that of the act itself may be."""

from django.db import migrations, models

import prisoners.fields

# Checked at once: a table with checks that wait can't be altered.
FORTH = "SET CONSTRAINTS ALL IMMEDIATE; UPDATE desk_intake SET held_on = held_day::text;"
# On the way back an act keeps the first day that it can have been.
BACK = """
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE desk_intake SET held_day = coalesce(edtf_earliest(held_on), edtf_latest(held_on), opened_at::date);
"""


def _bound(name):
    return models.GeneratedField(
        db_persist=True,
        expression=models.Func(models.F("held_on"), function=f"edtf_{name}"),
        output_field=models.DateField(null=True),
    )


class Migration(migrations.Migration):
    dependencies = [("desk", "0011_kept_posts")]
    operations = [
        migrations.RenameField("intake", "held_on", "held_day"),
        migrations.AddField(
            "intake",
            "held_on",
            prisoners.fields.UncertainDateField(
                blank=True,
                help_text="People who can have been in custody then are looked for first.",
                max_length=21,
                null=True,
                verbose_name="held on",
            ),
        ),
        migrations.AddField("intake", "held_on_earliest", _bound("earliest")),
        migrations.AddField("intake", "held_on_latest", _bound("latest")),
        # Its day is nothing without the moment on the way back, and so may be missing for that moment.
        migrations.AlterField("intake", "held_day", models.DateField(null=True)),
        migrations.RunSQL(FORTH, BACK),
        migrations.RemoveField("intake", "held_day"),
    ]
