"""How much a chart takes: what is left out is said on it, and never silently."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .data import Bar, ChartData, Kind, Mark, Series
from .words import number

BARS_AT_MOST = 30
LINES_AT_MOST = 6
POINTS_AT_MOST = 240
MARKS_AT_MOST = 8
LABEL_AT_MOST = 200


def pooled(bars: Sequence[Bar], *, may_be_added: bool) -> tuple[tuple[Bar, ...], tuple[str, ...]]:
    """The first bars; the rest as one, or where people can be under several groups in a note, and the notes."""
    if len(bars) <= BARS_AT_MOST:
        return tuple(bars), ()
    kept, rest = tuple(bars[: BARS_AT_MOST - 1]), bars[BARS_AT_MOST - 1 :]
    if not may_be_added:
        most = max(bar.at_most for bar in rest)
        note = ngettext(
            "%(number)s more group isn’t drawn; it has at most %(most)s.",
            "%(number)s more groups aren’t drawn; the largest of them has at most %(most)s.",
            len(rest),
        )
        return kept, (note % {"number": number(len(rest)), "most": number(most)},)
    label = ngettext("%(number)s other group together", "%(number)s other groups together", len(rest))
    together = Bar(label % {"number": number(len(rest))}, sum(b.at_least for b in rest), sum(b.at_most for b in rest))
    return (*kept, together), (_("The last groups of the breakdown are drawn as one bar."),)


def limited(data: ChartData) -> ChartData:
    """The chart with no more lines, points and events than can be read, and notes of what isn't drawn."""
    if data.kind not in (Kind.LINES, Kind.MIRROR):
        return data
    lines, notes = _largest(data.series)
    points = max((len(line.points) for line in lines), default=0)
    if points > POINTS_AT_MOST:
        lines = tuple(replace(line, points=line.points[-POINTS_AT_MOST:]) for line in lines)
        notes += (_("Only the last %(shown)s of %(all)s periods are drawn.") % _shown(POINTS_AT_MOST, points),)
    marks, unmarked = _within(data.marks, lines)
    return replace(data, series=lines, marks=marks, notes=(*notes, *unmarked, *data.notes))


def _largest(series: tuple[Series, ...]) -> tuple[tuple[Series, ...], tuple[str, ...]]:
    if len(series) <= LINES_AT_MOST:
        return series, ()
    ranked = sorted(series, key=lambda line: -max((point.at_most for point in line.points), default=0))[:LINES_AT_MOST]
    note = _("Only the %(shown)s largest of %(all)s groups are drawn.") % _shown(LINES_AT_MOST, len(series))
    return tuple(line for line in series if line in ranked)[:LINES_AT_MOST], (note,)


def _within(marks: tuple[Mark, ...], lines: tuple[Series, ...]) -> tuple[tuple[Mark, ...], tuple[str, ...]]:
    """Marks that lie in the time drawn, in its order; the first of the list are kept."""
    days = [day for line in lines for point in line.points for day in (point.first, point.last)]
    inside = [mark for mark in marks if days and min(days) <= mark.day <= max(days)]
    kept = tuple(sorted(inside[:MARKS_AT_MOST], key=lambda mark: mark.day))
    if len(inside) <= MARKS_AT_MOST:
        return kept, ()
    return kept, (_("%(shown)s of %(all)s events are marked.") % _shown(MARKS_AT_MOST, len(inside)),)


def _shown(shown: int, of: int) -> dict[str, str]:
    return {"shown": number(shown), "all": number(of)}
