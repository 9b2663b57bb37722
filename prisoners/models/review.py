"""What waits for, or has had, a second person's eye."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from .person import Prisoner, Visibility


class ReviewKind(models.TextChoices):
    """What somebody did, or proposes."""

    PUBLICATION = "publication", _("publication")
    WIDENING = "widening", _("wider visibility")
    CHANGE = "change", _("change")
    NARROWING = "narrowing", _("narrower visibility")
    WITHDRAWAL = "withdrawal", _("withdrawal")


class Decision(models.TextChoices):
    """What another person decided."""

    APPROVED = "approved", _("approved")
    RESTORED = "restored", _("what was there before was restored")
    DECLINED = "declined", _("not taken up")


class Review(models.Model):
    """One person's work on one record, on the review list until another person has decided.

    The database itself opens and closes these (migration `second_person`), whatever way a change takes. Changes, narrowings
    and withdrawals are in force already; publications and widenings wait. Only a proposal to widen is written by a service.
    """

    # The database deletes these with the person by itself: a change that opens one may be part of the deletion.
    prisoner = models.ForeignKey(
        Prisoner, models.DO_NOTHING, db_constraint=False, related_name="reviews", verbose_name=_("person")
    )
    author = models.CharField(_("by"), max_length=150, help_text=_("Whose work it is: anybody else may approve it."))
    kind = models.CharField(_("kind"), max_length=12, choices=ReviewKind)
    opened_at = models.DateTimeField(_("since"), db_default=Now())
    last_at = models.DateTimeField(_("last changed"), db_default=Now())
    to_visibility = models.CharField(_("proposed visibility"), max_length=10, blank=True, choices=Visibility)
    changes_embargo = models.BooleanField(_("proposes another embargo"), default=False)
    to_embargo_until = models.DateField(_("proposed embargo"), null=True, blank=True)
    decision = models.CharField(_("decision"), max_length=10, blank=True, choices=Decision)
    decided_by = models.CharField(_("decided by"), max_length=150, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    by_operator = models.BooleanField(_("decided by the operator, at the prompt"), default=False)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["prisoner", "author", "kind"], condition=Q(decision=""), name="review_open_once"),
            models.CheckConstraint(
                condition=~Q(decision__in=["approved", "restored"]) | ~Q(decided_by=models.F("author")) | Q(by_operator=True),
                name="review_needs_second_person",
                violation_error_message=_("Whoever did this can’t approve it: another person must."),
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_by="", decided_at=None) | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="review_decision_whole",
            ),
            models.CheckConstraint(condition=Q(kind__in=ReviewKind.values), name="review_kind_known"),
            models.CheckConstraint(condition=Q(decision__in=["", *Decision.values]), name="review_decision_known"),
            models.CheckConstraint(condition=Q(to_visibility__in=["", *Visibility.values]), name="review_visibility_known"),
            models.CheckConstraint(
                condition=Q(kind="widening") | Q(to_visibility="", changes_embargo=False, to_embargo_until=None),
                name="review_proposal_widens",
            ),
        ]
        indexes = [
            models.Index(fields=["opened_at", "id"], condition=Q(decision=""), name="review_open"),
            models.Index(fields=["prisoner", "-id"], name="review_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.prisoner.code}"
