"""The room of a plot, and the pieces that plots share: each a layer of Altair with its data inside.

Everything is said in numbers: days as ordinals, rows as pixels. So nothing depends on a time zone, no text of a record is ever
part of an expression, and Python knows where each mark will be, which keeps labels apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from .palette import INK, LINE, SOFT

LABEL_SIZE = 12
_ISOLATED = "\u2067%s\u2069"  # text from the right, whatever stands beside it


@dataclass(frozen=True)
class Box:
    """A plot of `width` by `height` pixels, with room for labels around it. `start` is where reading begins."""

    width: int
    height: int
    start: int
    end: int
    top: int
    bottom: int
    is_rtl: bool

    @property
    def padding(self) -> dict[str, int]:
        left, right = (self.end, self.start) if self.is_rtl else (self.start, self.end)
        return {"left": left, "right": right, "top": self.top, "bottom": self.bottom}

    @property
    def outer_height(self) -> int:
        return self.height + self.top + self.bottom

    def x(self, domain: tuple[float, float]) -> alt.Scale:
        """A scale across the box, from the side where reading begins."""
        across = [self.width, 0] if self.is_rtl else [0, self.width]
        return alt.Scale(domain=list(domain), range=across, nice=False, zero=False)

    def y(self, domain: tuple[float, float]) -> alt.Scale:
        """A scale upwards."""
        return alt.Scale(domain=list(domain), range=[self.height, 0], nice=False, zero=False)

    def down(self) -> alt.Scale:
        """A scale of pixels from the top."""
        return alt.Scale(domain=[0, self.height], range=[0, self.height], nice=False, zero=False)

    def pixel(self, value: float, domain: tuple[float, float]) -> float:
        """How far from the start a value lies."""
        return (value - domain[0]) / (domain[1] - domain[0]) * self.width

    def align(self, side: str) -> Any:
        """Left or right, for "start" and "end"."""
        return {"start": "left", "end": "right"}[side] if not self.is_rtl else {"start": "right", "end": "left"}[side]

    def outward(self, pixels: float) -> float:
        """An offset towards the end of reading."""
        return -pixels if self.is_rtl else pixels

    def says(self, text: str) -> str:
        return _ISOLATED % text if self.is_rtl else text


def across(field: str, scale: alt.Scale) -> alt.X:
    return alt.X(field, type="quantitative", scale=scale, axis=None)


def up(field: str, scale: alt.Scale) -> alt.Y:
    return alt.Y(field, type="quantitative", scale=scale, axis=None, stack=None)


def chart(rows: Sequence[dict[str, Any]]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=list(rows)))


def value_axis(box: Box, y: alt.Scale, ticks: Sequence[tuple[float, str]]) -> list[Any]:
    """Lines across the plot, and their numbers at its start."""
    rows = [{"v": value, "t": box.says(label)} for value, label in ticks]
    edge = box.width if box.is_rtl else 0
    return [
        chart(rows).mark_rule(color=LINE, strokeWidth=1).encode(y=up("v", y), x=alt.XValue(0), x2=alt.X2Value(box.width)),
        chart(rows)
        .mark_text(color=SOFT, fontSize=LABEL_SIZE, align=box.align("end"), baseline="middle", dx=box.outward(-8))
        .encode(y=up("v", y), x=alt.XValue(edge), text="t:N"),
    ]


def time_axis(box: Box, x: alt.Scale, ticks: Sequence[tuple[float, str]]) -> list[Any]:
    """Ticks below the plot with their labels."""
    rows = [{"v": value, "t": box.says(label)} for value, label in ticks]
    base = chart(rows)
    return [
        base.mark_rule(color=INK, strokeWidth=1).encode(
            x=across("v", x), y=alt.YValue(box.height), y2=alt.Y2Value(box.height + 5)
        ),
        base.mark_text(color=SOFT, fontSize=LABEL_SIZE, align="center", baseline="top").encode(
            x=across("v", x), y=alt.YValue(box.height + 9), text="t:N"
        ),
    ]


def finished(box: Box, layers: Sequence[Any]) -> dict[str, Any]:
    """The layers as a specification of exactly the box's size."""
    whole = alt.LayerChart(
        layer=list(layers),
        width=box.width,
        height=box.height,
        padding=box.padding,
        background="transparent",
        autosize=alt.AutoSizeParams(type="none"),
        config=alt.Config(view=alt.ViewConfig(stroke=None)),
    )  # at once: each method of Altair copies all that there is
    spec: dict[str, Any] = whole.to_dict(validate=False)
    return spec
