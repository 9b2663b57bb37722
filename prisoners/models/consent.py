"""What a person, or who speaks for them, agreed to have published."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Prisoner


class Scope(models.TextChoices):
    """What is agreed to."""

    NAME = "name", _("name and case")
    PHOTO = "photo", _("photo")
    HEALTH = "health", _("health")
    CONTACT = "contact", _("passing letters on")


class Speaker(models.TextChoices):
    """Who agrees. Their name belongs to the private records."""

    SELF = "self", _("the person")
    FAMILY = "family", _("family")
    LAWYER = "lawyer", _("lawyer")
    OTHER = "other", _("somebody else")


class Consent(models.Model):
    """One agreement, and its withdrawal. A later agreement is a row of its own, so the rows are the log."""

    prisoner = models.ForeignKey(Prisoner, models.CASCADE, related_name="consents", verbose_name=_("person"))
    scope = models.CharField(_("to what"), max_length=8, choices=Scope)
    given_by = models.CharField(_("by whom"), max_length=8, choices=Speaker)
    given_on = models.DateField(_("given on"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["given_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(scope__in=Scope.values), name="consent_scope_known"),
            models.CheckConstraint(condition=models.Q(given_by__in=Speaker.values), name="consent_speaker_known"),
            models.CheckConstraint(
                condition=models.Q(withdrawn_on=None) | models.Q(withdrawn_on__gte=models.F("given_on")),
                name="consent_withdrawn_after_given",
                violation_error_message=_("The consent was withdrawn before it was given."),
            ),
            models.UniqueConstraint(
                fields=["prisoner", "scope", "given_by"],
                condition=models.Q(withdrawn_on=None),
                name="consent_once_at_a_time",
                violation_error_message=_("This consent is on file already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_scope_display())
