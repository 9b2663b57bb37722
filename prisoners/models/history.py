"""The history of records, as it can be read. The database alone writes it (migration 0009)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    """What happened to a row."""

    INSERT = "insert", _("added")
    UPDATE = "update", _("changed")
    DELETE = "delete", _("deleted")


class HistoryEntry(models.Model):
    """One row of a table before and after one statement. The images hold columns by name, as PostgreSQL writes JSON."""

    id = models.BigIntegerField(primary_key=True)
    batch = models.BigIntegerField(_("action"), help_text=_("The same for what was changed together."))
    subject = models.TextField(_("record"), help_text=_("Table and key, such as prisoners_name:12."))
    belongs_to = models.TextField(_("belongs to"), null=True)  # noqa: DJ001 (as the database has it)
    action = models.TextField(_("what happened"), choices=Action)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    actor = models.TextField(_("who"))
    reason = models.TextField(_("why"))
    recorded_at = models.DateTimeField(_("when"))

    class Meta:
        managed = False
        db_table = "history_entry"
        ordering = ["-id"]
        default_permissions = ("view",)
        verbose_name = _("entry of the history")
        verbose_name_plural = _("history")

    def __str__(self) -> str:
        return f"{self.subject} {self.action}"


class HistorySeal(models.Model):
    """The digest of what one transaction wrote, chained to the seal before."""

    number = models.BigIntegerField(primary_key=True)
    batch = models.BigIntegerField()
    sealed_at = models.DateTimeField()
    entries = models.BigIntegerField()
    digest = models.BinaryField()
    previous = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        managed = False
        db_table = "history_seal"
        ordering = ["-number"]
        default_permissions = ()
        verbose_name = _("seal of the history")
        verbose_name_plural = _("seals of the history")

    def __str__(self) -> str:
        return str(self.number)
