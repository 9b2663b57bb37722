"""What every decision about publication shares: one transaction, the people locked, the role checked, the actor said."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from ..acting import acting
from ..models import Prisoner
from ..roles import Action, Actor, may
from .refusals import ChangedMeanwhile, NeedsRole, changed, explained, no_role

Seen = Mapping[int, datetime]


@contextmanager
def deciding(
    *, people: Iterable[Prisoner], by: Actor, action: Action, reason: str = "", seen: Seen | None = None
) -> Iterator[list[Prisoner]]:
    """Within, changes are by the actor, and nobody else changes these people; gives them as they are now, by their key.

    `seen` says when each record was last changed as whoever decides saw it: raises ChangedMeanwhile where it moved on.
    """
    chosen = [person.pk for person in people]
    with explained(), acting(actor=by.name, reason=reason, capacity=by.capacity), transaction.atomic():
        locked = list(Prisoner.objects.select_for_update(of=["self"], no_key=True).filter(pk__in=chosen).order_by("pk"))
        _require_role(locked, by, action)
        _require_unchanged(locked, seen or {})
        yield locked


def _require_role(people: list[Prisoner], by: Actor, action: Action) -> None:
    problems = [no_role(person.code, person.country, action) for person in people if not may(by, action, person.country)]
    if problems:
        raise NeedsRole(problems)


def _require_unchanged(people: list[Prisoner], seen: Seen) -> None:
    moved = [person.code for person in people if person.pk in seen and person.changed_at != seen[person.pk]]
    if moved:
        raise ChangedMeanwhile([changed(code) for code in moved])
