"""How much of a person readers see, and from which day. Less acts at once; more needs a second person."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ..models import Decision, Prisoner, Review, ReviewKind, State, Visibility
from ..roles import Action, Actor, may
from .deciding import Seen, deciding
from .refusals import NeedsRole, NeedsSecondPerson, NotPossible, no_role, second_person

WIDTH = {Visibility.INTERNAL: 0, Visibility.COUNTED: 1, Visibility.INITIALS: 2, Visibility.NAMED: 3}


@dataclass(frozen=True, slots=True)
class Showing:
    """What readers see of a person, and from which day (None: at once)."""

    visibility: Visibility
    embargo_until: date | None

    @classmethod
    def of(cls, person: Prisoner) -> "Showing":
        return cls(Visibility(person.visibility), person.embargo_until)

    def no_more_than(self, other: "Showing") -> "Showing":
        """The narrower of the two in both respects."""
        days = [day for day in (self.embargo_until, other.embargo_until) if day]
        return Showing(min(self.visibility, other.visibility, key=WIDTH.__getitem__), max(days, default=None))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a wish to show a person otherwise."""

    is_changed: bool
    proposal: Review | None = None


def set_visibility(
    *, person: Prisoner, visibility: Visibility, embargo_until: date | None, by: Actor, reason: str = "", seen: Seen | None = None
) -> Outcome:
    """Show a person so. Of a published one, what narrows acts at once and what widens becomes a proposal."""
    wish = Showing(visibility, embargo_until)
    action = Action.NARROW if person.state == State.PUBLISHED else Action.WRITE_DRAFTS
    if person.state not in (State.PUBLISHED, State.DRAFT):
        action = Action.WRITE
    if person.state == State.PUBLISHED and Showing.of(person).no_more_than(wish) == Showing.of(person) != wish:
        action = Action.PROPOSE
    with deciding(people=[person], by=by, action=action, reason=reason, seen=seen) as (locked,):
        if locked.state != person.state:
            raise NotPossible(_("%(code)s is %(state)s by now.") % {"code": locked.code, "state": locked.get_state_display()})
        now = Showing.of(locked)
        at_once = now.no_more_than(wish) if locked.state == State.PUBLISHED and not by.is_operator else wish
        if at_once != now:
            _show(locked, at_once)
        if at_once == wish:
            return Outcome(is_changed=at_once != now)
        if not may(by, Action.PROPOSE, locked.country):
            raise NeedsRole(no_role(locked.code, locked.country, Action.PROPOSE))
        return Outcome(is_changed=at_once != now, proposal=_propose(locked, at_once, wish, by))


def approve_widening(*, review: Review, by: Actor, reason: str = "", seen: Seen | None = None) -> None:
    """Show more of a published person, as another proposed."""
    with deciding(people=[review.prisoner], by=by, action=Action.WIDEN, reason=reason, seen=seen) as (person,):
        proposal = open_review(review)
        if by.name in (person.last_changed_by, proposal.author) and not by.is_operator:
            raise NeedsSecondPerson(second_person(person.code, by))
        if person.state != State.PUBLISHED:
            raise NotPossible(_("%(code)s isn’t published any more.") % {"code": person.code})
        now, wish = Showing.of(person), _proposed(proposal, person)
        if wish.no_more_than(now) == wish:
            raise NotPossible(_("%(code)s: this would show no more than now. Decline it.") % {"code": person.code})
        _show(person, wish)


def decline_widening(*, review: Review, by: Actor, reason: str = "") -> None:
    """Take a proposal off the list, unapproved; whoever made it can take it back so."""
    is_own = review.author == by.name
    action = Action.PROPOSE if is_own else Action.WIDEN
    with deciding(people=[review.prisoner], by=by, action=action, reason=reason):
        Review.objects.filter(pk=open_review(review).pk).update(decision=Decision.DECLINED, note=reason)


def open_review(review: Review) -> Review:
    """The review as it is now, locked. Raises NotPossible when it was decided."""
    found = Review.objects.select_for_update().filter(pk=review.pk, decision="").first()
    if found is None:
        raise NotPossible(_("This was decided meanwhile."))
    return found


def _show(person: Prisoner, showing: Showing) -> None:
    Prisoner.objects.filter(pk=person.pk).update(visibility=showing.visibility, embargo_until=showing.embargo_until)


def _proposed(proposal: Review, person: Prisoner) -> Showing:
    visibility = Visibility(proposal.to_visibility or person.visibility)
    return Showing(visibility, proposal.to_embargo_until if proposal.changes_embargo else person.embargo_until)


def _propose(person: Prisoner, now: Showing, wish: Showing, by: Actor) -> Review:
    changes = {
        "to_visibility": "" if wish.visibility == now.visibility else wish.visibility,
        "changes_embargo": wish.embargo_until != now.embargo_until,
        "to_embargo_until": wish.embargo_until if wish.embargo_until != now.embargo_until else None,
    }
    return Review.objects.update_or_create(
        prisoner=person, author=by.name, kind=ReviewKind.WIDENING, decision="", defaults=changes
    )[0]
