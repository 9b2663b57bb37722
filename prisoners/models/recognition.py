"""Who finds that an arrest makes a person a political prisoner."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..fields import UncertainDateField
from ..vocabulary import Term
from .custody import Arrest


class Organisation(models.Model):
    """A group that recognises political prisoners."""

    slug = models.SlugField(_("slug"), unique=True, max_length=80)
    name = models.CharField(_("name"), max_length=200)
    url = models.URLField(_("address"), blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Criterion(Term):
    """A criterion of a definition: PACE Resolution 1900 a–e, the 2013 Guidelines' categories, UN WGAD categories I–V."""

    class Meta(Term.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")


class Recognition(models.Model):
    """An organisation's finding that this arrest makes the person a political prisoner. It can come after the release."""

    arrest = models.ForeignKey(Arrest, models.CASCADE, related_name="recognitions", verbose_name=_("arrest"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="recognitions", verbose_name=_("organisation"))
    made_on = UncertainDateField(_("date"))
    criteria = models.ManyToManyField(Criterion, verbose_name=_("criteria"), blank=True)
    criteria_note = models.CharField(
        _("criteria in its own words"), max_length=200, blank=True, help_text=_("If the list has no such criterion.")
    )
    statement_url = models.URLField(_("statement"), max_length=500, blank=True)
    withdrawn_on = UncertainDateField(_("withdrawn on"))
    withdrawn_because = models.TextField(_("withdrawn because"), blank=True)

    class Meta:
        verbose_name = _("recognition")
        verbose_name_plural = _("recognitions")
        ordering = [models.F("made_on_earliest").asc(nulls_first=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["arrest", "organisation"], condition=models.Q(withdrawn_on=None), name="recognition_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_on_latest__gte=models.F("made_on_earliest"))
                | models.Q(withdrawn_on_latest=None)
                | models.Q(made_on_earliest=None),
                name="recognition_withdrawn_after_made",
                violation_error_message=_("The recognition was withdrawn before it was made."),
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_because="") | models.Q(withdrawn_on__isnull=False),
                name="recognition_reason_needs_withdrawal",
                violation_error_message=_(
                    "There is a reason for a withdrawal, but no day: write ../ and today if it is not known."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)
