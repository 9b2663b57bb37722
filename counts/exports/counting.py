"""The columns and rows of a count: the total, then the groups, each row saying by itself what it counts."""

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from ..answers import Answer
from ..columns import Column, Kind
from ..measures import Measure
from ..series import Point
from ..tally import Figures
from .about import written_moment
from .tables import Part

STRING, INTEGER, BOOLEAN, DATE = Kind.STRING, Kind.INTEGER, Kind.BOOLEAN, Kind.DATE
Row = dict[str, Any]
_SQL_TYPES = {STRING: "text", INTEGER: "bigint", BOOLEAN: "boolean", DATE: "date"}


def _column(name: str, kind: Kind, text: Any) -> Column:
    return Column(name, kind, text, f'cell."{name}"')


COUNT_COLUMNS: list[Column] = [
    _column("measure", STRING, _("held, arrests, releases, deaths or ever")),
    _column("unit", STRING, _("people or arrests")),
    _column("from", DATE, _("first day of the period; empty where it is open, and for a count of one day")),
    _column("to", DATE, _("last day of the period; empty for a count of one day")),
    _column("on", DATE, _("the day counted; empty for a period")),
    _column("recognised", STRING, _("basis of recognition: then, ever, any, or an organisation")),
    _column("filters", STRING, _("what narrows the count, as in its address")),
    _column("known", STRING, _("the moment of the newest change that the count saw")),
    _column("revision", INTEGER, _("the number of that change")),
    _column("by", STRING, _("what the count is broken down by; empty for none")),
    _column("step", STRING, _("the length of the parts of a series: month, quarter or year; empty without one")),
    _column("cumulative", BOOLEAN, _("whether each part of a series counts from the first day of all")),
    _column("period", STRING, _("the part of a series that the row is of; empty for the whole")),
    _column("key", STRING, _("the group, as in addresses; empty on the row of the total and on that of people not broken down")),
    _column("label", STRING, _("the group in words")),
    _column("at_least", INTEGER, _("how many certainly")),
    _column("at_most", INTEGER, _("how many possibly, by the dates known")),
    _column(
        "not_confirmed", INTEGER, _("of people held: how many of at_least are no longer confirmed; empty where it isn’t told")
    ),
    _column("counted_only_at_least", INTEGER, _("how many of at_least are people who are only counted, and in no list")),
    _column("counted_only_at_most", INTEGER, _("how many of at_most are such people")),
    _column("demonstration", BOOLEAN, _("whether fictional people are in the database")),
    _column("url", STRING, _("the address that is answered in just this way for ever")),
]


def count_rows(answer: Answer, *, url: str) -> list[Row]:
    """The total, the groups, and those who are under none of them; then each point of a series, and of those beside it."""
    asked = _asked(answer, url)
    return [{**asked, **row} for row in (*_whole(answer), *_points(answer))]


def count_part(rows: list[Row]) -> Part:
    """The rows for a table: the database writes them as it writes all others."""
    types = ", ".join(f'"{column.name}" {_SQL_TYPES[column.kind]}' for column in COUNT_COLUMNS)
    return Part(f"jsonb_to_recordset(%s::jsonb) AS cell ({types})", [json.dumps(rows)], len(rows))


def _whole(answer: Answer) -> Iterator[Row]:
    yield _figures(None, translated("total"), answer.total, answer.only_counted, not_confirmed=_is_of_day(answer.measure))
    for group in answer.groups:
        yield _figures(group.slug, str(group.label), group.figures, group.only_counted)
    if answer.not_broken_down is not None and answer.not_broken_down.is_anybody:
        left_out = answer.not_broken_down
        yield _figures(None, translated("not broken down (people who are only counted)"), left_out, left_out)


def _points(answer: Answer) -> Iterator[Row]:
    series = [(answer.measure, answer.series), *((beside.measure, beside.series) for beside in answer.beside)]
    for measure, points in series:
        for point in points:
            told = _is_of_day(measure)
            figures = _figures(None, translated("total"), point.figures, point.only_counted, not_confirmed=told)
            yield {**figures, **_of_point(answer, measure, point)}
    for group in answer.groups:
        for point in group.series:
            figures = _figures(group.slug, str(group.label), point.figures, point.only_counted)
            yield {**figures, **_of_point(answer, answer.measure, point)}


def _of_point(answer: Answer, measure: Measure, point: Point) -> Row:
    """What one point counts, and when."""
    first = answer.first if answer.is_cumulative else point.first
    days = {"from": str(first) if first else None, "to": str(point.last), "on": None}
    if not measure.is_flow:
        days = {"from": None, "to": None, "on": str(point.last)}
    return {"measure": measure.name, "period": point.period, **days}


def _is_of_day(measure: Measure) -> bool:
    return measure.name == "held"


def _asked(answer: Answer, url: str) -> Row:
    is_flow = answer.measure.is_flow
    return {
        "measure": answer.measure.name,
        "unit": answer.unit,
        "from": str(answer.first) if (is_flow or answer.step) and answer.first else None,
        "to": str(answer.on) if is_flow or answer.step else None,
        "on": None if is_flow else str(answer.on),
        "recognised": answer.recognised,
        "filters": "&".join(f"{name}={value}" for name, values in answer.filters.items() for value in values) or None,
        "known": written_moment(answer.known_at),
        "revision": answer.revision,
        "by": answer.by.name if answer.by else None,
        "step": answer.step or None,
        "cumulative": answer.is_cumulative if answer.step else None,
        "demonstration": answer.has_fiction,
        "url": url,
    }


def _figures(key: str | None, label: str, figures: Figures, only_counted: Figures, *, not_confirmed: bool = False) -> Row:
    return {
        "key": key,
        "label": label,
        "at_least": figures.at_least,
        "at_most": figures.at_most,
        "not_confirmed": figures.not_confirmed if not_confirmed else None,
        "counted_only_at_least": only_counted.at_least,
        "counted_only_at_most": only_counted.at_most,
    }
