"""Lines of pardons that name nobody are compared as people change; when each was last looked at is no moment any more."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import prisoners.fields

# Who was known when an intake was confirmed has been looked at; of one that is open, when it was begun.
FORTH = """
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE desk_intake SET opened_after = coalesce(
    (SELECT max(number) FROM history_seal WHERE sealed_at <= coalesce(confirmed_at, opened_at)), 0);
"""
BACK = """
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE desk_intakeline AS line SET left_at = intake.confirmed_at
FROM desk_intake AS intake WHERE intake.id = line.intake_id AND line.position IS NOT NULL AND line.arrest_id IS NULL;
"""
BEGUN = "INSERT INTO desk_progress (id, through, upto, within) VALUES (1, 0, 0, 0);"


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0012_days_of_acts"),
        ("prisoners", "0025_name_keys"),
        ("releases", "0009_guard_publication"),
    ]

    operations = [
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("form", models.CharField(max_length=200, verbose_name="form of the name")),
                ("score", models.FloatField(verbose_name="likeness")),
                ("put_aside_by", models.CharField(blank=True, max_length=150, verbose_name="put aside by")),
                ("put_aside_at", models.DateTimeField(null=True, verbose_name="put aside")),
            ],
            options={
                "verbose_name": "offer",
                "verbose_name_plural": "offers",
                "ordering": ["line", "-score", "pk"],
            },
        ),
        migrations.CreateModel(
            name="OpenLine",
            fields=[
                (
                    "line",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="releases.pardonline",
                        verbose_name="line",
                    ),
                ),
                ("as_written", models.CharField(max_length=300, verbose_name="as written in the source")),
                ("held_on", prisoners.fields.UncertainDateField(blank=True, max_length=21, null=True, verbose_name="held on")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None, verbose_name="keys"
                    ),
                ),
                ("since", models.BigIntegerField(null=True, verbose_name="still to be compared since")),
                (
                    "held_on_earliest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("held_on"), function="edtf_earliest"),
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "held_on_latest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("held_on"), function="edtf_latest"),
                        output_field=models.DateField(null=True),
                    ),
                ),
            ],
            options={
                "verbose_name": "open line of a pardon",
                "verbose_name_plural": "open lines of pardons",
                "ordering": ["line"],
            },
        ),
        migrations.CreateModel(
            name="Progress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("through", models.BigIntegerField(default=0)),
                ("upto", models.BigIntegerField(default=0)),
                ("within", models.BigIntegerField(default=0)),
            ],
            options={
                "verbose_name": "progress of the comparison",
                "verbose_name_plural": "progress of the comparison",
            },
        ),
        migrations.AddField(
            model_name="intake",
            name="opened_after",
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.RunSQL(FORTH, BACK),
        migrations.RemoveField(
            model_name="intakeline",
            name="left_at",
        ),
        migrations.RunSQL(BEGUN, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="intakeline",
            index=models.Index(
                condition=models.Q(("position__isnull", False)), fields=["intake", "position"], name="intake_line_position"
            ),
        ),
        migrations.AddField(
            model_name="offer",
            name="prisoner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="prisoners.prisoner",
                verbose_name="person",
            ),
        ),
        migrations.AddIndex(
            model_name="openline",
            index=django.contrib.postgres.indexes.GinIndex(fields=["keys"], name="open_line_keys"),
        ),
        migrations.AddIndex(
            model_name="openline",
            index=models.Index(condition=models.Q(("since__isnull", False)), fields=["since"], name="open_line_waiting"),
        ),
        migrations.AddField(
            model_name="offer",
            name="line",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="offers",
                to="desk.openline",
                verbose_name="line",
            ),
        ),
        migrations.AddConstraint(
            model_name="progress",
            constraint=models.CheckConstraint(
                condition=models.Q(("pk", 1)),
                name="progress_is_one_row",
                violation_error_message="There is one row of progress, and no other.",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(fields=("line", "prisoner"), name="offer_once"),
        ),
    ]
