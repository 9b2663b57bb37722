"""Two flows of the same periods: the first upwards from a line in the middle, the second downwards."""

from typing import Any

import altair as alt

from . import marks, ticks
from .box import LABEL_SIZE, Box, across, chart, finished, time_axis, up, value_axis
from .data import ChartData, Series
from .lines import room, time_domain, time_ticks
from .palette import INK, LINES, PALE
from .words import number

GAP = 0.12  # of a period, between two bars


def spec(data: ChartData, outer_width: int) -> tuple[dict[str, Any], Box]:
    """The plot of two flows; `data.series` is the one upwards and the one downwards."""
    upper, lower = data.series
    domain = time_domain([*upper.points, *lower.points])
    tops = [max([1, *(point.at_most for point in line.points)]) for line in (upper, lower)]
    values = ticks.of_values(max(tops), 4)
    step = values[1]
    above, below = (-(-top // step) * step for top in tops)
    box = room(data, outer_width, values, domain, end=12, height=320 if outer_width > 500 else 280)
    x, y = box.x(domain), box.y((-below, above))
    shown = [*range(-below, 0, step), *range(0, above + 1, step)]
    layers: list[Any] = value_axis(box, y, [(value, number(abs(value))) for value in shown])
    layers += time_axis(box, x, time_ticks(box, domain))
    layers += marks.layers(data.marks, box, x, domain)
    layers += _columns(upper, 1, LINES[0], x, y) + _columns(lower, -1, LINES[1], x, y)
    layers.append(chart([{"v": 0}]).mark_rule(color=INK).encode(y=up("v", y), x=alt.XValue(0), x2=alt.X2Value(box.width)))
    layers += [_name(upper, LINES[0], box, "top"), _name(lower, LINES[1], box, "bottom")]
    return finished(box, layers), box


def _columns(line: Series, sign: int, colour: str, x: Any, y: Any) -> list[Any]:
    rows = []
    for point in line.points:
        first, after = point.first.toordinal(), point.last.toordinal() + 1
        gap = (after - first) * GAP
        bounds = {"zero": 0, "low": sign * point.at_least, "high": sign * point.at_most}
        rows.append({"x": first + gap / 2, "x2": after - gap / 2, **bounds})
    base = chart(rows)
    return [
        base.mark_rect(color=colour, opacity=1).encode(x=across("x", x), x2="x2", y=up("zero", y), y2="low"),
        base.mark_rect(color=colour, opacity=PALE).encode(x=across("x", x), x2="x2", y=up("low", y), y2="high"),
    ]


def _name(line: Series, colour: str, box: Box, edge: Any) -> Any:
    at = 4 if edge == "top" else box.height - 4
    arrow = "↑" if edge == "top" else "↓"
    mark = chart([{"t": box.says(f"{arrow} {line.label}")}]).mark_text(
        color=colour, fontSize=LABEL_SIZE + 1, fontWeight="bold", align=box.align("start"), baseline=edge, dx=box.outward(6)
    )
    return mark.encode(x=alt.XValue(box.width if box.is_rtl else 0), y=alt.YValue(at), text="t:N")
