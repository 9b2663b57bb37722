"""Lines with their bands of uncertainty: levels joined from day to day, flows as steps over their periods."""

import math
from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt

from . import marks, ticks
from .box import LABEL_SIZE, Box, across, chart, finished, time_axis, up, value_axis
from .data import ChartData, Point, Series
from .measure import cut, width
from .palette import DASHES, INK, LINES, PALE_BAND
from .words import amount, number

NARROW = 500
DOTS_AT_MOST = 40
LABEL_ROOM = 17
FOR_A_TICK = 72


def spec(data: ChartData, outer_width: int) -> tuple[dict[str, Any], Box]:
    """The plot of a chart of lines, `outer_width` pixels wide in all."""
    top = max([1, *(point.at_most for line in data.series for point in line.points)])
    values = ticks.of_values(top)
    is_stepped = data.is_flow and len(data.series) == 1
    points = [point for line in data.series for point in line.points]
    domain = time_domain(points) if is_stepped else _level_domain(points)
    box = room(data, outer_width, values, domain, end=_end_room(data, outer_width), height=260 if outer_width > NARROW else 220)
    x, y = box.x(domain), box.y((0, values[-1]))
    layers: list[Any] = value_axis(box, y, [(value, number(value)) for value in values])
    layers += time_axis(box, x, time_ticks(box, domain))
    layers += marks.layers(data.marks, box, x, domain)
    for place, line in enumerate(data.series):
        layers += _line(line, place, x, y, is_stepped=is_stepped)
    layers += _end_labels(data, box, outer_width, values[-1])
    return finished(box, layers), box


def time_domain(points: Sequence[Point]) -> tuple[float, float]:
    """The days drawn, as ordinals: from the first of all to the day after the last."""
    if not points:
        return (date.min.toordinal(), date.min.toordinal() + 1)
    return (min(point.first for point in points).toordinal(), max(point.last for point in points).toordinal() + 1)


def _level_domain(points: Sequence[Point]) -> tuple[float, float]:
    """The same for levels. One period alone stands in the middle, where its only tick is."""
    ends = {point.last.toordinal() for point in points}
    return (min(ends) - 0.5, min(ends) + 0.5) if len(ends) == 1 else time_domain(points)


def room(data: ChartData, outer_width: int, values: Sequence[int], domain: tuple[float, float], *, end: int, height: int) -> Box:
    """The box of a plot over time, with room for its numbers at the start and for rows of event numbers above."""
    start = int(max(width(number(value), LABEL_SIZE) for value in values)) + 20
    bare = Box(outer_width - start - end, height, start, end, 12, 30, data.is_rtl)
    rows = max([-1, *marks.rows_of(data.marks, bare, domain)]) + 1
    return Box(bare.width, height, start, end, 12 + marks.ROW * rows, 30, data.is_rtl)


