"""Writes that touch more than one row, or that must hold more than one form obeys."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from .models import Name, Prisoner, State


@transaction.atomic
def publish(*, people: Iterable[Prisoner]) -> int:
    """Make drafts and withdrawn people public; give how many changed.

    Raises ValidationError, and publishes nobody, when one of them lacks a heading name, an arrest or a source: readers
    must be able to follow each case to where it comes from.
    """
    chosen = [person.pk for person in people]
    locked = Prisoner.objects.select_for_update().filter(pk__in=chosen).exclude(state=State.PUBLISHED)
    problems = [f"{code}: {problem}" for code, problem in _obstacles(locked)]
    if problems:
        raise ValidationError(problems)
    return locked.update(state=State.PUBLISHED)


def _obstacles(people: Iterable[Prisoner]) -> Iterable[tuple[str, str]]:
    for person in people:
        if not person.names.filter(is_heading=True).exists():
            yield person.code, _("no name is marked as the heading")
        if not person.arrests.exists():
            yield person.code, _("there is no arrest")
        if not person.is_sourced():
            yield person.code, _("there is no source")


@transaction.atomic
def withdraw(*, people: Iterable[Prisoner]) -> int:
    """Take published people from every public page at once; give how many changed."""
    chosen = [person.pk for person in people]
    return Prisoner.objects.filter(pk__in=chosen, state=State.PUBLISHED).update(state=State.WITHDRAWN)


@transaction.atomic
def set_heading(*, name: Name) -> None:
    """Make this the name that lists are sorted by."""
    name.prisoner.names.exclude(pk=name.pk).filter(is_heading=True).update(is_heading=False)
    name.is_heading = True
    name.save(update_fields=["is_heading"])
