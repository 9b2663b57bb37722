"""Why a service does nothing, each kind apart, with words for whoever asked."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2.errors
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from ..roles import Action, Actor, role_needed


class Refused(ValidationError):
    """Nothing was done."""


class NeedsRole(Refused):
    """Whoever asked doesn't have the role, or not in this country."""


class NeedsSecondPerson(Refused):
    """Whoever made the last change can't approve it."""


class Incomplete(Refused):
    """A published record must have a heading name, an arrest and a source."""


class ChangedMeanwhile(Refused):
    """The record isn't any more what whoever decides has seen."""


class NotPossible(Refused):
    """The record doesn't stand where this could be done."""


_KINDS: dict[str, type[Refused]] = {
    "publication_needs_second_person": NeedsSecondPerson,
    "widening_needs_second_person": NeedsSecondPerson,
    "review_needs_second_person": NeedsSecondPerson,
    "publication_needs_heading": Incomplete,
    "publication_needs_arrest": Incomplete,
    "publication_needs_source": Incomplete,
    "state_follows_state": NotPossible,
    "review_decided_once": NotPossible,
}


@contextmanager
def explained() -> Iterator[None]:
    """Turn what the database refuses into the same refusals that services raise themselves."""
    try:
        yield
    except IntegrityError as error:
        diagnosis = error.__cause__.diag if isinstance(error.__cause__, psycopg2.errors.IntegrityError) else None
        kind = _KINDS.get(diagnosis.constraint_name or "") if diagnosis else None
        if diagnosis is None or kind is None:
            raise
        raise kind(diagnosis.message_primary) from error


def no_role(code: str, country: str, action: Action) -> str:
    """Words for who may not do this with a record."""
    return _("%(code)s: to %(action)s you need the role %(roles)s for %(country)s.") % {
        "code": code,
        "action": action.label,
        "roles": role_needed(action),
        "country": country,
    }


def second_person(code: str, by: Actor) -> str:
    """Words for who made the last change themselves."""
    return _("%(code)s: you (%(name)s) made the last change, so somebody else must approve it.") % {"code": code, "name": by.name}


def changed(code: str) -> str:
    """Words for who decides on what they haven't seen."""
    return _("%(code)s was changed after you opened it: look at it again, then decide.") % {"code": code}
