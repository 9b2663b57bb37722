"""A chart in words, for whoever doesn't see it: its figures, not its looks."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from .data import Bar, ChartData, Kind, Point, Series
from .words import amount_in_words, clean, number


def in_words(data: ChartData) -> str:
    """The chart in a few sentences: first, last and highest of each line; the largest three bars and how many there are."""
    with override(data.language):
        said = {Kind.SINGLE: _single, Kind.BARS: _bars, Kind.LINES: _lines, Kind.MIRROR: _lines}[data.kind](data)
        sentences = [_ended(data.title), *said, _ended(data.basis), *map(_ended, data.notes), _ended(data.demonstration)]
        return clean(" ".join(sentence for sentence in sentences if sentence))


def _single(data: ChartData) -> Iterable[str]:
    yield _("Figure: %(amount)s.") % {"amount": amount_in_words(*data.total)}


def _bars(data: ChartData) -> Iterable[str]:
    many = len(data.bars)
    yield ngettext("Bars of %(number)s group.", "Bars of %(number)s groups.", many) % {"number": number(many)}
    if data.bars:
        largest = sorted(data.bars, key=lambda bar: -bar.at_most)[:3]
        yield _("Largest: %(bars)s.") % {"bars": "; ".join(map(_bar, largest))}


def _bar(bar: Bar) -> str:
    return _("%(label)s, %(amount)s") % {"label": bar.label, "amount": amount_in_words(bar.at_least, bar.at_most)}


def _lines(data: ChartData) -> Iterable[str]:
    for line in data.series:
        yield from _line(line, is_named=len(data.series) > 1)
    if data.marks:
        yield _("Events: %(events)s.") % {"events": "; ".join(mark.label.rstrip(".") for mark in data.marks)}


def _line(line: Series, *, is_named: bool) -> Iterable[str]:
    named = _("%(label)s: ") % {"label": line.label} if is_named else ""
    if not line.points:
        yield named + _("No period.")
        return
    first, last, highest = line.points[0], line.points[-1], max(line.points, key=lambda point: point.at_most)
    if first is last:
        yield named + _("One period: %(first)s.") % {"first": _point(first)}
        return
    words = {
        "first": _point(first),
        "last": _point(last),
        "highest": _point(highest),
        "lowest": _point(min(line.points, key=_low)),
    }
    yield named + _("First %(first)s; last %(last)s; highest %(highest)s; lowest %(lowest)s.") % words


def _low(point: Point) -> int:
    return point.at_least


def _point(point: Point) -> str:
    return _("%(amount)s (%(period)s)") % {"amount": amount_in_words(point.at_least, point.at_most), "period": point.name}


def _ended(text: str) -> str:
    return text if not text or text[-1] in ".!?。؟" else f"{text}."
