"""What the comparison of open lines with people has found, and how far it has come. Made anew from the records at any time.

No foreign key binds these tables: lines and people are deleted and restored by statement, and `noticing` tidies up after that.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from prisoners.fields import UncertainDateField
from prisoners.models import Prisoner
from releases.models import PardonLine


class OpenLine(models.Model):
    """A line of a pardon that is matched to nobody, as it is compared: the name that was read in it, and its keys.

    `since` is the seal of the history from which people are still to be compared: 0 for everybody, None when that is done.
    """

    line = models.OneToOneField(
        PardonLine, models.DO_NOTHING, primary_key=True, related_name="+", db_constraint=False, verbose_name=_("line")
    )
    as_written = models.CharField(_("as written in the source"), max_length=300)
    held_on = UncertainDateField(_("held on"))
    name = models.CharField(_("name"), max_length=200)
    keys = ArrayField(models.TextField(), verbose_name=_("keys"), default=list)
    since = models.BigIntegerField(_("still to be compared since"), null=True)

    class Meta:
        verbose_name = _("open line of a pardon")
        verbose_name_plural = _("open lines of pardons")
        ordering = ["line"]
        indexes = [
            GinIndex(fields=["keys"], name="open_line_keys"),
            models.Index(fields=["since"], condition=models.Q(since__isnull=False), name="open_line_waiting"),
        ]

    def __str__(self) -> str:
        return self.as_written


class Offer(models.Model):
    """Somebody whose name an open line may hold. Put aside, it comes back when the person's record is changed."""

    # `offer_once` begins with the line, and serves as its index.
    line = models.ForeignKey(
        OpenLine, models.DO_NOTHING, related_name="offers", db_constraint=False, db_index=False, verbose_name=_("line")
    )
    prisoner = models.ForeignKey(Prisoner, models.DO_NOTHING, related_name="+", db_constraint=False, verbose_name=_("person"))
    form = models.CharField(_("form of the name"), max_length=200)
    score = models.FloatField(_("likeness"))
    put_aside_by = models.CharField(_("put aside by"), max_length=150, blank=True)
    put_aside_at = models.DateTimeField(_("put aside"), null=True)

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering = ["line", "-score", "pk"]
        constraints = [models.UniqueConstraint(fields=["line", "prisoner"], name="offer_once")]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.form}"


class Progress(models.Model):
    """One row: the history is compared up to the seal `through`, and of what follows up to `upto`, people until `within`."""

    through = models.BigIntegerField(default=0)
    upto = models.BigIntegerField(default=0)
    within = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("progress of the comparison")
        verbose_name_plural = _("progress of the comparison")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="progress_is_one_row",
                violation_error_message=_("There is one row of progress, and no other."),
            )
        ]

    def __str__(self) -> str:
        return str(self.through)
