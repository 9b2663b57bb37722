"""What a series tells: the people of lists, and beside them those who are only counted, at each point as in its single count."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from . import counted_series
from .asking import CountFilters
from .clock import Clock
from .dimensions import DIMENSIONS, Dimension
from .matching import matched, told_keys
from .problems import InvalidQuery, Problem
from .series import Cells, Course, Point, points
from .tally import NOBODY, Figures, Whom

# Numbers that one answer may hold: groups times points.
NUMBERS_AT_MOST = 200_000


@dataclass(frozen=True)
class Series:
    """The points of a series, and those of each value of a breakdown."""

    points: Sequence[Point] = ()
    groups: Mapping[str | None, Sequence[Point]] = field(default_factory=dict)

    def with_groups(self, keys: Iterable[str | None]) -> Mapping[str | None, Sequence[Point]]:
        """The series of each group, and of these: a group of the whole time can be in none of its parts."""
        if not self.points:
            return {}
        none = [replace(point, figures=NOBODY, only_counted=NOBODY) for point in self.points]
        return {**dict.fromkeys(keys, none), **self.groups}


def told_series(filters: CountFilters, clock: Clock, by: Dimension | None) -> Series:
    """The series that the parameters ask; nothing where they ask none. Raises InvalidQuery where it would be too large."""
    periods = filters.periods
    if not periods:
        return Series()
    course = Course(filters, matched(filters, clock), periods, "cumulative" in filters.given)
    listed = course.totals()
    counted = _only_counted(course, by, listed)
    totals = points(periods, _added(listed, counted), counted)
    if by is None:
        return Series(totals)
    return Series(totals, _groups(course, by, clock))


def _groups(course: Course, by: Dimension, clock: Clock) -> dict[str | None, list[Point]]:
    found = course.cells(by)
    beside = _cells_beside(course, by, found)
    beside = {key: beside[key] for key in told_keys(by, beside, found, clock)}
    keys = {**found, **beside}
    if len(keys) * len(course.periods) > NUMBERS_AT_MOST:
        message = _("That would be %(groups)s groups at %(points)s points: take a longer step, or narrow it down.")
        values = {"groups": len(keys), "points": len(course.periods)}
        raise InvalidQuery([Problem("by", by.name, message % values)])
    nobody = [NOBODY] * len(course.periods)
    return {
        key: points(course.periods, _added(found.get(key, nobody), beside.get(key, nobody)), beside.get(key, nobody))
        for key in keys
    }


def _only_counted(course: Course, by: Dimension | None, listed: list[Figures]) -> list[Figures]:
    """Those in the totals who are only counted, by the rule of a single count: all, or fives, or nobody."""
    nobody = [NOBODY] * len(course.periods)
    if course.filters.is_of_one_organisation:
        return nobody
    match course.filters.narrowing:
        case []:
            return _less(_of_everybody(course).totals(), listed)
        case [name] if by is None and name in DIMENSIONS and DIMENSIONS[name].counts_fives:
            values = list(course.filters.keys_of(name))
            return counted_series.of_values(_without(course, name), DIMENSIONS[name], values)
    return nobody


def _cells_beside(course: Course, by: Dimension, found: Cells) -> Cells:
    if course.filters.narrowing or course.filters.is_of_one_organisation:
        return {}
    if by.is_told_by_totals:
        nobody = [NOBODY] * len(course.periods)
        everybody = _of_everybody(course).cells(by)
        beside = {key: _less(figures, found.get(key, nobody)) for key, figures in everybody.items()}
        return {key: figures for key, figures in beside.items() if any(one.is_anybody for one in figures)}
    return counted_series.cells(course, by) if by.counts_fives else {}


def _of_everybody(course: Course) -> Course:
    return replace(course, matched=replace(course.matched, whom=Whom.EVERYBODY))


def _without(course: Course, name: str) -> Course:
    """The same course, but for one filter."""
    return replace(course, matched=matched(course.filters, course.clock, without=name), without=name)


def _added(ones: Sequence[Figures], others: Sequence[Figures]) -> list[Figures]:
    return [one + other for one, other in zip(ones, others, strict=True)]


def _less(ones: Sequence[Figures], others: Sequence[Figures]) -> list[Figures]:
    return [one - other for one, other in zip(ones, others, strict=True)]
