"""Invented charts."""

import itertools
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from counts.charts.data import Bar, ChartData, Kind, Point, Series

TEXTS = {"title": "People held", "reading": "A reading.", "basis": "Counted in people.", "source": "Still Held, revision 7."}


def months(number: int, bounds: Callable[[int], tuple[int, int]] = lambda month: (month, month + 1)) -> tuple[Point, ...]:
    """So many months from January 2020."""
    starts = [date(2020 + month // 12, month % 12 + 1, 1) for month in range(number + 1)]
    return tuple(
        Point(first.strftime("%B %Y"), first, after - timedelta(days=1), *bounds(month))
        for month, (first, after) in enumerate(itertools.pairwise(starts))
    )


def lines(*courses: Sequence[Point], labels: Sequence[str] = "abcdefghij", **fields: Any) -> ChartData:
    series = tuple(Series(label, tuple(points)) for label, points in zip(labels, courses, strict=False))
    return ChartData(**{"kind": Kind.LINES, **TEXTS, "series": series, **fields})


def bars(*groups: tuple[str, int, int], **fields: Any) -> ChartData:
    return ChartData(**{"kind": Kind.BARS, **TEXTS, "bars": tuple(Bar(*group) for group in groups), **fields})


def single(at_least: int, at_most: int, **fields: Any) -> ChartData:
    return ChartData(**{"kind": Kind.SINGLE, **TEXTS, "total": (at_least, at_most), **fields})
