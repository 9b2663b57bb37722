"""What stands around a plot, so that the picture can be read alone; and the picture's outermost element."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _

from .alternative import in_words
from .cleaning import SVG
from .data import Bar, ChartData, Point, Size
from .measure import wrapped
from .palette import ACCENT, ARABIC_FAMILY, FAMILY, INK, PAPER, SOFT, STYLE, is_arabic
from .words import amount_in_words, number

WIDTHS = {Size.WIDE: 840, Size.NARROW: 400}
EDGE = 16
WHITE = "#ffffff"
_OF_ADDRESSES = set("/=&?")
Plot = Callable[[int], tuple[ET.Element, int]]


@dataclass
class Page:
    """The picture while it grows from top to bottom; `at` is how far it has come."""

    width: int
    is_rtl: bool
    root: ET.Element
    at: float = field(default=EDGE)

    @property
    def room(self) -> int:
        return self.width - 2 * EDGE

    def say(self, text: str, size: float, colour: str, *, lines: int, is_bold: bool = False, indent: int = 0) -> None:
        """Lines of text from the side where reading begins."""
        for line in wrapped(text, size, self.room - indent, lines=lines, bold=is_bold):
            self.at += size * 1.35
            self.put(line, EDGE + indent, self.at - size * 0.3, size, colour, is_bold=is_bold)

    def put(self, text: str, start: float, y: float, size: float, colour: str, *, is_bold: bool = False) -> None:
        """One line at a place."""
        x, anchor = (self.width - start, "end") if self.is_rtl else (start, "start")
        given = {"x": f"{x:g}", "y": f"{y:.1f}", "font-size": f"{size:g}", "fill": colour, "text-anchor": anchor}
        if is_bold:
            given["font-weight"] = "bold"
        if is_arabic(text):
            given["font-family"] = ARABIC_FAMILY
        _child(self.root, "text", given).text = _from_the_right(text) if self.is_rtl else text

    def gap(self, pixels: float) -> None:
        self.at += pixels


def framed(data: ChartData, size: Size, plot: Plot | None, *, is_fixed: bool) -> str:
    """The whole picture as SVG. `is_fixed` is for one without styles on white, to be turned into pixels."""
    root = ET.Element(f"{{{SVG}}}svg")
    paper = _begun(root, data, is_fixed=is_fixed)
    page = Page(WIDTHS[size], data.is_rtl, root)
    _head(page, data)
    if plot is None:
        _single(page, data)
    else:
        drawing, height = plot(page.room)
        place = _child(root, "g", {"transform": f"translate({EDGE},{page.at:.1f})"})
        place.append(drawing)
        page.gap(height)
    _foot(page, data)
    height = round(page.at + EDGE)
    for name, value in {"width": page.width, "height": height}.items():
        root.set(name, str(value))
        paper.set(name, str(value))
    root.set("viewBox", f"0 0 {page.width} {height}")
    return ET.tostring(root, encoding="unicode")


def _begun(root: ET.Element, data: ChartData, *, is_fixed: bool) -> ET.Element:
    """The outermost element with its name, its words, its style and its paper, which is handed back to be measured."""
    own = {"role": "img", "lang": data.language, "aria-labelledby": "chart-title chart-desc"}
    for name, value in {**own, "font-family": FAMILY}.items():
        root.set(name, value)
    _child(root, "title", {"id": "chart-title"}).text = data.title
    _child(root, "desc", {"id": "chart-desc"}).text = in_words(data)
    if not is_fixed:
        _child(root, "style", {}).text = STYLE
    return _child(root, "rect", {"fill": WHITE if is_fixed else PAPER})


def _head(page: Page, data: ChartData) -> None:
    if data.demonstration:
        page.say(data.demonstration, 12.5, INK, lines=3, is_bold=True)
        page.gap(6)
    is_wide = page.width > WIDTHS[Size.NARROW]
    page.say(data.title, 21 if is_wide else 18, INK, lines=4, is_bold=True)
    page.gap(3)
    page.say(data.reading, 14, INK, lines=6)
    page.gap(2)
    page.say(data.basis, 12, SOFT, lines=4)
    page.gap(12)


def _single(page: Page, data: ChartData) -> None:
    """The number itself, large, and what it can be at most."""
    at_least, at_most = data.total
    page.say(number(at_least), 64, ACCENT, lines=1, is_bold=True)
    is_range = at_least != at_most
    words = (
        _("at least; with uncertain dates %(range)s") % {"range": amount_in_words(at_least, at_most)}
        if is_range
        else _("at least")
    )
    page.say(words, 16, INK, lines=2)


def _foot(page: Page, data: ChartData) -> None:
    page.gap(8)
    for place, mark in enumerate(data.marks, start=1):
        page.say(f"({number(place)}) {mark.label}", 12, INK, lines=2)
    for note in (*_key(data), *data.notes):
        page.say(note, 12, SOFT, lines=3)
    page.gap(4)
    page.say(data.source, 11.5, SOFT, lines=24)  # an address that is cut can't be asked again


def _from_the_right(text: str) -> str:
    """A line among text from the right. An address, or a part of one, stays as it is typed: its signs would change places."""
    if not is_arabic(text):
        return f"\u2066{text}\u2069"
    words = (f"\u2066{word}\u2069" if _OF_ADDRESSES & set(word) and not is_arabic(word) else word for word in text.split(" "))
    return f"\u2067{' '.join(words)}\u2069"


def _key(data: ChartData) -> Sequence[str]:
    """What pale means, where something is pale."""
    numbers: list[Bar | Point] = [*data.bars, *(point for line in data.series for point in line.points)]
    if all(one.at_least == one.at_most for one in numbers):
        return ()
    return (_("Solid: certain. Pale: possible as well, where dates are uncertain."),)


def _child(parent: ET.Element, tag: str, given: dict[str, str]) -> ET.Element:
    return ET.SubElement(parent, f"{{{SVG}}}{tag}", given)
