"""A chart of an answer: which kind, and the words around it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from prisoners.dates import UncertainDate

from ..answers import Answer
from ..filters import ANY, EVER, THEN
from ..periods import is_cut
from ..tally import PEOPLE
from ..wording import doubt, sentence
from .data import Bar, ChartData, Kind, Mark, Point, Series
from .limits import POINTS_AT_MOST, pooled
from .words import amount, digits

_TITLES = {
    "held": gettext_lazy("People held"),
    "arrests": gettext_lazy("People arrested"),
    "releases": gettext_lazy("People released"),
    "deaths": gettext_lazy("People who died in custody"),
    "ever": gettext_lazy("People ever held"),
}
_STEPS = {"month": gettext_lazy("month"), "quarter": gettext_lazy("quarter"), "year": gettext_lazy("year")}
PERIODS = ("year", "month")  # breakdowns that are courses of time


def chart_of(asked: Answer, *, site_name: str, address: str, marks: Sequence[Mark] = ()) -> ChartData:
    """The chart of an answer, in the active language. `address` is where to ask it again; it is printed, not linked."""
    kind, series, bars, notes = _drawn(asked)
    source = _("%(site)s, as known on %(moment)s (revision %(revision)s). %(address)s") % {
        "site": site_name,
        "moment": asked.known_at.strftime("%Y-%m-%d %H:%M UTC"),
        "revision": asked.revision,
        "address": address,
    }
    return ChartData(
        kind=kind,
        title=_title(asked),
        reading=" ".join(filter(None, [sentence(asked), doubt(asked)])),
        basis=_basis(asked),
        source=source,
        language=get_language() or "en",
        demonstration=_("Demonstration data: fictional people are among these.") if asked.has_fiction else "",
        is_flow=asked.measure.is_flow or (asked.by is not None and asked.by.name in PERIODS),
        total=(asked.total.at_least, asked.total.at_most),
        bars=bars,
        series=series,
        marks=tuple(marks) if series else (),
        notes=(*notes, *_notes(asked)),
    )


Drawn = tuple[Kind, tuple[Series, ...], tuple[Bar, ...], tuple[str, ...]]


def _drawn(asked: Answer) -> Drawn:
    """What is drawn of it, and the notes that this needs."""
    if asked.step:
        return _course(asked)
    if asked.by is None:
        return Kind.SINGLE, (), (), ()
    if asked.by.name in PERIODS and any(not group.is_missing for group in asked.groups):
        return Kind.LINES, (_of_periods(asked),), (), _undated(asked)
    shown, notes = pooled(_bars(asked, are_missing=False), may_be_added=not asked.by.is_overlapping)
    return Kind.BARS, (), (*shown, *_bars(asked, are_missing=True)), notes  # who is under no value is never pooled away


def _bars(asked: Answer, *, are_missing: bool) -> list[Bar]:
    groups = (group for group in asked.groups if group.is_missing == are_missing)
    return [Bar(str(group.label), group.figures.at_least, group.figures.at_most) for group in groups]


def _course(asked: Answer) -> Drawn:
    """An answer with a step: its groups as lines; two flows of the same periods, mirrored; else a line, and those beside it."""
    if asked.by is not None:
        return Kind.LINES, tuple(_series(str(group.label), group.series, asked.step) for group in asked.groups), (), ()
    own = _series(str(asked.measure.title), asked.series, asked.step)
    beside = tuple(_series(str(other.measure.title), other.series, asked.step) for other in asked.beside)
    are_flows = asked.measure.is_flow and all(other.measure.is_flow for other in asked.beside)
    kind = Kind.MIRROR if len(beside) == 1 and are_flows and not asked.is_cumulative else Kind.LINES
    return kind, (own, *beside), (), ()


def _series(label: str, points: Iterable[Any], step: str) -> Series:
    found = (Point(name(p.first, step), p.first, p.last, p.figures.at_least, p.figures.at_most) for p in points)
    return Series(label, tuple(found))


def name(first: date, step: str) -> str:
    """A period in words, by its first day."""
    if step == "month":
        return digits(date_format(first, "F Y"))
    if step == "quarter":
        return digits(_("quarter %(quarter)s of %(year)s") % {"quarter": (first.month + 2) // 3, "year": first.year})
    return digits(str(first.year))


def _of_periods(asked: Answer) -> Series:
    """A breakdown by year or month as a course; periods without anybody are 0. As many as a chart takes, and one more."""
    assert asked.by is not None
    step = asked.by.name
    found = {group.slug: group.figures for group in asked.groups if not group.is_missing}
    points: list[Point] = []
    slug = max(found)
    while slug >= min(found) and len(points) <= POINTS_AT_MOST:
        days = UncertainDate.parse(slug)
        assert days.earliest is not None
        assert days.latest is not None
        own = found.get(slug)
        bounds = (own.at_least, own.at_most) if own else (0, 0)
        points.insert(0, Point(name(days.earliest, step), days.earliest, days.latest, *bounds))
        slug = _before(slug)
    return Series(str(asked.measure.title), tuple(points))


def _before(slug: str) -> str:
    """The year or month before."""
    year, _dash, month = slug.partition("-")
    if not month:
        return f"{int(year) - 1:04}"
    return f"{int(year) - 1:04}-12" if month == "01" else f"{year}-{int(month) - 1:02}"


def _undated(asked: Answer) -> tuple[str, ...]:
    undated = [group.figures for group in asked.groups if group.is_missing]
    return tuple(
        _("Not drawn, because the date is unknown: %(amount)s.") % {"amount": amount(n.at_least, n.at_most)} for n in undated
    )


def _title(asked: Answer) -> str:
    title = str(_TITLES[asked.measure.name])
    if asked.by is not None:
        dimension = str(asked.by.title)
        title = _("%(title)s, by %(dimension)s") % {"title": title, "dimension": dimension[:1].lower() + dimension[1:]}
    return _("%(title)s, by %(step)s") % {"title": title, "step": _STEPS[asked.step]} if asked.step else title


def _basis(asked: Answer) -> str:
    bases = {
        THEN: _("recognised by then as political prisoners"),
        EVER: _("recognised at some time as political prisoners"),
        ANY: _("recognised as political prisoners or not"),
    }
    by_one = _("recognised by then by %(organisation)s") % {"organisation": asked.recogniser_name}
    unit = _("Counted in people") if asked.unit == PEOPLE else _("Counted in arrests, a person once for each")
    return _("%(unit)s; %(basis)s.") % {"unit": unit, "basis": bases.get(asked.recognised, by_one)}


def _notes(asked: Answer) -> Iterable[str]:
    """What a reader must know who sees nothing but the picture."""
    if asked.filters:
        narrowed = "; ".join(f"{name} = {', '.join(values)}" for name, values in asked.filters.items())
        yield _("Only those with: %(filters)s.") % {"filters": narrowed}
    if asked.by is not None and asked.by.is_overlapping:
        yield _("A person can be in several groups: they don’t add up to the total.")
    if asked.not_broken_down is not None and asked.not_broken_down.is_anybody:
        under_none = amount(asked.not_broken_down.at_least, asked.not_broken_down.at_most)
        yield _("Only counted, and in no group: %(amount)s.") % {"amount": under_none}
    yield from _cut_short(asked)
    yield _("A documented number is a floor: the true one is higher.")


def _cut_short(asked: Answer) -> Iterable[str]:
    """A line that falls because its last period has only begun would be read as a change in the world."""
    has_flow = asked.measure.is_flow or any(other.measure.is_flow for other in asked.beside)
    if not asked.series or asked.is_cumulative or not has_flow:
        return
    first, last = asked.series[0], asked.series[-1]
    begins_late, ends_early = is_cut(asked.step, first.first, first.last)[0], is_cut(asked.step, last.first, last.last)[1]
    if begins_late and first is not last:
        yield _("The first period begins only on %(day)s.") % {"day": digits(date_format(first.first, "j F Y"))}
    if ends_early:
        yield _("The last period ends on %(day)s already.") % {"day": digits(date_format(last.last, "j F Y"))}
