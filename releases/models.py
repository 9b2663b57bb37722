"""How people get out, what rulers announce, and what the world says of it."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from prisoners.fields import UncertainDateField
from prisoners.models import Arrest, CitationBase
from prisoners.models.sources import exactly_one
from prisoners.vocabulary import Term


class Wave(models.Model):
    """A named run of pardons."""

    slug = models.SlugField(_("slug"), unique=True, max_length=80)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)

    class Meta:
        verbose_name = _("wave")
        verbose_name_plural = _("waves")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("wave", args=[self.slug])


class LegalForm(models.TextChoices):
    """The legal form of an act of clemency."""

    PARDON = "pardon", _("pardon")
    AMNESTY = "amnesty", _("amnesty law")
    EXCHANGE = "exchange", _("exchange")
    DEPORTATION = "deportation", _("deportation")


class Pardon(models.Model):
    """One act of clemency as the authorities made or announced it."""

    slug = models.SlugField(_("slug"), unique=True, max_length=80)
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="pardons", verbose_name=_("wave"))
    title = models.CharField(_("title"), max_length=200)
    announced_on = UncertainDateField(_("announced on"))
    authority = models.CharField(_("authority"), max_length=200, blank=True)
    legal_form = models.CharField(_("legal form"), max_length=12, choices=LegalForm, default=LegalForm.PARDON)
    framing = models.TextField(_("in their own words"), blank=True)
    announced_number = models.PositiveIntegerField(_("announced number"), null=True, blank=True)
    is_announced_minimum = models.BooleanField(_("announced as “at least”"), default=False)

    class Meta:
        verbose_name = _("pardon")
        verbose_name_plural = _("pardons")
        ordering = [models.F("announced_on_earliest").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(legal_form__in=LegalForm.values), name="pardon_form_known"),
            models.CheckConstraint(
                condition=models.Q(is_announced_minimum=False) | models.Q(announced_number__isnull=False),
                name="pardon_minimum_has_number",
                violation_error_message=_("“At least” needs a number."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PardonLine(models.Model):
    """One person whom a pardon is said to cover, as written in the source; matched to an arrest, or not yet."""

    pardon = models.ForeignKey(Pardon, models.CASCADE, related_name="lines", verbose_name=_("pardon"))
    position = models.PositiveIntegerField(_("line"))
    as_written = models.CharField(_("as written in the source"), max_length=300)
    arrest = models.ForeignKey(
        Arrest, models.SET_NULL, null=True, blank=True, related_name="pardon_lines", verbose_name=_("matched arrest")
    )

    class Meta:
        verbose_name = _("line of a pardon")
        verbose_name_plural = _("lines of a pardon")
        ordering = ["pardon", "position"]
        constraints = [
            models.UniqueConstraint(fields=["pardon", "position"], name="pardon_line_position"),
            models.UniqueConstraint(
                fields=["pardon", "arrest"],
                name="pardon_line_arrest_once",
                violation_error_message=_("Another line of this pardon is matched to this arrest."),
            ),
        ]

    def __str__(self) -> str:
        return self.as_written


class Mechanism(Term):
    """How an arrest ended. Deaths and executions are counted apart and never called a release."""

    is_death = models.BooleanField(_("is a death"), default=False)

    class Meta(Term.Meta):
        verbose_name = _("mechanism of release")
        verbose_name_plural = _("mechanisms of release")


class LibertyAfter(models.TextChoices):
    """What liberty a person had after the arrest ended."""

    FREE = "free", _("free")
    RESTRICTED = "restricted", _("restricted")
    EXILED = "exiled", _("exiled")
    HELD_AGAIN = "held_again", _("held again")
    UNKNOWN = "unknown", _("unknown")


class Verification(models.TextChoices):
    """How well a release is established."""

    ANNOUNCED = "announced", _("announced only")
    IDENTIFIED = "identified", _("identity confirmed")
    CONFIRMED = "confirmed", _("confirmed by two sources or more")
    CONTRADICTED = "contradicted", _("contradicted")


class Condition(Term):
    """What was asked of a person in exchange for release, or put upon them with it."""

    class Meta(Term.Meta):
        verbose_name = _("condition of release")
        verbose_name_plural = _("conditions of release")


class Release(models.Model):
    """How one arrest ended. Its date is the arrest's `ended`, which the database requires."""

    # A second one breaks `release_once`.
    arrest = models.OneToOneField(
        Arrest,
        models.CASCADE,
        related_name="release",
        verbose_name=_("arrest"),
        error_messages={"unique": _("This arrest has a release already: one custody ends once.")},
    )
    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="releases", verbose_name=_("mechanism"))
    pardon = models.ForeignKey(Pardon, models.PROTECT, null=True, blank=True, related_name="releases", verbose_name=_("pardon"))
    liberty_after = models.CharField(_("liberty after"), max_length=12, choices=LibertyAfter, default=LibertyAfter.UNKNOWN)
    conditions = models.ManyToManyField(Condition, verbose_name=_("conditions"), blank=True)
    verification = models.CharField(_("verification"), max_length=12, choices=Verification, default=Verification.ANNOUNCED)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(liberty_after__in=LibertyAfter.values), name="release_liberty_known"),
            models.CheckConstraint(condition=models.Q(verification__in=Verification.values), name="release_verification_known"),
        ]

    def __str__(self) -> str:
        return f"{self.mechanism}: {self.arrest}"