def time_ticks(box: Box, domain: tuple[float, float]) -> list[tuple[float, str]]:
    first, last = date.fromordinal(math.ceil(domain[0])), date.fromordinal(max(math.ceil(domain[0]), math.ceil(domain[1]) - 1))
    found: list[tuple[float, str]] = [(d.toordinal(), label) for d, label in ticks.of_days(first, last, box.width // FOR_A_TICK)]
    return found or [((domain[0] + domain[1]) / 2, ticks.day_label(first))]


def _line(line: Series, place: int, x: Any, y: Any, *, is_stepped: bool) -> list[Any]:
    rows = [row for point in line.points for row in _rows(point, is_stepped=is_stepped)]
    base, colour, dash = chart(rows), LINES[place % len(LINES)], DASHES[place % len(DASHES)]
    layers = [base.mark_area(color=colour, opacity=PALE_BAND).encode(x=across("x", x), y=up("low", y), y2="high")]
    if any(point.at_least < point.at_most for point in line.points):
        layers.append(
            base.mark_line(color=colour, strokeWidth=1, strokeDash=[1, 2], strokeCap="butt").encode(
                x=across("x", x), y=up("high", y)
            )
        )
    layers.append(
        base.mark_line(color=colour, strokeWidth=2.25, strokeDash=dash, strokeJoin="round").encode(
            x=across("x", x), y=up("low", y)
        )
    )
    if not is_stepped and len(line.points) <= DOTS_AT_MOST:
        layers.append(_dots(base, colour, x, y))
    if len(line.points) == 1:
        bounds = base.mark_rule(color=colour, strokeWidth=3, opacity=0.5)
        layers.append(bounds.encode(x=across("x", x), y=up("low", y), y2="high"))
    return layers


def _dots(base: Any, colour: str, x: Any, y: Any) -> Any:
    dots = base.mark_point(shape="circle", filled=True, color=colour, opacity=1, size=28)
    return dots.encode(x=across("x", x), y=up("low", y))


def _rows(point: Point, *, is_stepped: bool) -> list[dict[str, Any]]:
    bounds = {"low": point.at_least, "high": point.at_most}
    if is_stepped:
        return [{"x": point.first.toordinal(), **bounds}, {"x": point.last.toordinal() + 1, **bounds}]
    return [{"x": point.last.toordinal(), **bounds}]


def _end_room(data: ChartData, outer_width: int) -> int:
    most = outer_width * (0.3 if outer_width > NARROW else 0.38)
    return int(min(most, max((width(text, LABEL_SIZE, bold=True) for text in _whole(data, outer_width)), default=0) + 24))


def _whole(data: ChartData, outer_width: int) -> list[str]:
    """The lines of text at the ends, as wide as they would like to be."""
    return [text for label in _texts(data, outer_width, math.inf) for text in label]


def _texts(data: ChartData, outer_width: int, room: float) -> list[list[str]]:
    """What stands at the end of each line: its last number, and where there are several its name before or above it."""
    labels = []
    for line in data.series:
        if not line.points:
            continue
        figure = amount(line.points[-1].at_least, line.points[-1].at_most)
        if len(data.series) == 1:
            labels.append([figure])
        elif outer_width > NARROW:
            beside = room - width(f" {figure}", LABEL_SIZE, bold=True)
            labels.append([f"{cut(line.label, LABEL_SIZE, beside, bold=True)} {figure}"])
        else:
            labels.append([cut(line.label, LABEL_SIZE, room, bold=True), figure])
    return labels


def _end_labels(data: ChartData, box: Box, outer_width: int, top: int) -> list[Any]:
    """The labels at the ends of lines, moved apart."""
    drawn = [(place, line.points[-1]) for place, line in enumerate(data.series) if line.points]
    texts = _texts(data, outer_width, box.end - 16)
    wanted = [box.height * (1 - end.at_least / top) for _place, end in drawn]
    rows = max(map(len, texts), default=1)
    places = apart(wanted, LABEL_ROOM * rows, box.height - LABEL_ROOM * (rows - 1))
    layers = []
    for (place, _end), at, label in zip(drawn, places, texts, strict=True):
        colour = LINES[place % len(LINES)] if len(data.series) > 1 else INK
        for row, text in enumerate(label):
            layers.append(_end_label(box, text, at + (row - (len(label) - 1) / 2) * LABEL_ROOM * 0.85, colour))
    return layers


def _end_label(box: Box, text: str, at: float, colour: str) -> Any:
    mark = chart([{"t": box.says(text)}]).mark_text(
        color=colour, fontSize=LABEL_SIZE, fontWeight="bold", align=box.align("start"), baseline="middle", dx=box.outward(10)
    )
    return mark.encode(x=alt.XValue(0 if box.is_rtl else box.width), y=alt.YValue(at), text="t:N")


def apart(wanted: Sequence[float], gap: float, height: float) -> list[float]:
    """Places near those wanted, at least `gap` apart, within the height as far as they fit."""
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    places = list(wanted)
    lowest = -gap
    for place in order:
        lowest = places[place] = max(wanted[place], lowest + gap)
    highest = max(height, gap * (len(wanted) - 1)) + gap
    for place in reversed(order):
        highest = places[place] = min(places[place], highest - gap)
    return places
