"""Events on a chart over time: numbered at the top, so that no label covers another; what the numbers mean stands below."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from .box import Box, across, chart
from .data import Mark
from .palette import INK, PAPER, SOFT
from .words import number

ROOM, ROW = 20, 20  # pixels across and down that a number takes

_CIRCLE: dict[str, Any] = {
    "shape": "circle",
    "size": 230,
    "filled": True,
    "opacity": 1,
    "fill": PAPER,
    "stroke": INK,
    "strokeWidth": 1,
}


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
    lines, numbers = [], []
    for place, (mark, row) in enumerate(zip(marks, rows_of(marks, box, domain), strict=True), start=1):
        at, base = alt.YValue(-12 - ROW * row), chart([{"x": mark.day.toordinal(), "t": box.says(number(place))}])
        text = base.mark_text(color=INK, fontSize=11, fontWeight="bold", baseline="middle")
        dashed = base.mark_rule(color=SOFT, strokeDash=[3, 3])
        lines.append(dashed.encode(x=across("x", x), y=at, y2=alt.Y2Value(box.height)))
        numbers += [
            base.mark_point(**_CIRCLE).encode(x=across("x", x), y=at),
            text.encode(x=across("x", x), y=at, text="t:N"),
        ]
    return [*lines, *numbers]