class VoidRelease(models.Model):
    """A release that came to nothing, such as of a person who refused exile and was taken back. Custody never ended.

    Apart from `Release`, so that nothing which counts releases has to leave it out.
    """

    arrest = models.ForeignKey(Arrest, models.CASCADE, related_name="void_releases", verbose_name=_("arrest"))
    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="+", verbose_name=_("mechanism"))
    pardon = models.ForeignKey(
        Pardon, models.PROTECT, null=True, blank=True, related_name="void_releases", verbose_name=_("pardon")
    )
    happened_on = UncertainDateField(_("date"))
    because = models.TextField(_("what happened"), help_text=_("Published with the case."))

    class Meta:
        verbose_name = _("void release")
        verbose_name_plural = _("void releases")
        ordering = [models.F("happened_on_earliest").asc(nulls_last=True), "pk"]

    def __str__(self) -> str:
        return str(self.mechanism)


class EventKind(models.TextChoices):
    """What kind of thing happened in the world beside the cases."""

    ELECTION = "election", _("election")
    PROTEST = "protest", _("protest")
    STATEMENT = "statement", _("statement")
    SANCTIONS = "sanctions", _("sanctions")
    TALKS = "talks", _("talks")
    VISIT = "visit", _("visit")
    DECREE = "decree", _("decree")


class Stance(models.TextChoices):
    """What a statement wants."""

    WELCOMES = "welcomes", _("welcomes")
    DEMANDS_MORE = "demands_more", _("demands more")
    THREATENS = "threatens", _("threatens")
    DENIES = "denies", _("denies")


class Event(models.Model):
    """Something in the world beside the cases."""

    slug = models.SlugField(_("slug"), unique=True, max_length=80)
    title = models.CharField(_("title"), max_length=200)
    happened_on = UncertainDateField(_("date"))
    kind = models.CharField(_("kind"), max_length=12, choices=EventKind)
    actor = models.CharField(_("actor"), max_length=120, blank=True, help_text=_("Such as EU, US, UN, a government."))
    stance = models.CharField(_("stance"), max_length=12, choices=Stance, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    waves = models.ManyToManyField(Wave, related_name="events", blank=True, verbose_name=_("waves that it answers or precedes"))

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = [models.F("happened_on_earliest").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=EventKind.values), name="event_kind_known"),
            models.CheckConstraint(condition=models.Q(stance="") | models.Q(stance__in=Stance.values), name="event_stance_known"),
        ]

    def __str__(self) -> str:
        return self.title


class Citation(CitationBase):
    """A citation of a record of releases, pardons and events."""

    release = models.ForeignKey(Release, models.CASCADE, null=True, blank=True, related_name="citations")
    void_release = models.ForeignKey(VoidRelease, models.CASCADE, null=True, blank=True, related_name="citations")
    pardon = models.ForeignKey(Pardon, models.CASCADE, null=True, blank=True, related_name="citations")
    event = models.ForeignKey(Event, models.CASCADE, null=True, blank=True, related_name="citations")

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(["release", "void_release", "pardon", "event"]), name="release_citation_one_record"
            ),
        ]
