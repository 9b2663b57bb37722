"""From draft to published, and back out of view."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from ..models import Decision, Prisoner, Review, ReviewKind, State
from ..roles import MOVES, OPERATORS_MOVES, Action, Actor
from .deciding import Seen, deciding
from .refusals import Incomplete, NeedsSecondPerson, NotPossible, second_person


def send_for_review(*, people: Iterable[Prisoner], by: Actor, reason: str = "") -> int:
    """Ask another person to approve the publication of drafts, or of people withdrawn before; give how many were sent."""
    with deciding(people=people, by=by, action=Action.SEND, reason=reason) as locked:
        _require_whole(locked)
        return _move([person for person in locked if person.state in (State.DRAFT, State.WITHDRAWN)], State.IN_REVIEW)


def send_back(*, people: Iterable[Prisoner], by: Actor, reason: str = "", seen: Seen | None = None) -> int:
    """Take people off the review list unpublished: to where they came from. Give how many."""
    with deciding(people=people, by=by, action=Action.SEND_BACK, reason=reason, seen=seen) as locked:
        waiting = [person for person in locked if person.state == State.IN_REVIEW]
        before = _published_before(waiting)
        _move([person for person in waiting if person.pk in before], State.WITHDRAWN)
        _move([person for person in waiting if person.pk not in before], State.DRAFT)
        return len(waiting)


def publish(*, people: Iterable[Prisoner], by: Actor, reason: str = "", seen: Seen | None = None) -> int:
    """Approve the publication of people in review; give how many became public.

    Publishes all of them or nobody: raises Incomplete when one lacks a heading name, an arrest or a source, since readers
    must be able to follow each case to where it comes from; NeedsSecondPerson when the actor made the last change.
    """
    with deciding(people=people, by=by, action=Action.PUBLISH, reason=reason, seen=seen) as locked:
        fresh = [person for person in locked if person.state != State.PUBLISHED]
        _require_state_before(fresh, State.PUBLISHED, by)
        _require_another(fresh, by)
        _require_whole(fresh)
        return _move(fresh, State.PUBLISHED)


def withdraw(*, people: Iterable[Prisoner], by: Actor, reason: str = "") -> int:
    """Take published people from every public page at once; give how many. Another person is shown it afterwards."""
    with deciding(people=people, by=by, action=Action.WITHDRAW, reason=reason) as locked:
        return _move([person for person in locked if person.state == State.PUBLISHED], State.WITHDRAWN)


def _move(people: list[Prisoner], state: State) -> int:
    return Prisoner.objects.filter(pk__in=[person.pk for person in people]).update(state=state)


def _published_before(people: list[Prisoner]) -> set[int]:
    approved = Review.objects.filter(prisoner__in=people, kind=ReviewKind.PUBLICATION, decision=Decision.APPROVED)
    return set(approved.values_list("prisoner_id", flat=True))


def _require_state_before(people: list[Prisoner], state: State, by: Actor) -> None:
    moves = OPERATORS_MOVES if by.is_operator else MOVES
    problems = [
        _("%(code)s is %(state)s: send it for review first.") % {"code": person.code, "state": person.get_state_display()}
        for person in people
        if (person.state, state.value) not in moves
    ]
    if problems:
        raise NotPossible(problems)


def _require_another(people: list[Prisoner], by: Actor) -> None:
    own = [second_person(person.code, by) for person in people if person.last_changed_by == by.name]
    if own and not by.is_operator:
        raise NeedsSecondPerson(own)


def _require_whole(people: list[Prisoner]) -> None:
    problems = [f"{code}: {problem}" for code, problem in _obstacles(people)]
    if problems:
        raise Incomplete(problems)


def _obstacles(people: list[Prisoner]) -> Iterator[tuple[str, str]]:
    for person in Prisoner.objects.filter(pk__in=[person.pk for person in people]).with_readiness():
        if not person.has_heading:
            yield person.code, _("no name is marked as the heading")
        if not person.has_arrest:
            yield person.code, _("there is no arrest")
        if not person.has_source:
            yield person.code, _("there is no source")
