"""The offers that hold now, for one editor: what counts them, and what shows them, ask the same query."""

import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from prisoners.models import Arrest
from prisoners.roles import Actor
from releases.models import PardonLine

from ..admin.access import written_by
from .models import Offer


def fitting(actor: Actor) -> QuerySet[Offer]:
    """Offers that nobody put aside, of people whom the account may change, who can have been held then and are in no other line.

    The rule of `intake.days.Days`, told to the database for many lines at once; a test holds the two together.
    """
    arrests = Arrest.objects.filter(prisoner=OuterRef("prisoner"))
    first = Coalesce(OuterRef("line__held_on_earliest"), Value(datetime.date.min))
    last = Coalesce(OuterRef("line__held_on_latest"), Value(datetime.date.max))
    begun = Q(began_earliest=None) | Q(began_earliest__lte=last)
    held_then = Exists(arrests.filter(begun, Q(ended_latest=None) | Q(ended_latest__gte=first)))
    is_unknown = Q(line__held_on_earliest=None, line__held_on_latest=None)
    held = (is_unknown & Exists(arrests.filter(release=None))) | (~is_unknown & held_then)
    in_pardon = Exists(PardonLine.objects.filter(pardon=OuterRef("line__line__pardon"), arrest__prisoner=OuterRef("prisoner")))
    died = Q(prisoner__died_latest__isnull=False) & (
        Q(line__held_on_earliest=None) | Q(prisoner__died_latest__lte=F("line__held_on_earliest"))
    )
    found = Offer.objects.filter(written_by(actor, "prisoner"), put_aside_at=None, line__line__arrest=None)
    return found.filter(held, ~in_pardon).exclude(died)


def number_offered(actor: Actor, *, pardon: int | None = None) -> int:
    """How many open lines could name somebody now, of every pardon or of one."""
    found = fitting(actor)
    if pardon is not None:
        found = found.filter(line__line__pardon=pardon)
    return found.order_by().values("line").distinct().count()
