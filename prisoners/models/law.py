"""What the authorities charge people with, and what courts make of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..fields import UncertainDateField
from ..places import validate_country
from .custody import Arrest, Regime


class Statute(models.Model):
    """An article of a law, such as article 342 part 1 of a criminal code."""

    slug = models.SlugField(_("slug"), unique=True, max_length=40, help_text=_("Such as by-cc-342-1."))
    country = models.CharField(_("country"), max_length=2, validators=[validate_country])
    law = models.CharField(_("law"), max_length=20, help_text=_("Short name of the code, such as CC."))
    article = models.CharField(_("article"), max_length=20)
    part = models.CharField(_("part"), max_length=10, blank=True)
    title = models.CharField(_("title"), max_length=300)

    class Meta:
        verbose_name = _("article of law")
        verbose_name_plural = _("articles of law")
        ordering = ["country", "law", "article", "part"]
        constraints = [
            models.UniqueConstraint(fields=["country", "law", "article", "part"], name="statute_once"),
            models.CheckConstraint(condition=models.Q(country__regex="^[A-Z]{2}$"), name="statute_country_shape"),
        ]

    def __str__(self) -> str:
        return f"{self.citation} {self.title}"

    @property
    def citation(self) -> str:
        """Such as “CC 342(1)”."""
        return f"{self.law} {self.article}" + (f"({self.part})" if self.part else "")


class ChargeStatus(models.TextChoices):
    """What became of a charge."""

    PENDING = "pending", _("pending")
    DROPPED = "dropped", _("dropped")
    REQUALIFIED = "requalified", _("requalified")
    CONVICTED = "convicted", _("convicted")
    ACQUITTED = "acquitted", _("acquitted")


class Charge(models.Model):
    """An article that a person is charged with in an arrest."""

    # `charge_once` begins with the arrest, and serves as its index.
    arrest = models.ForeignKey(Arrest, models.CASCADE, related_name="charges", verbose_name=_("arrest"), db_index=False)
    statute = models.ForeignKey(Statute, models.PROTECT, related_name="charges", verbose_name=_("article of law"))
    status = models.CharField(_("status"), max_length=12, choices=ChargeStatus, default=ChargeStatus.PENDING)
    status_on = UncertainDateField(_("since"))
    requalified_as = models.ForeignKey(
        Statute, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("requalified as")
    )

    class Meta:
        verbose_name = _("charge")
        verbose_name_plural = _("charges")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["arrest", "statute"], name="charge_once"),
            models.CheckConstraint(condition=models.Q(status__in=ChargeStatus.values), name="charge_status_known"),
            models.CheckConstraint(
                condition=models.Q(requalified_as=None) | models.Q(status=ChargeStatus.REQUALIFIED),
                name="charge_requalified_as_needs_status",
                violation_error_message=_("Another article stands here, but the status is not “requalified”."),
            ),
            models.CheckConstraint(
                condition=models.Q(requalified_as=None) | ~models.Q(requalified_as=models.F("statute")),
                name="charge_requalified_as_another",
                violation_error_message=_("The charge is requalified as the same article."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.statute)


class SentenceKind(models.TextChoices):
    """What a court imposed."""

    IMPRISONMENT = "imprisonment", _("imprisonment")
    LIFE = "life", _("life imprisonment")
    DEATH = "death", _("death")
    RESTRICTION = "restriction", _("restriction of liberty")
    HOME_CONFINEMENT = "home_confinement", _("home confinement")
    PSYCHIATRIC = "psychiatric", _("compulsory psychiatric treatment")
    ADMINISTRATIVE = "administrative", _("administrative detention")
    SUSPENDED = "suspended", _("suspended sentence")
    FINE = "fine", _("fine")
    UNKNOWN = "unknown", _("unknown")


class Stage(models.TextChoices):
    """At which stage of the proceedings a court decides."""

    FIRST = "first", _("first instance")
    APPEAL = "appeal", _("appeal")
    CASSATION = "cassation", _("cassation")
    SUPERVISION = "supervision", _("supervisory review")
    UNKNOWN = "unknown", _("unknown")


class Outcome(models.TextChoices):
    """What a judgment does. `prisoners.sentences` says what each makes of the sentence in force."""

    CONVICTED = "convicted", _("convicted: this sentence is in force")
    ADDED = "added", _("convicted again: this sentence is added to the one in force")
    CHANGED = "changed", _("sentence changed: this one replaces it")
    UPHELD = "upheld", _("upheld: the sentence stays")
    ACQUITTED = "acquitted", _("acquitted: no sentence")
    QUASHED = "quashed", _("quashed: no sentence")
    RETRIAL = "retrial", _("sent back for a new trial: no sentence until then")


NO_SENTENCE = [Outcome.ACQUITTED, Outcome.QUASHED, Outcome.RETRIAL]


class Judgment(models.Model):
    """A court's decision in an arrest. What remains of the sentence is derived from all of them, never typed."""

    arrest = models.ForeignKey(Arrest, models.CASCADE, related_name="judgments", verbose_name=_("arrest"))
    decided_on = UncertainDateField(_("date"))
    court = models.CharField(_("court"), max_length=200, blank=True)
    judge = models.CharField(_("judge"), max_length=200, blank=True)
    stage = models.CharField(_("stage"), max_length=12, choices=Stage, default=Stage.UNKNOWN)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.CONVICTED)
    is_in_absentia = models.BooleanField(_("in absentia"), default=False)
    is_closed_hearing = models.BooleanField(_("closed hearing"), default=False)
    regime = models.ForeignKey(Regime, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("regime"))
    sentence_kind = models.CharField(_("sentence"), max_length=20, choices=SentenceKind, default=SentenceKind.UNKNOWN)
    sentence_months = models.PositiveSmallIntegerField(_("length in months"), null=True, blank=True)
    runs_from = UncertainDateField(
        _("sentence runs from"), help_text=_("The day from which the court reckons it; empty: from the arrest.")
    )
    credited_days = models.PositiveSmallIntegerField(
        _("days credited"),
        null=True,
        blank=True,
        help_text=_("Days that the court takes off the length, such as one and a half for each day before the verdict."),
    )
    ends = UncertainDateField(_("sentence ends"), help_text=_("Only if a source says it; else it is reckoned."))

    class Meta:
        verbose_name = _("judgment")
        verbose_name_plural = _("judgments")
        ordering = [models.F("decided_on_earliest").asc(nulls_first=True), "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(sentence_kind__in=SentenceKind.values), name="judgment_sentence_known"),
            models.CheckConstraint(condition=models.Q(stage__in=Stage.values), name="judgment_stage_known"),
            models.CheckConstraint(condition=models.Q(outcome__in=Outcome.values), name="judgment_outcome_known"),
            models.CheckConstraint(
                condition=models.Q(sentence_months=None) | models.Q(sentence_months__gt=0),
                name="judgment_length_positive",
                violation_error_message=_("A sentence lasts at least a month; leave the length empty if it is not known."),
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome__in=NO_SENTENCE)
                | models.Q(sentence_kind=SentenceKind.UNKNOWN, sentence_months=None, ends=None),
                name="judgment_without_sentence",
                violation_error_message=_("This outcome leaves no sentence: leave the sentence, its length and its end empty."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_latest__gte=models.F("decided_on_earliest"))
                | models.Q(ends_latest=None)
                | models.Q(decided_on_earliest=None),
                name="judgment_ends_after_decision",
                violation_error_message=_("The sentence ends before it was passed."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_sentence_kind_display())
