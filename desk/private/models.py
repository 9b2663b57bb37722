"""Private records. Nothing else refers to them, and no other record leads to them (`related_name="+"`)."""

import uuid
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from prisoners.models import Arrest, Prisoner, Source
from prisoners.models.sources import exactly_one

from .fields import EncryptedTextField


class PrivateRecord(models.Model):
    """Who entered it and when are plain; every text is encrypted.

    The key of a row is drawn, not counted, so that it is known before its texts are sealed for it.
    """

    belongs_to: tuple[str, ...] = ()  # the relations that name the owner; a text can't be read under another

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entered_by = models.CharField(_("entered by"), max_length=150, editable=False)
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        abstract = True
        ordering = ["-entered_at", "-id"]
        indexes = [models.Index(fields=["-entered_at", "-id"], name="%(class)s_newest")]

    def __str__(self) -> str:
        """Enough to tell two apart. This text ends up in logs, messages and titles, so it says no more."""
        return f"{self._meta.verbose_name} {str(self.id)[:8]}"

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        record = super().from_db(*args, **kwargs)
        if not {f"{name}_id" for name in cls.belongs_to} & record.get_deferred_fields():
            for field in cls._meta.concrete_fields:
                if isinstance(field, EncryptedTextField):
                    field.remember_place(record)
        return record

    @property
    def owner(self) -> models.Model:
        """The record that this one is about."""
        return next(owner for name in self.belongs_to if (owner := getattr(self, name)))


class PrivateRecordOfPerson(PrivateRecord):
    """A private record that belongs to a person."""

    belongs_to = ("prisoner",)

    prisoner = models.ForeignKey(Prisoner, models.CASCADE, related_name="+", verbose_name=_("person"))

    class Meta(PrivateRecord.Meta):
        abstract = True


class FamilyContact(PrivateRecordOfPerson):
    """Somebody close to the person, whom the group may reach."""

    name = EncryptedTextField(_("name"), help_text=_("As you call them; “the mother” if you know no name."))
    relation = EncryptedTextField(_("relation"), null=True, blank=True, help_text=_("Mother, lawyer, neighbour …"))
    reach = EncryptedTextField(
        _("how to reach them"), null=True, blank=True, help_text=_("Number, address, messenger; when it is safe, and when not.")
    )
    speaks = EncryptedTextField(_("language"), null=True, blank=True, help_text=_("Which one they speak with you."))
    note = EncryptedTextField(_("note"), null=True, blank=True)

    class Meta(PrivateRecordOfPerson.Meta):
        verbose_name = _("family contact")
        verbose_name_plural = _("family contacts")


class ExactAddress(PrivateRecordOfPerson):
    """Where exactly somebody lives or something happened; the public record names the place at most."""

    address = EncryptedTextField(_("address"))
    note = EncryptedTextField(_("note"), null=True, blank=True, help_text=_("Whose it is, and since when."))

    class Meta(PrivateRecordOfPerson.Meta):
        verbose_name = _("exact address")
        verbose_name_plural = _("exact addresses")


class HealthFile(PrivateRecordOfPerson):
    """What is known of the person's health."""

    text = EncryptedTextField(_("health"), help_text=_("Illnesses, injuries, medicines, care denied."))
    consent = EncryptedTextField(
        _("consent"), null=True, blank=True, help_text=_("Who allowed what of this to be told, to whom.")
    )

    class Meta(PrivateRecordOfPerson.Meta):
        verbose_name = _("health file")
        verbose_name_plural = _("health files")


class ConsentEvidence(PrivateRecordOfPerson):
    """Who agreed to what, and how one can tell."""

    given_by = EncryptedTextField(_("given by"), help_text=_("Who they are, and in which right they speak for the person."))
    scope = EncryptedTextField(_("for what"), help_text=_("Which facts, shown to whom, until when."))
    recorded = EncryptedTextField(_("how it was recorded"), help_text=_("Letter, call, message; when, and who heard it."))

    class Meta(PrivateRecordOfPerson.Meta):
        verbose_name = _("evidence of consent")
        verbose_name_plural = _("evidence of consent")


class SourceIdentity(PrivateRecord):
    """Who stands behind a source."""

    belongs_to = ("source",)

    source = models.ForeignKey(Source, models.CASCADE, related_name="+", verbose_name=_("source"))
    identity = EncryptedTextField(_("who they are"))
    reach = EncryptedTextField(_("how to reach them"), null=True, blank=True)
    risk = EncryptedTextField(_("risk"), null=True, blank=True, help_text=_("What they face if it comes out, and from whom."))

    class Meta(PrivateRecord.Meta):
        verbose_name = _("identity of a source")
        verbose_name_plural = _("identities of sources")


class InternalNote(PrivateRecord):
    """What editors tell each other about a person or an arrest."""

    belongs_to = ("prisoner", "arrest")

    prisoner = models.ForeignKey(Prisoner, models.CASCADE, related_name="+", verbose_name=_("person"), null=True, blank=True)
    arrest = models.ForeignKey(Arrest, models.CASCADE, related_name="+", verbose_name=_("arrest"), null=True, blank=True)
    text = EncryptedTextField(_("note"))

    class Meta(PrivateRecord.Meta):
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(["prisoner", "arrest"]),
                name="internal_note_one_owner",
                violation_error_message=_("A note is about a person or about an arrest: choose one of the two."),
            ),
        ]
