"""What the authorities charge people with, and what courts make of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..fields import UncertainDateField
from ..places import validate_country
from .custody import Arrest


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

    class Meta:
        verbose_name = _("charge")
        verbose_name_plural = _("charges")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["arrest", "statute"], name="charge_once"),
            models.CheckConstraint(condition=models.Q(status__in=ChargeStatus.values), name="charge_status_known"),
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


class Judgment(models.Model):
    """A court's decision in an arrest."""

    arrest = models.ForeignKey(Arrest, models.CASCADE, related_name="judgments", verbose_name=_("arrest"))
    decided_on = UncertainDateField(_("date"))
    court = models.CharField(_("court"), max_length=200, blank=True)
    sentence_kind = models.CharField(_("sentence"), max_length=20, choices=SentenceKind, default=SentenceKind.UNKNOWN)
    sentence_months = models.PositiveSmallIntegerField(_("length in months"), null=True, blank=True)
    ends = UncertainDateField(_("sentence ends"))

    class Meta:
        verbose_name = _("judgment")
        verbose_name_plural = _("judgments")
        ordering = [models.F("decided_on_earliest").asc(nulls_first=True), "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(sentence_kind__in=SentenceKind.values), name="judgment_sentence_known"),
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
