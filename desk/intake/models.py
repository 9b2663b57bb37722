"""A list on its way to becoming the lines of a pardon: kept, so that it can be left and resumed. Readers see nothing of it."""

import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prisoners.dates import UncertainDate
from prisoners.fields import UncertainDateField
from prisoners.models import Arrest, Source
from releases.models import LibertyAfter, Mechanism, Pardon, Verification

from .days import Days


class IntakeState(models.TextChoices):
    """Where an intake stands. One that was taken back is open again, with all its choices."""

    OPEN = "open", _("open")
    CONFIRMED = "confirmed", _("confirmed")


class Intake(models.Model):
    """One list of the people whom a pardon is said to cover, and what holds for all of them."""

    pardon = models.ForeignKey(Pardon, models.CASCADE, related_name="intakes", verbose_name=_("pardon"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("source"))
    file_name = models.CharField(_("file"), max_length=255, blank=True)
    held_on = UncertainDateField(_("held on"), help_text=_("People who can have been in custody then are looked for first."))
    ended = UncertainDateField(_("custody ended"), null=False, blank=False)
    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="+", verbose_name=_("mechanism"))
    liberty_after = models.CharField(_("liberty after"), max_length=12, choices=LibertyAfter, default=LibertyAfter.UNKNOWN)
    verification = models.CharField(_("verification"), max_length=12, choices=Verification, default=Verification.ANNOUNCED)
    conditions = ArrayField(models.CharField(max_length=60), verbose_name=_("conditions"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=IntakeState, default=IntakeState.OPEN)
    opened_by = models.CharField(_("begun by"), max_length=150)
    opened_at = models.DateTimeField(_("begun"))
    # The newest seal of the history then: whom it knows of has been looked at once this is confirmed.
    opened_after = models.BigIntegerField(default=0, editable=False)
    confirmed_by = models.CharField(_("confirmed by"), max_length=150, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)

    class Meta:
        verbose_name = _("intake")
        verbose_name_plural = _("intakes")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=IntakeState.values), name="intake_state_known"),
            models.CheckConstraint(condition=Q(liberty_after__in=LibertyAfter.values), name="intake_liberty_known"),
            models.CheckConstraint(condition=Q(verification__in=Verification.values), name="intake_verification_known"),
            models.CheckConstraint(
                condition=Q(state=IntakeState.OPEN) | Q(confirmed_at__isnull=False), name="intake_confirmed_at_some_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.pardon}"

    @property
    def is_open(self) -> bool:
        return self.state == IntakeState.OPEN

    @property
    def days(self) -> Days:
        """The days on which the act can have been, as far as who was held goes."""
        return Days.of(self.held_on)


def ended_by(pardon: Pardon, today: datetime.date) -> UncertainDate:
    """The day on which custody ended by an act: its own.

    If nobody knows that, today or earlier: by now it is known to be over.
    """
    return pardon.announced_on or UncertainDate.parse(f"../{today}")


class LineKind(models.TextChoices):
    """What a line was read as; the same words as `reading.Kind`."""

    NAME = "name", _("a name")
    UNREAD = "unread", _("not read as a name")
    IGNORED = "ignored", _("ignored")


class LineDecision(models.TextChoices):
    """What an editor said of a line. Nothing but a person's word makes it a match."""

    OPEN = "open", _("unidentified")
    CHOSEN = "chosen", _("identified")
    DROPPED = "dropped", _("not a person")


class IntakeLine(models.Model):
    """One piece of the list as it was pasted, what was understood of it, and what an editor decided.

    The sources of all lines, in their order, are the whole text. `version` grows with each change, so that nobody overwrites
    what they haven't seen. `conditions` and the like hold for this person where they differ from the others.
    """

    intake = models.ForeignKey(Intake, models.CASCADE, related_name="lines", db_index=False, verbose_name=_("intake"))
    number = models.PositiveIntegerField(_("number"))
    in_text = models.PositiveIntegerField(_("line of the text"))
    source_text = models.TextField(_("as pasted"))
    kind = models.CharField(_("read as"), max_length=8, choices=LineKind)
    name = models.CharField(_("name"), max_length=200, blank=True)
    born = UncertainDateField(_("born"))
    age = models.PositiveSmallIntegerField(_("age"), null=True, blank=True)
    articles = ArrayField(models.CharField(max_length=20), verbose_name=_("articles"), default=list, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    rest = models.CharField(_("not understood"), max_length=300, blank=True)
    repeats = models.PositiveIntegerField(_("same name as line"), null=True, blank=True)
    decision = models.CharField(_("decision"), max_length=8, choices=LineDecision, default=LineDecision.OPEN)
    arrest = models.ForeignKey(
        Arrest, models.SET_NULL, null=True, blank=True, related_name="intake_lines", verbose_name=_("arrest")
    )
    because = models.CharField(_("why not a person"), max_length=200, blank=True)
    ended = UncertainDateField(_("custody ended"))
    liberty_after = models.CharField(_("liberty after"), max_length=12, choices=LibertyAfter, blank=True)
    conditions = ArrayField(models.CharField(max_length=60), verbose_name=_("conditions"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    decided_by = models.CharField(_("decided by"), max_length=150, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    position = models.PositiveIntegerField(_("line of the pardon"), null=True, blank=True)

    class Meta:
        verbose_name = _("line of an intake")
        verbose_name_plural = _("lines of an intake")
        ordering = ["intake", "number"]
        constraints = [
            models.UniqueConstraint(fields=["intake", "number"], name="intake_line_number"),
            models.UniqueConstraint(fields=["intake", "arrest"], name="intake_line_arrest_once"),
            models.CheckConstraint(condition=Q(kind__in=LineKind.values), name="intake_line_kind_known"),
            models.CheckConstraint(condition=Q(decision__in=LineDecision.values), name="intake_line_decision_known"),
            models.CheckConstraint(
                condition=Q(arrest=None) | Q(decision=LineDecision.CHOSEN), name="intake_line_arrest_is_chosen"
            ),
            models.CheckConstraint(
                condition=Q(liberty_after="") | Q(liberty_after__in=LibertyAfter.values), name="intake_line_liberty_known"
            ),
        ]
        indexes = [
            models.Index(fields=["intake", "position"], condition=Q(position__isnull=False), name="intake_line_position"),
        ]

    def __str__(self) -> str:
        return self.as_written

    @property
    def as_written(self) -> str:
        """What becomes the line of the pardon: the text without the commas around it."""
        return self.source_text.strip().rstrip(",;،、，；|").strip()

    @property
    def is_person(self) -> bool:
        """Whether a line of the pardon comes of it."""
        return self.kind == LineKind.NAME and self.decision != LineDecision.DROPPED
