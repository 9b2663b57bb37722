"""An answer to a count: its numbers, what they count, and the queries of the lists of exactly those people."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from prisoners.dates import UncertainDate

from .clock import Clock
from .dimensions import Dimension
from .durations import SENTENCE, Durations
from .filters import ANY
from .grouping import Group
from .measures import Measure
from .series import Point
from .tally import Figures


@dataclass(frozen=True)
class Beside:
    """The series of another measure beside the one that is counted, and its number of the whole time (or of the last day)."""

    measure: Measure
    total: Figures
    series: Sequence[Point]


@dataclass(frozen=True)
class Answer:
    """One count. `first` is the first day of a flow's period; `on` the day, or the last of the period.

    `only_counted` is how many of the total were in no list at the revision asked, `not_published` how many are in none now.
    `exact` is the query with everything said, `sealed` the value of `known` that goes with it; empty where nothing can promise
    the same answer. `not_broken_down` is how many are under none of the groups; None
    where that isn't told, for people can be under several.

    With a `step` there is a `series` from `first` to `on`, of each group too; what is asked of a day is asked of each period's
    last one. `total`, the groups' figures and `durations` are then those of the last day, or of the whole time.
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
    clock: Clock
    not_published: Figures
    has_fiction: bool
    exact: dict[str, list[str]]
    sealed: str
    step: str = ""
    is_cumulative: bool = False
    series: Sequence[Point] = ()
    beside: Sequence[Beside] = ()
    durations: Durations = field(default_factory=dict)

    @property
    def revision(self) -> int:
        """The newest revision that the answer saw."""
        return self.clock.revision

    @property
    def known_at(self) -> datetime:
        """When that revision was recorded."""
        return self.clock.recorded_at

    @property
    def exact_query(self) -> str:
        """The query with everything said that it left to defaults, of what is known whenever it is asked."""
        return urlencode(self.exact, doseq=True)

    @property
    def cited_query(self) -> str:
        """The query that is answered in just this way for ever; with words searched, which are asked of today's names, as now."""
        return urlencode({**self.exact, "known": self.sealed} if self.sealed else self.exact, doseq=True)

    @property
    def asked_query(self) -> str:
        """The query that asks the same at the same moment of knowledge: now, or as cited."""
        return self.exact_query if self.clock.is_newest else self.cited_query

    def as_dict(self, *, url: str, text: str) -> dict[str, Any]:
        """The answer for programs, as documented in docs/counts.md. `url` and `text` are how to cite it."""
        answer: dict[str, Any] = {
            "measure": self.measure.name,
            "unit": self.unit,
            **self._period(),
            "known": self.known_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
            "revision": self.revision,
            "recognised": self.recognised,
            "filters": self.filters,
            "total": self._total(),
            "counted_only": _bounds(self.only_counted),
            "not_published": _bounds(self.not_published),
            **_durations(self.durations),
            "cite": {"url": url, "text": text},
        }
        if self.by is not None:
            answer |= {"by": self.by.name, "overlapping": self.by.is_overlapping, "groups": [_group(g) for g in self.groups]}
            if self.not_broken_down is not None:
                answer["not_broken_down"] = _bounds(self.not_broken_down)
        if self.step:
            answer["series"] = [_point(point, self.measure) for point in self.series]
            answer |= {"beside": [_beside(beside) for beside in self.beside]} if self.beside else {}
        if self.has_fiction:
            answer["demonstration"] = True
        return answer

    def _period(self) -> dict[str, Any]:
        """When it is counted. The total of a series of days is that of the last one."""
        day = {} if self.measure.is_flow else {"on": _day(self.on)}
        period = {"from": _day(self.first), "to": _day(self.on)} if self.measure.is_flow or self.step else {}
        series = {"step": self.step, "cumulative": self.is_cumulative} if self.step else {}
        return {**day, **period, **series}

    def _total(self) -> dict[str, int]:
        return _figures(self.total, self.measure)

    def list_query(self, group: Group | None = None, point: Point | None = None) -> str | None:
        """The query of the list of those people, as far as they are published; None where no list is of the group.

        Of what is known now it is a query of the list of people; of the past one of `/counts/people/`, which has no list of one
        `point` of a flow.
        """
        if not self.clock.is_newest:
            return self._past_query(group, point)
        out = QueryDict(mutable=True)
        for name, values in {**self.filters, **self._as_list_asks(point)}.items():
            out.setlist(name, values)
        if group is None:
            return out.urlencode()
        narrowing = _narrowing(self.by, group, self) if self.by else None
        if narrowing is None:
            return None
        for name, value in narrowing.items():
            out.setlist(name, [value])
        return out.urlencode()

    def _past_query(self, group: Group | None, point: Point | None) -> str | None:
        if point is not None and self.measure.is_flow:
            return None
        of_series = ("step", "cumulative", "beside", "figures", "by")
        query = {name: values for name, values in self.exact.items() if name not in of_series}
        query["known"] = [str(self.revision)]
        if not self.measure.is_flow:
            query = {name: values for name, values in query.items() if name not in ("from", "to")}
            query["on"] = [(point.last if point else self.on).isoformat()]
        if group is None:
            return urlencode(query, doseq=True)
        narrowing = _narrowing(self.by, group, self) if self.by else None
        is_other_period = narrowing is not None and self.by is not None and self.by.name in ("year", "month")
        if narrowing is None or is_other_period:
            return None
        return urlencode({**query, **narrowing}, doseq=True)

    def _as_list_asks(self, point: Point | None) -> dict[str, list[str]]:
        """The measure in the words of a list. A flow asks who is recognised of its last day, at each of its points."""
        on = point.last if point and not self.measure.is_flow else self.on
        asks = {"on": [on.isoformat()], "recognised": [self.recognised]}
        if self.measure.name == "held":
            asks["status"] = ["held"]
        if self.measure.dates:
            first = self.first if point is None or self.is_cumulative else point.first
            asks[f"{self.measure.dates}_to"] = [(point.last if point else self.on).isoformat()]
            if first is not None:
                asks[f"{self.measure.dates}_from"] = [first.isoformat()]
        return asks


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _bounds(figures: Figures) -> dict[str, int]:
    return {"at_least": figures.at_least, "at_most": figures.at_most}


def _figures(figures: Figures, measure: Measure) -> dict[str, int]:
    return {**_bounds(figures), "not_confirmed": figures.not_confirmed} if measure.name == "held" else _bounds(figures)


def _group(group: Group) -> dict[str, Any]:
    told = {"key": group.slug, "label": str(group.label), **_bounds(group.figures), **_durations(group.durations)}
    if group.series:
        told["series"] = [{"period": point.period, **_bounds(point.figures)} for point in group.series]
    return told


def _durations(durations: Durations) -> dict[str, Any]:
    """Time served and sentences, each under its own name."""
    told = {name: {key: value for key, value in asdict(one).items() if key != "name"} for name, one in durations.items()}
    return {name: {k: v for k, v in one.items() if k != "endless" or name == SENTENCE} for name, one in told.items()}


def _point(point: Point, measure: Measure) -> dict[str, Any]:
    return {"period": point.period, **_figures(point.figures, measure)}


def _beside(beside: Beside) -> dict[str, Any]:
    series = [_point(point, beside.measure) for point in beside.series]
    return {"measure": beside.measure.name, "total": _figures(beside.total, beside.measure), "series": series}


def _narrowing(by: Dimension, group: Group, answer: Answer) -> dict[str, str] | None:
    if group.is_gone:
        return None
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
