"""No index that another one makes needless, and none of empty references: imports write them for each row."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("prisoners", "0003_vocabularies"),
    ]

    operations = [
        migrations.AlterField(
            model_name="charge",
            name="arrest",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="charges",
                to="prisoners.arrest",
                verbose_name="arrest",
            ),
        ),
        migrations.AlterField(
            model_name="citation",
            name="arrest",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="citations",
                to="prisoners.arrest",
            ),
        ),
        migrations.AlterField(
            model_name="citation",
            name="judgment",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="citations",
                to="prisoners.judgment",
            ),
        ),
        migrations.AlterField(
            model_name="citation",
            name="prisoner",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="citations",
                to="prisoners.prisoner",
            ),
        ),
        migrations.AlterField(
            model_name="citation",
            name="recognition",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="citations",
                to="prisoners.recognition",
            ),
        ),
        migrations.AlterField(
            model_name="citation",
            name="treatment",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="citations",
                to="prisoners.treatment",
            ),
        ),
        migrations.AlterField(
            model_name="name",
            name="prisoner",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="names",
                to="prisoners.prisoner",
                verbose_name="person",
            ),
        ),
        migrations.AddIndex(
            model_name="citation",
            index=models.Index(condition=models.Q(("prisoner__isnull", False)), fields=["prisoner"], name="citation_prisoner"),
        ),
        migrations.AddIndex(
            model_name="citation",
            index=models.Index(condition=models.Q(("arrest__isnull", False)), fields=["arrest"], name="citation_arrest"),
        ),
        migrations.AddIndex(
            model_name="citation",
            index=models.Index(condition=models.Q(("judgment__isnull", False)), fields=["judgment"], name="citation_judgment"),
        ),
        migrations.AddIndex(
            model_name="citation",
            index=models.Index(condition=models.Q(("treatment__isnull", False)), fields=["treatment"], name="citation_treatment"),
        ),
        migrations.AddIndex(
            model_name="citation",
            index=models.Index(
                condition=models.Q(("recognition__isnull", False)), fields=["recognition"], name="citation_recognition"
            ),
        ),
    ]
