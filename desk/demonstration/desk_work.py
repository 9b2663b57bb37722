"""What waits for a second person when the demonstration begins, so that the review list can be tried out."""

from prisoners.acting import acting
from prisoners.models import Arrest, Prisoner, Review, ReviewKind, State, Visibility

EDITOR, PUBLISHER = "editor", "publisher"  # accounts that `manage.py demo` makes
CHANGED, WIDENED = 6, 2
NOTE = "An editor added this sentence to try out the review list."


def leave_work_behind() -> None:
    """Some changes to published people, some proposals, and an author for half of those in review."""
    named = Prisoner.objects.filter(state=State.PUBLISHED, visibility=Visibility.NAMED).order_by("pk")
    waiting = Prisoner.objects.filter(state=State.IN_REVIEW).order_by("pk")
    with acting(actor=EDITOR, reason="Details from a new source."):
        _add_note(list(named[:CHANGED]))
        _add_note(list(waiting)[::2])
    with acting(actor=PUBLISHER, reason="A correction."):
        _add_note(list(named[CHANGED : CHANGED + 2]))
    with acting(actor=EDITOR, reason="The family agreed to show the name."):
        for person in Prisoner.objects.filter(state=State.PUBLISHED, visibility=Visibility.INITIALS).order_by("pk")[:WIDENED]:
            Review.objects.create(prisoner=person, kind=ReviewKind.WIDENING, to_visibility=Visibility.NAMED)


def _add_note(people: list[Prisoner]) -> None:
    Arrest.objects.filter(prisoner__in=people).update(circumstances=NOTE)
