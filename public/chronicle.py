"""Arrests, releases and deaths by month, beside what happened in the world and the acts of clemency of the month."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from counts.answers import Answer
from counts.periods import how_many
from counts.problems import InvalidQuery, Problem
from counts.series import Point
from prisoners.dates import UncertainDate
from releases.models import Citation, Event, EventKind, Pardon, Stance

from .count_links import of_measure, people_of
from .figures import ask
from .footnotes import Footnotes, Mark
from .series_table import Cell, period_words
from .strict import Choice, chosen, day_given

MONTHS_AT_MOST = 120
MONTHS_SHOWN = 36  # where the query names no first day
EVENTS_AT_MOST = 500
MEASURES = ("arrests", "releases", "deaths")
CHOICES = (
    Choice("kind", lambda: EventKind.values, is_many=True),
    Choice("actor", lambda: actors(), is_many=True),
    Choice("stance", lambda: Stance.values, is_many=True),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One event with its sources, or one act of clemency."""

    when: UncertainDate | None
    event: Event | None = None
    act: Pardon | None = None
    marks: list[Mark] = field(default_factory=list)

    @property
    def is_placed(self) -> bool:
        """Whether it is known when it can first have been."""
        return self.when is not None and self.when.earliest is not None

    @property
    def order(self) -> tuple[date, bool]:
        """By the first day that it can have been on; acts before what is said of them."""
        return (self.when.earliest if self.when else None) or date.min, self.act is None


@dataclass(frozen=True, slots=True)
class Month:
    """One month: how many were arrested, released and died, and what happened. `name` is its anchor, such as 2024-08."""

    name: str
    title: str
    year: int
    cells: list[Cell]
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Asked:
    """From which day to which, and which events. Acts of clemency and numbers are shown whatever events are asked."""

    first: date
    last: date
    chosen: dict[str, list[str]]

    @property
    def query(self) -> str:
        """The query with both days said."""
        return urlencode({"from": self.first.isoformat(), "to": self.last.isoformat(), **self.chosen}, doseq=True)

    def events(self) -> list[Event]:
        """The events asked for that can lie within the days, in their order; those of which no first day is known come last."""
        within = Q(happened_on_latest__gte=self.first) | Q(happened_on_latest=None)
        begun = Q(happened_on_earliest__lte=self.last) | Q(happened_on_earliest=None)
        found = Event.objects.filter(within, begun).prefetch_related("waves")
        narrowed = found.filter(**{f"{name}__in": values for name, values in self.chosen.items()})
        return list(narrowed[: EVENTS_AT_MOST + 1])

    def acts(self) -> list[Pardon]:
        """Acts announced within the days, possibly."""
        within = Q(announced_on_latest__gte=self.first) | Q(announced_on_latest=None)
        begun = Q(announced_on_earliest__lte=self.last) | Q(announced_on_earliest=None)
        return list(Pardon.objects.filter(within, begun).select_related("wave")[: EVENTS_AT_MOST + 1])


def actors() -> list[str]:
    """Everybody who acted or spoke, by name."""
    return sorted(Event.objects.exclude(actor="").order_by().values_list("actor", flat=True).distinct())


def asked(query: QueryDict, today: date) -> Asked:
    """What a query asks of the timeline. Raises InvalidQuery with what is valid."""
    found = chosen(query, CHOICES, besides=["from", "to"])
    last = day_given(query, "to") or today
    first = day_given(query, "from") or _months_before(last, MONTHS_SHOWN - 1)
    if first > last:
        message = _("“%(first)s” comes after “%(last)s”.") % {"first": "from", "last": "to"}
        raise InvalidQuery([Problem("from", first.isoformat(), message)])
    if (months := how_many("month", first, last)) > MONTHS_AT_MOST:
        message = _("That would be %(number)s months; at most %(most)s are shown. Take a shorter time.")
        raise InvalidQuery([Problem("from", first.isoformat(), message % {"number": months, "most": MONTHS_AT_MOST})])
    return Asked(first, last, found)


def _months_before(day: date, months: int) -> date:
    """The first day of the month so many months before."""
    place = max(day.year * 12 + day.month - 1 - months, 12)
    return date(place // 12, place % 12 + 1, 1)


class Chronicle:
    """The months asked for, with their numbers from the ledger and what happened in each."""

    def __init__(self, wanted: Asked, *, today: date, now: datetime.datetime) -> None:
        self.asked = wanted
        period: dict[str, Any] = {"from": wanted.first, "to": wanted.last, "step": "month", "recognised": "any"}
        self.flows = ask(today, now, measure="arrests", beside="releases", **period)
        self.deaths = ask(today, now, measure="deaths", **period)
        events, acts = wanted.events(), wanted.acts()
        # Whether there is more than can be shown.
        self.is_cut = max(len(events), len(acts)) > EVENTS_AT_MOST
        self.events, self.acts = events[:EVENTS_AT_MOST], acts[:EVENTS_AT_MOST]
        citations = Citation.objects.filter(event__in=[event.pk for event in self.events])
        self.notes = Footnotes(citations.select_related("source"))

    @property
    def answers(self) -> list[Answer]:
        """The three measures, each as a count asked by itself would be."""
        flows = self.flows.answer
        [releases] = flows.beside
        return [flows, of_measure(flows, releases.measure), self.deaths.answer]

    @property
    def courses(self) -> list[Sequence[Point]]:
        """The points of each measure."""
        return [self.flows.answer.series, self.flows.answer.beside[0].series, self.deaths.answer.series]

    @cached_property
    def months(self) -> list[Month]:
        """The months in their order."""
        entries = _by_month(self._entries, self.asked)
        return [
            Month(
                name=points[0].period,
                title=period_words(points[0], "month"),
                year=points[0].first.year,
                cells=[_cell(answer, point) for answer, point in zip(self.answers, points, strict=True)],
                entries=sorted(entries.get(points[0].period, []), key=lambda entry: entry.order),
            )
            for points in zip(*self.courses, strict=True)
        ]

    @property
    def undated(self) -> list[Entry]:
        """What has no place in any month, for nobody knows when it can first have been."""
        return [entry for entry in self._entries if not entry.is_placed]

    @cached_property
    def _entries(self) -> list[Entry]:
        acts = [Entry(act.announced_on, act=act) for act in self.acts]
        notes = self.notes
        return [*acts, *(Entry(event.happened_on, event=event, marks=notes.marks(notes.about(event))) for event in self.events)]

    @property
    def years(self) -> list[tuple[int, list[Month]]]:
        """The months by year."""
        years = dict.fromkeys(month.year for month in self.months)
        return [(year, [month for month in self.months if month.year == year]) for year in years]


def _by_month(entries: Iterable[Entry], wanted: Asked) -> dict[str, list[Entry]]:
    """What stands in each month: a record whose date is uncertain stands where it can first have been, within what is asked."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        if not entry.is_placed:
            continue
        start = max(entry.order[0], wanted.first)
        found.setdefault(f"{start.year:04}-{start.month:02}", []).append(entry)
    return found


def _cell(answer: Answer, point: Point) -> Cell:
    has_list = (point.figures - point.only_counted).is_anybody
    return Cell(point.figures, people_of(answer, None, point) if has_list else "")
