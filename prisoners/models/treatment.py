"""What was done to people in custody."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..fields import UncertainDateField
from ..vocabulary import Term
from .custody import Arrest


class TreatmentKind(Term):
    """A kind of treatment, such as solitary confinement (Mandela Rule 44)."""

    is_health = models.BooleanField(
        _("tells of health"), default=False, help_text=_("Its account is published only where the person agreed to it.")
    )

    class Meta(Term.Meta):
        verbose_name = _("kind of treatment")
        verbose_name_plural = _("kinds of treatment")


class Severity(models.TextChoices):
    """How grave it was, as the source describes it."""

    LIGHT = "light", _("no lasting harm")
    SERIOUS = "serious", _("serious harm")
    LIFE = "life", _("danger to life")
    DEATH = "death", _("death")
    UNKNOWN = "unknown", _("unknown")


class Treatment(models.Model):
    """Something done to a person in custody."""

    arrest = models.ForeignKey(Arrest, models.CASCADE, related_name="treatments", verbose_name=_("arrest"))
    kind = models.ForeignKey(TreatmentKind, models.PROTECT, related_name="treatments", verbose_name=_("kind"))
    began = UncertainDateField(_("from"))
    ended = UncertainDateField(_("until"))
    severity = models.CharField(_("severity"), max_length=8, choices=Severity, default=Severity.UNKNOWN)
    account = models.TextField(
        _("account"), blank=True, help_text=_("Published with the case: nothing about health that the person hasn't agreed to.")
    )

    class Meta:
        verbose_name = _("treatment")
        verbose_name_plural = _("treatments")
        ordering = [models.F("began_earliest").asc(nulls_first=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_latest__gte=models.F("began_earliest"))
                | models.Q(ended_latest=None)
                | models.Q(began_earliest=None),
                name="treatment_ended_after_began",
                violation_error_message=_("The treatment ends before it begins."),
            ),
            models.CheckConstraint(condition=models.Q(severity__in=Severity.values), name="treatment_severity_known"),
        ]

    def __str__(self) -> str:
        return str(self.kind)
