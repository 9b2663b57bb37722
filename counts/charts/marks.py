"""Events on a chart over time: numbered at the top, so that no label covers another; what the numbers mean stands below."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from .box import Box, across, chart
from .data import Mark
from .palette import INK, PAPER, SOFT
from .words import number

ROOM, ROW = 20, 20  # pixels across and down that a number takes


def rows_of(marks: Sequence[Mark], box: Box, domain: tuple[float, float]) -> list[int]:
    """For each mark, in order, the row on which its number meets no other."""
    ends: list[float] = []
    rows = []
    for mark in marks:
        at = box.pixel(mark.day.toordinal(), domain)
        row = next((row for row, end in enumerate(ends) if at - end >= ROOM), len(ends))
        ends[row : row + 1] = [at]
        rows.append(row)
    return rows


def layers(marks: Sequence[Mark], box: Box, x: alt.Scale, domain: tuple[float, float]) -> list[Any]:
    """A dashed line through the plot for each, and its number in a circle above."""
    if not marks:
        return []
    placed = zip(marks, rows_of(marks, box, domain), strict=True)
    rows = [
        {"x": mark.day.toordinal(), "y": -12 - ROW * row, "t": box.says(number(place))}
        for place, (mark, row) in enumerate(placed, start=1)
    ]
    y = alt.Y("y", type="quantitative", scale=alt.Scale(domain=[0, 1], range=[0, 1], zero=False), axis=None)
    base = chart(rows)
    return [
        base.mark_rule(color=SOFT, strokeDash=[3, 3]).encode(x=across("x", x), y=y, y2=alt.value(box.height)),
        base.mark_point(shape="circle", size=230, filled=True, opacity=1, fill=PAPER, stroke=INK, strokeWidth=1).encode(x=across("x", x), y=y),
        base.mark_text(color=INK, fontSize=11, fontWeight="bold", baseline="middle").encode(x=across("x", x), y=y, text="t:N"),
    ]
