"""Deciding what stands on the review list."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from ..models import Decision, Review, ReviewKind
from ..roles import Action, Actor
from .deciding import deciding
from .publishing import publish, send_back
from .refusals import ChangedMeanwhile, NeedsSecondPerson, NotPossible, changed, second_person
from .visibility import approve_widening, decline_widening, open_review


def decide(*, review: Review, decision: Decision, by: Actor, seen: datetime | None = None, reason: str = "") -> None:
    """Approve, decline or mark as restored what somebody else did; `seen` is what `moment_of` said when it was looked at.

    Publications and widenings take effect by it. Changes, narrowings and withdrawals are in force already: approving them
    says that another person has looked. RESTORED is for who has put back what was there before, which is a change of
    their own, and waits for another person in turn.
    """
    handler = _HANDLERS.get((ReviewKind(review.kind), decision), _look)
    handler(review, decision, by, seen, reason)


def moment_of(review: Review) -> datetime:
    """When what is to be decided last changed: the whole record, where deciding makes it public, else the author's own part."""
    return review.prisoner.changed_at if review.kind in (ReviewKind.PUBLICATION, ReviewKind.WIDENING) else review.last_at


def _look(review: Review, decision: Decision, by: Actor, seen: datetime | None, reason: str) -> None:
    if decision == Decision.DECLINED or review.kind in (ReviewKind.PUBLICATION, ReviewKind.WIDENING):
        raise NotPossible(_("What is in force already is approved or put back; what is not yet is approved or declined."))
    with deciding(people=[review.prisoner], by=by, action=Action.REVIEW, reason=reason) as (person,):
        item = open_review(review)
        if item.author == by.name and not by.is_operator:
            raise NeedsSecondPerson(second_person(person.code, by))
        if seen is not None and item.last_at != seen:
            raise ChangedMeanwhile(changed(person.code))
        Review.objects.filter(pk=item.pk).update(decision=decision, note=reason)


def _publish(review: Review, decision: Decision, by: Actor, seen: datetime | None, reason: str) -> None:
    publish(people=[review.prisoner], by=by, reason=reason, seen=_seen(review, seen))


def _send_back(review: Review, decision: Decision, by: Actor, seen: datetime | None, reason: str) -> None:
    send_back(people=[review.prisoner], by=by, reason=reason, seen=_seen(review, seen))


def _widen(review: Review, decision: Decision, by: Actor, seen: datetime | None, reason: str) -> None:
    approve_widening(review=review, by=by, reason=reason, seen=_seen(review, seen))


def _decline(review: Review, decision: Decision, by: Actor, seen: datetime | None, reason: str) -> None:
    decline_widening(review=review, by=by, reason=reason)


def _seen(review: Review, seen: datetime | None) -> dict[int, datetime] | None:
    return {review.prisoner_id: seen} if seen else None


_HANDLERS: dict[tuple[ReviewKind, Decision], Callable[[Review, Decision, Actor, datetime | None, str], None]] = {
    (ReviewKind.PUBLICATION, Decision.APPROVED): _publish,
    (ReviewKind.PUBLICATION, Decision.DECLINED): _send_back,
    (ReviewKind.WIDENING, Decision.APPROVED): _widen,
    (ReviewKind.WIDENING, Decision.DECLINED): _decline,
}
