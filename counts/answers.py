"""A count as asked by a query, and its answer: the same for pages, files, programs and the prompt."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from prisoners.dates import UncertainDate
from prisoners.models import Prisoner

from . import bounds, counted, nameable, tally
from .dimensions import DIMENSIONS, Dimension
from .fields import ChosenField, DayField, LedgerFilter
from .filters import ANY, EVER, THEN, RecordFilters
from .ledger import newest_revision
from .measures import MEASURES, Measure
from .problems import Problem
from .tally import ARRESTS, NOBODY, PEOPLE, Cells, Figures, Group, Matched

UNITS = (PEOPLE, ARRESTS)
# What says what is counted; the rest of a query narrows whom.
ASKING = ("measure", "by", "unit", "on", "from", "to", "recognised")


# Dimensions whose values are records, with the readers' way of naming those.
NAMED_RECORDS = {"article": nameable.statutes, "context": nameable.contexts, "case": nameable.cases}


class CountFilters(RecordFilters):
    """The filters of a count, and what is counted."""

    measure = LedgerFilter(ChosenField, choices=lambda: MEASURES)
    by = LedgerFilter(ChosenField, choices=lambda: DIMENSIONS)
    unit = LedgerFilter(ChosenField, choices=lambda: UNITS)
    locals()["from"] = LedgerFilter(DayField)
    to = LedgerFilter(DayField)

    default_recognition = THEN

    def one(self, name: str, default: str) -> str:
        """The value of a parameter that takes one of a list."""
        return next(iter(self.value(name) or []), default)

    @property
    def asked(self) -> Measure:
        return MEASURES[self.one("measure", "held")]

    @property
    def narrowing(self) -> list[str]:
        """The parameters given that narrow whom the count is of."""
        return [name for name in self.given if name not in ASKING]

    @property
    def is_of_one_organisation(self) -> bool:
        return self.recognition not in (THEN, EVER, ANY)

    @property
    def first(self) -> date | None:
        """The first day of the period; None where it is open."""
        day: date | None = self.value("from")
        return day

    @property
    def day(self) -> date:
        """The day counted, or the last of the period."""
        return self.value("to" if self.asked.is_flow else "on") or self.today

    def contradictions(self) -> Iterable[Problem]:
        yield from super().contradictions()
        misplaced = ("on",) if self.asked.is_flow else ("from", "to")
        for name in misplaced:
            if name in self.given:
                message = _("“%(name)s” doesn't go with the measure “%(measure)s”.")
                fitting = ["from", "to"] if self.asked.is_flow else ["on"]
                yield Problem(name, self.given[name][0], message % {"name": name, "measure": self.asked.name}, fitting)
        if self.first is not None and self.first > self.day:
            message = _("“%(first)s” comes after “%(last)s”.") % {"first": "from", "last": "to"}
            yield Problem("from", self.given["from"][0], message)


@dataclass(frozen=True)
class Answer:
    """One count. `first` is the first day of a flow's period; `on` the day, or the last of the period.

    `only_counted` is how many of the total are in no list. `not_broken_down` is how many are under none of the groups; None
    where that isn't told, for people can be under several.
    """

    measure: Measure
    unit: str
    on: date
    first: date | None
    recognised: str
    recogniser_name: str
    filters: dict[str, list[str]]
    total: Figures
    only_counted: Figures
    by: Dimension | None
    groups: list[Group]
    not_broken_down: Figures | None
    revision: int
    known_at: datetime
    has_fiction: bool
    query: QueryDict

    def as_dict(self, *, url: str, text: str) -> dict[str, Any]:
        """The answer for programs, as documented in docs/counts.md. `url` and `text` are how to cite it."""
        period = {"from": _day(self.first), "to": _day(self.on)} if self.measure.is_flow else {"on": _day(self.on)}
        answer: dict[str, Any] = {
            "measure": self.measure.name,
            "unit": self.unit,
            **period,
            "known": self.known_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
            "revision": self.revision,
            "recognised": self.recognised,
            "filters": self.filters,
            "total": self._total(),
            "counted_only": _bounds(self.only_counted),
            "cite": {"url": url, "text": text},
        }
        if self.by is not None:
            answer |= {"by": self.by.name, "overlapping": self.by.is_overlapping, "groups": [_group(g) for g in self.groups]}
            if self.not_broken_down is not None:
                answer["not_broken_down"] = _bounds(self.not_broken_down)
        if self.has_fiction:
            answer["demonstration"] = True
        return answer

    def _total(self) -> dict[str, int]:
        figures = _bounds(self.total)
        return {**figures, "not_confirmed": self.total.not_confirmed} if self.measure.name == "held" else figures

    def list_query(self, group: Group | None = None) -> str | None:
        """The query of the list of those people, but for those who are only counted; None where no list is of the group."""
        out = QueryDict(mutable=True)
        for name, values in {**self.filters, **self._as_list_asks()}.items():
            out.setlist(name, values)
        if group is None:
            return out.urlencode()
        narrowing = _narrowing(self.by, group, self) if self.by else None
        if narrowing is None:
            return None
        for name, value in narrowing.items():
            out.setlist(name, [value])
        return out.urlencode()

    def _as_list_asks(self) -> dict[str, list[str]]:
        """The measure in the words of a list."""
        asks = {"on": [self.on.isoformat()], "recognised": [self.recognised]}
        if self.measure.name == "held":
            asks["status"] = ["held"]
        if self.measure.dates:
            asks[f"{self.measure.dates}_to"] = [self.on.isoformat()]
            if self.first is not None:
                asks[f"{self.measure.dates}_from"] = [self.first.isoformat()]
        return asks


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _bounds(figures: Figures) -> dict[str, int]:
    return {"at_least": figures.at_least, "at_most": figures.at_most}


def _group(group: Group) -> dict[str, Any]:
    return {"key": group.slug, "label": str(group.label), **_bounds(group.figures)}


def _narrowing(by: Dimension, group: Group, answer: Answer) -> dict[str, str] | None:
    if by.name in ("year", "month"):
        return None if group.is_missing else _period_narrowing(group.slug, answer)
    if by.name == "age":
        youngest, _dash, oldest = group.slug.removesuffix("+").partition("-")
        return None if group.is_missing else _both_ends(youngest, oldest)
    if by.name == "organisation" and (group.is_missing or answer.recognised != ANY):
        return None  # a list takes one basis of recognition, and here there would be two
    return {by.parameter: group.slug}


def _both_ends(youngest: str, oldest: str) -> dict[str, str]:
    """A band of ages as a list asks it: the youngest band has no lower end, the oldest no upper one."""
    return ({"age_min": youngest} if youngest != "0" else {}) | ({"age_max": oldest} if oldest else {})


def _period_narrowing(period: str, answer: Answer) -> dict[str, str] | None:
    """The days of a year or month within the period asked; none where the period is open, for dates may be so too."""
    if answer.first is None or not answer.measure.dates:
        return None
    days = UncertainDate.parse(period)
    assert days.earliest is not None
    assert days.latest is not None
    return {
        f"{answer.measure.dates}_from": max(days.earliest, answer.first).isoformat(),
        f"{answer.measure.dates}_to": min(days.latest, answer.on).isoformat(),
    }


def answer(data: QueryDict, *, today: date, now: datetime) -> Answer:
    """Count what the query asks. Raises InvalidQuery when it can't be followed.

    `today` is the day counted where the query names none; `now` is the moment of knowledge of an empty ledger.
    """
    filters = CountFilters(data, today=today)
    by = DIMENSIONS.get(filters.one("by", ""))
    # The revision is read first: what is counted after it has at least what the answer cites.
    revision, known_at = newest_revision()
    listed, days = _matched(filters), {"on": filters.day, "first": filters.first, "last": filters.day}
    only_counted = _only_counted(filters, by, days)
    found = tally.cells(listed, by, days) if by else {}
    beside = _cells_beside(filters, by, days, found) if by else {}
    return Answer(
        measure=filters.asked,
        unit=listed.unit,
        on=filters.day,
        first=filters.first,
        recognised=filters.recognition,
        recogniser_name=filters.recogniser_name(),
        filters={name: filters.given[name] for name in filters.narrowing},
        total=tally.total(listed) + only_counted,
        only_counted=only_counted,
        by=by,
        groups=tally.labelled(by, found, beside) if by else [],
        not_broken_down=_not_broken_down(only_counted, by, beside),
        revision=revision,
        known_at=known_at or now,
        has_fiction=Prisoner.objects.in_numbers().filter(is_fictional=True).exists(),
        query=data,
    )


def _matched(filters: CountFilters, *, without: str = "") -> Matched:
    """What is counted; `without` one filter."""
    measure, on, first = filters.asked, filters.day, filters.first
    return Matched(
        filters.narrowed(without=without) & measure.narrow(first, on),
        unit=filters.one("unit", PEOPLE),
        unconfirmed=bounds.unconfirmed(on).certain if measure.name == "held" else None,
        flow=measure.flow,
    )


def _only_counted(filters: CountFilters, by: Dimension | None, days: counted.Days) -> Figures:
    """Those in the total who are only counted: all where nothing narrows it, fives where one value does, else nobody."""
    if filters.is_of_one_organisation:
        return NOBODY
    match filters.narrowing:
        case []:
            return counted.total(_matched(filters))
        case [name] if by is None and name in DIMENSIONS:
            dimension = DIMENSIONS[name]
            values = list(filters.keys_of(name)) if dimension.counts_fives else []
            return counted.of_values(_matched(filters, without=name), dimension, days, values)
    return NOBODY


def _cells_beside(filters: CountFilters, by: Dimension, days: counted.Days, found: Cells) -> Cells:
    """Those who are only counted, under the values of a breakdown; of records, those alone that a reader may name."""
    if filters.narrowing or filters.is_of_one_organisation:
        return {}
    cells = counted.cells(_matched(filters), by, days)
    if by.name not in NAMED_RECORDS or cells.keys() <= found.keys():
        return cells
    nameable_keys = {None, *map(str, NAMED_RECORDS[by.name]().values_list("pk", flat=True))}
    return {key: figures for key, figures in cells.items() if key in nameable_keys}


def _not_broken_down(only_counted: Figures, by: Dimension | None, cells: Cells) -> Figures | None:
    """Those who are only counted and under no group. Where groups overlap it would tell how many are under two."""
    if by is None or (by.is_overlapping and by.counts_fives):
        return None
    if by.is_told_by_totals:
        return NOBODY
    return replace(only_counted - sum(cells.values(), start=NOBODY), not_confirmed=0)
