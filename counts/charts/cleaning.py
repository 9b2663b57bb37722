"""What goes into a picture and what comes out of Vega, made plain."""

from dataclasses import replace
from xml.etree import ElementTree as ET

from .data import ChartData
from .engine import DrawingFailed
from .limits import LABEL_AT_MOST
from .palette import ARABIC_FAMILY, is_arabic
from .words import clean

SVG = "http://www.w3.org/2000/svg"
ET.register_namespace("", SVG)
# What a drawn element keeps; neither names, nor roles, nor addresses, nor scripts are among them.
_SHAPE = {"d", "transform", "x", "y", "x1", "y1", "x2", "y2", "width", "height"}
_LOOK = {
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
}
KEPT = {*_SHAPE, *_LOOK, "opacity", "text-anchor", "font-size", "font-weight"}
_DRAWN = {f"{{{SVG}}}{tag}" for tag in ("g", "path", "line", "rect", "text", "tspan")}


def cleaned(data: ChartData) -> ChartData:
    """The chart with texts that any XML can hold, none of them endless."""
    return replace(
        data,
        title=clean(data.title),
        reading=clean(data.reading),
        basis=clean(data.basis),
        source=clean(data.source),
        demonstration=clean(data.demonstration),
        bars=tuple(replace(bar, label=_label(bar.label)) for bar in data.bars),
        series=tuple(replace(line, label=_label(line.label)) for line in data.series),
        marks=tuple(replace(mark, label=_label(mark.label)) for mark in data.marks),
        notes=tuple(map(clean, data.notes)),
    )


def _label(text: str) -> str:
    return clean(text)[:LABEL_AT_MOST]


def plain(svg: str) -> ET.Element:
    """The drawing within Vega's SVG: shapes and texts alone. Raises DrawingFailed where it holds anything else."""
    try:
        root = ET.fromstring(svg)  # noqa: S314  # our own engine's answer, which has no document type
    except ET.ParseError as error:
        raise DrawingFailed(f"The drawing isn't XML: {error}") from error
    [drawing] = root
    for element in drawing.iter():
        if element.tag not in _DRAWN:
            raise DrawingFailed(f"The drawing holds “{element.tag}”.")
        if element.get("display") == "none" or element.get("d") == "":
            element.attrib = {"d": "", "display": "none"}
            continue
        element.attrib = {name: value for name, value in element.attrib.items() if name in KEPT}
        if element.text and is_arabic(element.text):
            element.set("font-family", ARABIC_FAMILY)
    return drawing
