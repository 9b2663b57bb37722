"""Bars across, one a group: solid as far as is certain, pale as far as is possible, the number at the end."""

from typing import Any

import altair as alt

from .box import LABEL_SIZE, Box, across, chart, finished
from .data import Bar, ChartData
from .measure import width, wrapped
from .palette import ACCENT, INK, PALE
from .words import amount

THICK, LINE_HEIGHT, BETWEEN = 15, 15, 9


def spec(data: ChartData, outer_width: int) -> tuple[dict[str, Any], Box]:
    """The plot of a chart of bars: labels beside the bars, or above them where the chart is narrow."""
    is_narrow = outer_width <= 500
    start = 4 if is_narrow else int(min(outer_width * 0.36, max((width(b.label, LABEL_SIZE) for b in data.bars), default=0) + 14))
    end = int(max((width(amount(b.at_least, b.at_most), LABEL_SIZE, bold=True) for b in data.bars), default=0)) + 14
    labels = [wrapped(bar.label, LABEL_SIZE, outer_width - 8 if is_narrow else start - 10, lines=2) for bar in data.bars]
    rows, height = _rows(data.bars, labels, is_narrow=is_narrow)
    box = Box(outer_width - start - end, max(height, 1), start, end, 6, 6, data.is_rtl)
    x, y = box.x((0, max([1, *(bar.at_most for bar in data.bars)]))), box.down()
    base = chart(rows)
    certain = base.mark_rect(color=ACCENT, opacity=1)
    possible = base.mark_rect(color=ACCENT, opacity=PALE)
    foot = {"y": alt.Y("top", type="quantitative", scale=y, axis=None), "y2": "foot"}
    layers: list[Any] = [
        certain.encode(x=across("zero", x), x2="low", **foot),
        possible.encode(x=across("low", x), x2="high", **foot),
        base.mark_rule(color=ACCENT, strokeWidth=1.5).encode(x=across("high", x), **foot),
        _figures(data, rows, box, x, y),
        *_labels(labels, rows, box, y, is_narrow=is_narrow),
        base.mark_rule(color=INK).encode(x=across("zero", x), **foot),
    ]
    return finished(box, layers), box


def _rows(bars: tuple[Bar, ...], labels: list[list[str]], *, is_narrow: bool) -> tuple[list[dict[str, Any]], int]:
    """Where each bar lies, in pixels from the top."""
    rows, at = [], 0
    for bar, lines in zip(bars, labels, strict=True):
        text = len(lines) * LINE_HEIGHT
        top = at + text + 2 if is_narrow else at + max(0, text - THICK) // 2
        rows.append({"zero": 0, "low": bar.at_least, "high": bar.at_most, "top": top, "foot": top + THICK})
        at = top + THICK + BETWEEN if is_narrow else at + max(THICK, text) + BETWEEN
    return rows, at


def _figures(data: ChartData, rows: list[dict[str, Any]], box: Box, x: Any, y: Any) -> Any:
    placed = [
        {"x": row["high"], "y": row["top"] + THICK / 2, "t": box.says(amount(bar.at_least, bar.at_most))}
        for bar, row in zip(data.bars, rows, strict=True)
    ]
    mark = chart(placed).mark_text(
        color=INK, fontSize=LABEL_SIZE, fontWeight="bold", align=box.align("start"), baseline="middle", dx=box.outward(6)
    )
    return mark.encode(x=across("x", x), y=alt.Y("y", type="quantitative", scale=y, axis=None), text="t:N")


def _labels(labels: list[list[str]], rows: list[dict[str, Any]], box: Box, y: Any, *, is_narrow: bool) -> list[Any]:
    placed = []
    for lines, row in zip(labels, rows, strict=True):
        first = (
            row["top"] - len(lines) * LINE_HEIGHT + 5
            if is_narrow
            else row["top"] + THICK / 2 - (len(lines) - 1) * LINE_HEIGHT / 2
        )
        placed += [{"y": first + number * LINE_HEIGHT, "t": box.says(line)} for number, line in enumerate(lines)]
    edge = box.width if box.is_rtl else 0
    align, dx = (box.align("start"), 0) if is_narrow else (box.align("end"), box.outward(-8))
    mark = chart(placed).mark_text(color=INK, fontSize=LABEL_SIZE, align=align, baseline="middle", dx=dx)
    return [mark.encode(x=alt.XValue(edge), y=alt.Y("y", type="quantitative", scale=y, axis=None), text="t:N")]
