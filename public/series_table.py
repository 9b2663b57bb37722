"""The table of a series: its periods, newest last, with the measures beside it or its groups, each number with its list."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from counts.answers import Answer
from counts.periods import is_cut
from counts.series import Point
from counts.tally import NOBODY, Figures

from .count_links import of_measure, people_of
from .wording import day_words

# A page over a bad connection; files hold everything.
ROWS_AT_MOST = 240
CELLS_AT_MOST = 600
GROUPS_AT_MOST = 6


@dataclass(frozen=True, slots=True)
class Cell:
    """One number, with the address of its people; empty where there is nobody to list."""

    figures: Figures
    people: str


@dataclass(frozen=True, slots=True)
class Row:
    """One period in words, and its numbers: one a column."""

    title: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class SeriesTable:
    """Columns and rows. `is_cut`: there are earlier periods, or smaller groups, which the files hold."""

    columns: list[Any]
    rows: list[Row]
    is_cut: bool


def series_table(asked: Answer, find: Callable[..., str] = people_of) -> SeriesTable | None:
    """The table of an answer; None where it is no series. `find` gives the address of a number's people."""
    if not asked.series:
        return None
    titles, courses = zip(*_columns(asked, find), strict=True)
    shown = _shown(len(asked.series), len(titles))
    rows = [
        Row(row_title(point, asked), [course[number] for course in courses])
        for number, point in list(enumerate(asked.series))[-shown:]
    ]
    is_cut = shown < len(asked.series) or len(asked.groups) > GROUPS_AT_MOST
    return SeriesTable(list(titles), rows, is_cut)


def row_title(point: Point, asked: Answer) -> str:
    """The period, and which part of it was asked: a quarter of fifteen days would pass for a quarter with few arrests."""
    period = period_words(point, asked.step)
    begins_late, ends_early = is_cut(asked.step, point.first, point.last)
    # What is asked of a period's last day doesn't care when the period began.
    begins_late = begins_late and any(measure.is_flow for measure in (asked.measure, *(one.measure for one in asked.beside)))
    if begins_late and ends_early:
        words = {"period": period, "first": day_words(point.first), "last": day_words(point.last)}
        return _("%(period)s (%(first)s to %(last)s)") % words
    if begins_late:
        return _("%(period)s (from %(day)s)") % {"period": period, "day": day_words(point.first)}
    return _("%(period)s (to %(day)s)") % {"period": period, "day": day_words(point.last)} if ends_early else period


def period_words(point: Point, step: str) -> str:
    """Such as “January 2024”, “quarter 1 of 2024” or “2024”."""
    if step == "month":
        return date_format(point.first, "F Y")
    if step == "quarter":
        return _("quarter %(quarter)s of %(year)s") % {"quarter": (point.first.month + 2) // 3, "year": point.first.year}
    return str(point.first.year)


def _shown(periods: int, columns: int) -> int:
    return max(1, min(periods, ROWS_AT_MOST, CELLS_AT_MOST // columns))


def _columns(asked: Answer, find: Callable[..., str]) -> Iterable[tuple[Any, Sequence[Cell]]]:
    """The title of each column, and its number at each point."""
    yield str(asked.measure.title), [_cell(find, asked, point) for point in asked.series]
    for group in asked.groups[:GROUPS_AT_MOST]:
        yield str(group.label), [_cell(find, asked, point, group) for point in group.series]
    for other in asked.beside:
        of_other = of_measure(asked, other.measure)
        yield str(other.measure.title), [_cell(find, of_other, point) for point in other.series]


def _cell(find: Callable[..., str], asked: Answer, point: Point, group: Any = None) -> Cell:
    listed = point.figures - point.only_counted
    has_list = replace(listed, not_confirmed=0) != NOBODY
    return Cell(point.figures, find(asked, group, point) if has_list else "")
