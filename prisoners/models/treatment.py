"""What was done to people in custody."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..fields import UncertainDateField
from ..vocabulary import Term
from .custody import Arrest


class TreatmentKind(Term):
    """A kind of treatment, such as solitary confinement (Mandela Rule 44)."""


class Treatment(models.Model):
    """Something done to a person in custody."""

    arrest = models.ForeignKey(Arrest, models.CASCADE, related_name="treatments", verbose_name=_("arrest"))
    kind = models.ForeignKey(TreatmentKind, models.PROTECT, related_name="treatments", verbose_name=_("kind"))
    began = UncertainDateField(_("from"))
    ended = UncertainDateField(_("until"))
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
        ]

    def __str__(self) -> str:
        return str(self.kind)
