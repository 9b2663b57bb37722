"""People who are only counted, under the values of a breakdown at each point of a series: five at a time (`counts.fives`)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from . import fives, remembered, tally
from .counted import entered
from .dimensions import Dimension
from .points import opened, points_sql
from .series import Cells, Course
from .spans import Spans, apart_numbers
from .tally import NOBODY, Figures, Whom, columns_read

Person = tuple[list[str | None], int, int]


def cells(course: Course, dimension: Dimension) -> Cells:
    """How many of them show under each value at each point; the dimension's values may not depend on the day."""
    points = len(course.periods)
    found: Cells = {}
    for people in _people(course, dimension):
        certain = fives.cells_of_points([(values, at) for values, _possibly, at in people], points)
        possible = fives.cells_of_points([(values, at) for values, at, _certainly in people], points)
        for value, at_most in possible.items():
            figures = map(Figures, certain.get(value, [0] * points), at_most)
            before = found.get(value, [NOBODY] * points)
            found[value] = [one + other for one, other in zip(before, figures, strict=True)]
    return found


def of_values(course: Course, dimension: Dimension, values: Sequence[str | None]) -> list[Figures]:
    """How many of them show under any of these values; nobody where one person can have several of them."""
    nobody = [NOBODY] * len(course.periods)
    if len(values) > 1 and dimension.is_overlapping:
        return nobody
    found = cells(course, dimension)
    each = [found.get(value, nobody) for value in values]
    return [sum(figures, start=NOBODY) for figures in zip(*each, strict=True)]


def _people(course: Course, dimension: Dimension) -> Iterable[list[Person]]:
    """Each with their values and the points where they possibly and certainly count, as bits of a number; in their order.

    First those who were only counted then, after them those of whom less has been told since: no five is of both.
    """
    spans = Spans(course.spans.possible.given("m.is_possible"), course.spans.certain)
    only_counted = replace(course.narrowed, whom=Whom.ONLY_COUNTED)
    read = f"m.visibility = 'counted' AS was_counted, {apart_numbers(spans, course.axis)}"
    values = f"(SELECT array_agg(key) FROM ({dimension.groups}) AS g (key, is_sure)) AS keys"
    # All of them, in the series or not: which five somebody belongs to doesn't depend on the question.
    flags: dict[str, Any] = {
        "is_possible": tally.flag(only_counted.bounds.possible),
        "is_certain": tally.flag(only_counted.bounds.certain),
        "entered": entered(only_counted.clock),
    }
    columns = sorted(columns_read(f"{read} {values}") - flags.keys() | {"arrest_id"})
    matched, params = only_counted.rows.filter(siblings=1).values(*columns, **flags).query.sql_with_params()
    rows = opened(f"SELECT m.entered, m.arrest_id, {values}, {read} FROM ({matched}) AS m")
    sql = f"""SELECT was_counted, keys, {_pairs(points_sql(0, course.axis))}, {_pairs(points_sql(1, course.axis))}
              FROM ({rows}) AS person ORDER BY entered, arrest_id"""
    found = remembered.rows(sql, params)
    for is_of_them in (True, False):
        yield [(keys, _bits(possible), _bits(certain)) for was, keys, possible, certain in found if was == is_of_them]


def _pairs(points: str) -> str:
    return f"ARRAY(SELECT ARRAY[lower(span), upper(span)] FROM unnest({points}) AS span)"


def _bits(pairs: Sequence[Sequence[int]]) -> int:
    """The points of spans, each from one up to, not including, another, as bits of a number."""
    return sum((1 << high) - (1 << low) for low, high in pairs)
