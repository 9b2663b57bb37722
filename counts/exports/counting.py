"""The columns and rows of a count: the total, then the groups, each row saying by itself what it counts."""

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from ..answers import Answer
from ..columns import Column, Kind
from ..tally import Figures
from .about import written_moment
from .tables import Part

STRING, INTEGER, BOOLEAN, DATE = Kind.STRING, Kind.INTEGER, Kind.BOOLEAN, Kind.DATE
_SQL_TYPES = {STRING: "text", INTEGER: "bigint", BOOLEAN: "boolean", DATE: "date"}


def _column(name: str, kind: Kind, text: Any) -> Column:
    return Column(name, kind, text, f'cell."{name}"')


COUNT_COLUMNS: list[Column] = [
    _column("measure", STRING, _("held, arrests, releases, deaths or ever")),
    _column("unit", STRING, _("people or arrests")),
    _column("from", DATE, _("first day of the period; empty where it is open, and for a count of a day")),
    _column("to", DATE, _("last day of the period; empty for a count of a day")),
    _column("on", DATE, _("the day counted; empty for a period")),
    _column("recognised", STRING, _("basis of recognition: then, ever, any, or an organisation")),
    _column("filters", STRING, _("what narrows the count, as in its address")),
    _column("known", STRING, _("the moment of the newest change that the count saw")),
    _column("revision", INTEGER, _("the number of that change")),
    _column("by", STRING, _("what the count is broken down by; empty for none")),
    _column("key", STRING, _("the group, as in addresses; empty on the row of the total and on that of people not broken down")),
    _column("label", STRING, _("the group in words")),
    _column("at_least", INTEGER, _("how many certainly")),
    _column("at_most", INTEGER, _("how many possibly, by the dates known")),
    _column("counted_only_at_least", INTEGER, _("how many of at_least are people who are only counted, and in no list")),
    _column("counted_only_at_most", INTEGER, _("how many of at_most are such people")),
    _column("demonstration", BOOLEAN, _("whether fictional people are in the database")),
    _column("url", STRING, _("the address that is answered in just this way for ever")),
]


def count_rows(answer: Answer, *, url: str) -> list[dict[str, Any]]:
    """The total, the groups, and those who are under none of them."""
    told = list(_told(answer))
    return [{**_asked(answer, url), **_figures(*each)} for each in told]


def count_part(rows: list[dict[str, Any]]) -> Part:
    """The rows for a table: the database writes them as it writes all others."""
    types = ", ".join(f'"{column.name}" {_SQL_TYPES[column.kind]}' for column in COUNT_COLUMNS)
    return Part(f"jsonb_to_recordset(%s::jsonb) AS cell ({types})", [json.dumps(rows)], len(rows))


def _told(answer: Answer) -> Iterator[tuple[str | None, str, Figures, Figures]]:
    yield None, translated("total"), answer.total, answer.only_counted
    for group in answer.groups:
        yield group.slug, str(group.label), group.figures, group.only_counted
    if answer.not_broken_down is not None and answer.not_broken_down.is_anybody:
        left_out = answer.not_broken_down
        yield None, translated("not broken down (people who are only counted)"), left_out, left_out


def _asked(answer: Answer, url: str) -> dict[str, Any]:
    is_flow = answer.measure.is_flow
    return {
        "measure": answer.measure.name,
        "unit": answer.unit,
        "from": str(answer.first) if is_flow and answer.first else None,
        "to": str(answer.on) if is_flow else None,
        "on": None if is_flow else str(answer.on),
        "recognised": answer.recognised,
        "filters": "&".join(f"{name}={value}" for name, values in answer.filters.items() for value in values) or None,
        "known": written_moment(answer.known_at),
        "revision": answer.revision,
        "by": answer.by.name if answer.by else None,
        "demonstration": answer.has_fiction,
        "url": url,
    }


def _figures(key: str | None, label: str, figures: Figures, only_counted: Figures) -> dict[str, Any]:
    return {
        "key": key,
        "label": label,
        "at_least": figures.at_least,
        "at_most": figures.at_most,
        "counted_only_at_least": only_counted.at_least,
        "counted_only_at_most": only_counted.at_most,
    }
