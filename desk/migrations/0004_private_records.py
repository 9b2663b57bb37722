"""Private records: tables of their own, every text of which is encrypted."""

import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.lookups
from django.db import migrations, models

import desk.private.fields


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0003_keep_history"),
        ("prisoners", "0005_embargo"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsentEvidence",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("entered_by", models.CharField(editable=False, max_length=150, verbose_name="entered by")),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "given_by",
                    desk.private.fields.EncryptedTextField(
                        help_text="Who they are, and in which right they speak for the person.", verbose_name="given by"
                    ),
                ),
                (
                    "scope",
                    desk.private.fields.EncryptedTextField(
                        help_text="Which facts, shown to whom, until when.", verbose_name="for what"
                    ),
                ),
                (
                    "recorded",
                    desk.private.fields.EncryptedTextField(
                        help_text="Letter, call, message; when, and who heard it.", verbose_name="how it was recorded"
                    ),
                ),
                (
                    "prisoner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="prisoners.prisoner",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "evidence of consent",
                "verbose_name_plural": "evidence of consent",
                "ordering": ["-entered_at", "-id"],
                "abstract": False,
                "indexes": [models.Index(fields=["-entered_at", "-id"], name="consentevidence_newest")],
            },
        ),
        migrations.CreateModel(
            name="ExactAddress",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("entered_by", models.CharField(editable=False, max_length=150, verbose_name="entered by")),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("address", desk.private.fields.EncryptedTextField(verbose_name="address")),
                (
                    "note",
                    desk.private.fields.EncryptedTextField(
                        blank=True, help_text="Whose it is, and since when.", null=True, verbose_name="note"
                    ),
                ),
                (
                    "prisoner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="prisoners.prisoner",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "exact address",
                "verbose_name_plural": "exact addresses",
                "ordering": ["-entered_at", "-id"],
                "abstract": False,
                "indexes": [models.Index(fields=["-entered_at", "-id"], name="exactaddress_newest")],
            },
        ),
        migrations.CreateModel(
            name="FamilyContact",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("entered_by", models.CharField(editable=False, max_length=150, verbose_name="entered by")),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "name",
                    desk.private.fields.EncryptedTextField(
                        help_text="As you call them; “the mother” if you know no name.", verbose_name="name"
                    ),
                ),
                (
                    "relation",
                    desk.private.fields.EncryptedTextField(
                        blank=True, help_text="Mother, lawyer, neighbour …", null=True, verbose_name="relation"
                    ),
                ),
                (
                    "reach",
                    desk.private.fields.EncryptedTextField(
                        blank=True,
                        help_text="Number, address, messenger; when it is safe, and when not.",
                        null=True,
                        verbose_name="how to reach them",
                    ),
                ),
                (
                    "speaks",
                    desk.private.fields.EncryptedTextField(
                        blank=True, help_text="Which one they speak with you.", null=True, verbose_name="language"
                    ),
                ),
                ("note", desk.private.fields.EncryptedTextField(blank=True, null=True, verbose_name="note")),
                (
                    "prisoner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="prisoners.prisoner",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "family contact",
                "verbose_name_plural": "family contacts",
                "ordering": ["-entered_at", "-id"],
                "abstract": False,
                "indexes": [models.Index(fields=["-entered_at", "-id"], name="familycontact_newest")],
            },
        ),
        migrations.CreateModel(
            name="HealthFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("entered_by", models.CharField(editable=False, max_length=150, verbose_name="entered by")),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "text",
                    desk.private.fields.EncryptedTextField(
                        help_text="Illnesses, injuries, medicines, care denied.", verbose_name="health"
                    ),
                ),
                (
                    "consent",
                    desk.private.fields.EncryptedTextField(
                        blank=True, help_text="Who allowed what of this to be told, to whom.", null=True, verbose_name="consent"
                    ),
                ),
                (
                    "prisoner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="prisoners.prisoner",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "health file",
                "verbose_name_plural": "health files",
                "ordering": ["-entered_at", "-id"],
                "abstract": False,
                "indexes": [models.Index(fields=["-entered_at", "-id"], name="healthfile_newest")],
            },
        ),
        migrations.CreateModel(
            name="InternalNote",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("entered_by", models.CharField(editable=False, max_length=150, verbose_name="entered by")),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("text", desk.private.fields.EncryptedTextField(verbose_name="note")),
                (
                    "arrest",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="prisoners.arrest",
                        verbose_name="arrest",
                    ),
                ),
                (
                    "prisoner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="prisoners.prisoner",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "internal note",
                "verbose_name_plural": "internal notes",
                "ordering": ["-entered_at", "-id"],
                "abstract": False,
                "indexes": [models.Index(fields=["-entered_at", "-id"], name="internalnote_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.Value(0),
                                        "+",
                                        models.Case(
                                            models.When(prisoner__isnull=False, then=models.Value(1)),
                                            default=models.Value(0),
                                            output_field=models.IntegerField(),
                                        ),
                                    ),
                                    "+",
                                    models.Case(
                                        models.When(arrest__isnull=False, then=models.Value(1)),
                                        default=models.Value(0),
                                        output_field=models.IntegerField(),
                                    ),
                                ),
                                1,
                            )
                        ),
                        name="internal_note_one_owner",
                        violation_error_message="A note is about a person or about an arrest: choose one of the two.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceIdentity",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("entered_by", models.CharField(editable=False, max_length=150, verbose_name="entered by")),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("identity", desk.private.fields.EncryptedTextField(verbose_name="who they are")),
                ("reach", desk.private.fields.EncryptedTextField(blank=True, null=True, verbose_name="how to reach them")),
                (
                    "risk",
                    desk.private.fields.EncryptedTextField(
                        blank=True, help_text="What they face if it comes out, and from whom.", null=True, verbose_name="risk"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="prisoners.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "identity of a source",
                "verbose_name_plural": "identities of sources",
                "ordering": ["-entered_at", "-id"],
                "abstract": False,
                "indexes": [models.Index(fields=["-entered_at", "-id"], name="sourceidentity_newest")],
            },
        ),
    ]
