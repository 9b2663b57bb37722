"""The balance between two moments of knowledge."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ..clock import Clock
from ..problems import InvalidQuery, Problem
from ..tally import NOBODY, PEOPLE, Figures, Whom
from .filters import ChangeFilters
from .moves import NAMED_AT_MOST, Comparison, Move

GONE = "gone"
# Why people who stand alike moved, by the bound that counts them: 2 where certainly, 1 where possibly.
Why = Callable[[Move, int], str]


@dataclass(frozen=True)
class Moved:
    """People who came to be in the number or left it, for one reason; `people` are keys of some of them who have a page."""

    reason: str
    figures: Figures
    people: tuple[int, ...] = ()


@dataclass(frozen=True)
class Changes:
    """The balance. `first` and `last` are the clocks, `opened_on` and `closed_on` the days counted at each."""

    filters: ChangeFilters
    first: Clock
    last: Clock
    opened_on: date
    closed_on: date
    opening: Figures
    restated: Figures
    closing: Figures
    added: list[Moved]
    removed: list[Moved]
    entries: list[Moved]
    exits: list[Moved]
    redated: int

    @property
    def corrected(self) -> bool:
        """Whether anything known of the opening's own day was corrected."""
        return bool(self.added or self.removed or self.redated)

    def as_dict(self) -> dict[str, Any]:
        """The balance for programs."""
        return {
            "measure": self.filters.asked.name,
            "unit": self.filters.one("unit", PEOPLE),
            "recognised": self.filters.recognition,
            "filters": {name: self.filters.given[name] for name in self.filters.narrowing},
            "opening": {"on": self.opened_on.isoformat(), "known": _moment(self.first), **_told(self.opening)},
            **{name: [_moved(one) for one in getattr(self, name)] for name in ("added", "removed", "entries", "exits")},
            "redated": self.redated,
            "closing": {"on": self.closed_on.isoformat(), "known": _moment(self.last), **_told(self.closing)},
        }


def _moment(at: Clock) -> str:
    return at.recorded_at.isoformat(timespec="seconds").replace("+00:00", "Z")


def _told(figures: Figures) -> dict[str, int]:
    return {"at_least": figures.at_least, "at_most": figures.at_most}


def _moved(one: Moved) -> dict[str, Any]:
    return {"reason": one.reason, **_told(one.figures)}


def changes(filters: ChangeFilters, *, now: datetime) -> Changes:
    """Compare what is asked as known first and as known last. Raises InvalidQuery where a moment can't be known.

    Totals that nothing narrows are of everybody; of anything narrower, of people who have a page now (two-clocks.md).
    """
    first, last = filters.clocks(now)
    is_flow = filters.asked.is_flow
    opened_on = filters.day if is_flow else filters.first or localdate(first.recorded_at)
    closed_on = filters.day if is_flow or last.is_newest else filters.value("to") or localdate(last.recorded_at)
    if opened_on > closed_on:
        message = _("The day counted last, %(closed)s, comes before the one counted first, %(opened)s.")
        words = {"closed": closed_on, "opened": opened_on}
        raise InvalidQuery([Problem("to", closed_on.isoformat(), message % words)])
    compared = Comparison(filters, first, last, opened_on, closed_on)
    listed = compared.moves(Whom.LISTED)
    is_of_all = not filters.narrowing and not filters.is_of_one_organisation
    moves = compared.moves(Whom.EVERYBODY) if is_of_all else listed
    return Changes(
        filters,
        first,
        last,
        opened_on,
        closed_on,
        opening=_size(moves, "opening"),
        restated=_size(moves, "restated"),
        closing=_size(moves, "closing"),
        added=_reasons(moves, listed, "opening", "restated", _why_added),
        removed=_reasons(moves, listed, "restated", "opening", _why_removed),
        entries=_reasons(moves, listed, "restated", "closing", _why_entered),
        exits=_reasons(moves, listed, "closing", "restated", _why_left),
        redated=compared.redated(Whom.EVERYBODY if is_of_all else Whom.LISTED),
    )


def _size(moves: Iterable[Move], name: str) -> Figures:
    """How many are in a set, certainly and possibly."""
    found = [(move.number, move.states[name]) for move in moves]
    return Figures(*(sum(number for number, state in found if state >= level) for level in (2, 1)))


def _reasons(moves: list[Move], listed: list[Move], without: str, within: str, why: Why) -> list[Moved]:
    """Who is in one set and not in the other, by reason; the keys are of people who have a page."""
    figures: dict[str, Figures] = {}
    for move in moves:
        for level, one in ((2, Figures(move.number, 0)), (1, Figures(0, move.number))):
            if move.states[within] >= level > move.states[without]:
                reason = why(move, level)
                figures[reason] = figures.get(reason, NOBODY) + one
    named: dict[str, list[int]] = {}
    for move in listed:
        if move.states[within] >= 1 > move.states[without]:
            named.setdefault(why(move, 1), []).extend(move.people)
    named.pop(GONE, None)  # who came back since had left: that isn't told
    return [Moved(reason, own, tuple(named.get(reason, ())[:NAMED_AT_MOST])) for reason, own in sorted(figures.items())]


def _why_added(move: Move, level: int) -> str:
    if not move.was_known:
        return "new"
    return "redated" if move.states["custody_first"] < level else "facts"


def _why_removed(move: Move, level: int) -> str:
    if not move.is_known:
        return GONE
    return "redated" if move.states["custody_restated"] < level else "facts"


def _why_entered(move: Move, level: int) -> str:
    return "arrested" if move.states["custody_restated"] < level else "facts"


def _why_left(move: Move, level: int) -> str:
    if move.states["custody_closing"] >= level:
        return "facts"
    return "died" if move.states["died"] else "released"
