"""A chart as a picture: the plot that Vega drew, within a title, a reading, what is counted, notes and the source."""

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

from django.utils.translation import override

from . import cleaning, engine
from .alternative import in_words
from .data import ChartData, Kind, Size
from .frame import framed
from .limits import limited

PNG_SCALE = 2


def svg(data: ChartData, size: Size = Size.WIDE) -> bytes:
    """The chart as SVG, in light or dark as the reader's system is. Raises DrawingFailed."""
    return _picture(data, size, is_fixed=False).encode()


def png(data: ChartData, size: Size = Size.WIDE) -> bytes:
    """The chart as PNG, twice as large and light. Raises DrawingFailed."""
    return engine.to_png(_picture(data, size, is_fixed=True), PNG_SCALE)


def alternative(data: ChartData) -> str:
    """What the chart says, for whoever doesn't see it: the text that stands in the picture too."""
    with override(data.language):
        return in_words(limited(cleaning.cleaned(data)))


def _picture(data: ChartData, size: Size, *, is_fixed: bool) -> str:
    with override(data.language):
        shown = limited(cleaning.cleaned(data))
        return framed(shown, size, _plot(shown), is_fixed=is_fixed)


def _plot(data: ChartData) -> Callable[[int], tuple[ET.Element, int]] | None:
    """What draws the plot of a given width; None for a chart that has none."""
    if data.kind is Kind.SINGLE:
        return None

    def drawn(outer_width: int) -> tuple[ET.Element, int]:
        spec, box = _spec(data, outer_width)
        return cleaning.plain(engine.to_svg(spec)), box.outer_height

    return drawn


def _spec(data: ChartData, outer_width: int) -> tuple[dict[str, Any], Any]:
    from . import bars, lines, mirror  # Altair takes a third of a second and 40 MB, which other processes needn't have

    of_kind = {Kind.BARS: bars.spec, Kind.LINES: lines.spec, Kind.MIRROR: mirror.spec}
    return of_kind[data.kind](data, outer_width)
