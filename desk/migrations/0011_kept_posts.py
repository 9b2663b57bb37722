"""What was sent after a sign-in was over waits here, encrypted, for its account."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import desk.private.fields


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0010_pardon_intake"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptPost",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("browser", models.CharField(max_length=64, verbose_name="browser")),
                ("sent", desk.private.fields.EncryptedTextField(verbose_name="what was sent")),
                ("kept_at", models.DateTimeField(verbose_name="kept")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "page kept for its account",
                "verbose_name_plural": "pages kept for their accounts",
                "ordering": ["-kept_at", "-id"],
                "indexes": [models.Index(fields=["kept_at"], name="kept_post_age")],
            },
        ),
    ]
