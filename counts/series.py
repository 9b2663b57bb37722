"""A series: one measure over months, quarters or years, each point equal to the single count of its day or period.

`held` and `ever` are asked of each period's last day, and so is all that depends on the day. A flow counts what falls in each
period (with `cumulative`: from the first day to the period's last); who is recognised, and all else, is asked of the last day
of all, as in its single count.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db.models import Q

from . import pointwise, spans, tally
from .asking import CountFilters
from .bounds import Bounds, exactly, unconfirmed
from .clock import Clock
from .dimensions import Dimension
from .filters import EVER, THEN
from .periods import Period
from .points import Axis
from .spans import Span, Spans
from .tally import NOBODY, Figures, Matched

Cells = dict[str | None, list[Figures]]
"""The figures of each point, by the values of a dimension; None for people without one."""


@dataclass(frozen=True)
class Point:
    """One point: its period's name, first and last day, and how many. `only_counted` is how many of them are in no list."""

    period: str
    first: date
    last: date
    figures: Figures
    only_counted: Figures = NOBODY


def points(periods: Sequence[Period], figures: Sequence[Figures], only_counted: Sequence[Figures] = ()) -> list[Point]:
    """The points of a series from its numbers. Those who are only counted are in `figures` already."""
    beside = only_counted or [NOBODY] * len(periods)
    return [
        Point(period.name, period.first, period.last, own, counted)
        for period, own, counted in zip(periods, figures, beside, strict=True)
    ]


@dataclass(frozen=True)
class Course:
    """What a series runs over. `matched` is what the single count matches, of whom, in what and as known when."""

    filters: CountFilters
    matched: Matched
    periods: Sequence[Period]
    is_cumulative: bool = False
    without: str = ""

    def totals(self) -> list[Figures]:
        """How many at each point, in one query."""
        if self._asks_of_day:
            return pointwise.totals(self._each_day, self._days)
        return spans.series(self.narrowed, self.spans, self.axis)[None]

    def cells(self, dimension: Dimension) -> Cells:
        """How many in each group at each point, in one query."""
        if not self._is_flow and (self._asks_of_day or pointwise.is_of_day(dimension.groups)):
            return pointwise.cells(self._each_day, dimension.groups, self._days)
        # Of groups it isn't asked who is no longer confirmed.
        of_groups = replace(self.spans, unconfirmed_from=spans.NOT_ASKED)
        return spans.series(self.narrowed, of_groups, self.axis, tally.on_days(dimension.groups, self.filters.days))

    @property
    def clock(self) -> Clock:
        """What was known when."""
        assert self.matched.clock is not None
        return self.matched.clock

    @property
    def _is_flow(self) -> bool:
        return self.filters.asked.is_flow

    @property
    def _asks_of_day(self) -> bool:
        return not self._is_flow and self.filters.asks_of_day(without=self.without)

    @property
    def _days(self) -> list[date]:
        return [period.last for period in self.periods]

    @property
    def axis(self) -> Axis:
        """The days of the points: what is held is asked of the last one of each."""
        if not self._is_flow:
            return Axis(self._days, self._days)
        start = self.periods[0].first
        return Axis([start if self.is_cumulative else period.first for period in self.periods], self._days)

    @cached_property
    def spans(self) -> Spans:
        """When a row is in the series, in the words of the ledger."""
        if self._is_flow:
            earliest, latest = (f"m.{column}" for column in self.filters.asked.flow)
            # Certainly in a period when its last day is no sooner and its first no later than those of the period.
            return Spans(Span(earliest, latest), Span(latest, earliest, "m.is_certain"))
        is_held = self.filters.asked.name == "held"
        possible, certain = (self._lasting(kind, is_held) for kind in ("possible", "certain"))
        certain = certain.given("m.is_certain")
        return Spans(possible, certain, "m.unconfirmed_from", can_meet=False) if is_held else Spans(possible, certain)

    def _lasting(self, kind: str, is_held: bool) -> Span:
        """The days on which a row counts, possibly or certainly: while held, or (of `ever`) from then on; while recognised."""
        if self.filters.recognition != THEN:
            return Span(f"m.{kind}_from", f"m.{kind}_until - 1" if is_held else "'infinity'::date")
        recognised = f"m.recognised_{kind}"
        until = f"{recognised}_until - 1" if is_held else f"coalesce(upper({recognised}) - 1, 'infinity')"
        return Span(f"{recognised}_from", until, within=f"recognised_{kind}")

    @property
    def narrowed(self) -> Matched:
        """The rows of all points: what the filters leave, asked of no day."""
        if self._is_flow:
            return self.matched
        first, last = self._days[0], self._days[-1]
        overlap = Q(possible_from__lte=last)
        if self.filters.asked.name == "held":
            overlap &= Q(possible_until__gt=first)
        rows = exactly(overlap) & self.filters.selected(without=self.without)
        recognised = self.filters.recognised_on(last) if self.filters.recognition == EVER else None
        return replace(self.matched, bounds=rows & recognised if recognised else rows, unconfirmed=None)

    @property
    def _each_day(self) -> Matched:
        """The rows of the point's own day."""
        on = pointwise.DAY
        asked: Bounds = self.filters.narrowed(without=self.without, on=on) & self.filters.asked.narrow(None, on)
        is_held = self.filters.asked.name == "held"
        return replace(self.matched, bounds=asked, unconfirmed=unconfirmed(on).certain if is_held else None)
