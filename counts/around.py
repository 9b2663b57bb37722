"""Arrests of many stretches of days in one pass over the ledger: those of the weeks around each of many waves.

Each is the same number as the single count of arrests from its first day to its last, whoever is recognised: people of lists
and people who are only counted, for a total tells of nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.http import QueryDict

from . import spans
from .asking import CountFilters
from .filters import ANY
from .matching import matched
from .points import Axis
from .spans import Span, Spans
from .tally import Figures, Whom

# How many days before a first act and after a last one are looked at.
WEEKS = timedelta(days=30)
_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Stretch:
    """Days from a first to a last one, both included."""

    first: date
    last: date


def before(act: date) -> Stretch:
    """The days before a first act; fewer where the calendar begins."""
    act = max(act, date.min + WEEKS)  # a slip of the pen in a record breaks no page
    return Stretch(act - WEEKS, act - _DAY)


def after(act: date, today: date) -> Stretch | None:
    """The days after a last act that have come by `today`; None when none has."""
    return None if act >= today else Stretch(act + _DAY, min(act + min(WEEKS, date.max - act), today))


def arrests_in(stretches: Sequence[Stretch], *, today: date, now: datetime) -> dict[Stretch, Figures]:
    """People arrested in each of these stretches; one query for all.

    They may overlap, but of two that begin one after the other the second may not end before the first: those `before` acts
    keep to this, and so do those `after` them, but not both together.
    """
    if not stretches:
        return {}
    in_order = sorted(set(stretches))
    query = {"measure": "arrests", "recognised": ANY, "from": in_order[0].first.isoformat(), "to": in_order[-1].last.isoformat()}
    filters = CountFilters(_query(query), today=today)
    everybody = replace(matched(filters, filters.clock(now)), whom=Whom.EVERYBODY)
    earliest, latest = (f"m.{column}" for column in filters.asked.flow)
    each = Spans(Span(earliest, latest), Span(latest, earliest, "m.is_certain"))
    axis = Axis([stretch.first for stretch in in_order], [stretch.last for stretch in in_order])
    return dict(zip(in_order, spans.series(everybody, each, axis)[None], strict=True))


def _query(values: dict[str, str]) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update(values)
    return query
