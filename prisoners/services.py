"""Writes that touch more than one row, or that must hold more than one form obeys."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from .models import Name, Prisoner, State
from .querysets import PrisonerQuerySet


@transaction.atomic
def publish(*, people: Iterable[Prisoner]) -> int:
    """Make drafts and withdrawn people public; give how many changed.

    Raises ValidationError, and publishes nobody, when one of them lacks a heading name, an arrest or a source: readers
    must be able to follow each case to where it comes from.
    """
    chosen = [person.pk for person in people]
    locked = Prisoner.objects.select_for_update(of=["self"]).filter(pk__in=chosen).exclude(state=State.PUBLISHED)
    problems = [f"{code}: {problem}" for code, problem in _obstacles(locked)]
    if problems:
        raise ValidationError(problems)
    return locked.update(state=State.PUBLISHED, changed_at=Now())


def _obstacles(people: PrisonerQuerySet) -> Iterable[tuple[str, str]]:
    for person in people.with_readiness():
        if not person.has_heading:
            yield person.code, _("no name is marked as the heading")
        if not person.has_arrest:
            yield person.code, _("there is no arrest")
        if not person.has_source:
            yield person.code, _("there is no source")


@transaction.atomic
def withdraw(*, people: Iterable[Prisoner]) -> int:
    """Take published people from every public page at once; give how many changed."""
    chosen = [person.pk for person in people]
    return Prisoner.objects.filter(pk__in=chosen, state=State.PUBLISHED).update(state=State.WITHDRAWN, changed_at=Now())


@transaction.atomic
def set_heading(*, name: Name) -> None:
    """Make this the name that lists are sorted by."""
    name.prisoner.names.exclude(pk=name.pk).filter(is_heading=True).update(is_heading=False)
    name.is_heading = True
    name.save(update_fields=["is_heading"])
