"""The form in which a count is asked: plain fields, no script, and what was asked before still in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from counts import nameable
from counts.answers import UNITS
from counts.dimensions import DIMENSIONS
from counts.filters import ANY, EVER, THEN
from counts.listing import parameter_title
from counts.measures import MEASURES
from counts.tally import ARRESTS, PEOPLE

OWN = ("measure", "by", "unit", "recognised", "on", "from", "to")
ORGANISATIONS_AT_MOST = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a field."""

    value: str
    label: Any
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """A filter that the form doesn't offer, but keeps; with the query that takes it away."""

    name: str
    title: str
    value: str
    query: str


@dataclass(frozen=True, slots=True)
class CountForm:
    """The fields, as asked or as they are by default."""

    measures: list[Choice]
    breakdowns: list[Choice]
    units: list[Choice]
    bases: list[Choice]
    on: str
    first: str
    last: str
    kept: list[Kept]


def count_form(query: QueryDict) -> CountForm:
    """The form for a query, whether it can be answered or not."""
    recognisers = nameable.organisations().values_list("slug", "name")[:ORGANISATIONS_AT_MOST]
    bases = [
        (THEN, _("recognised by that day")),
        (EVER, _("recognised at any time")),
        (ANY, _("recognised or not")),
        *((slug, _("recognised by %(name)s") % {"name": name}) for slug, name in recognisers),
    ]
    units = {PEOPLE: _("people"), ARRESTS: _("arrests")}
    return CountForm(
        measures=_choices(((name, measure.title) for name, measure in MEASURES.items()), query.get("measure", "held")),
        breakdowns=_choices([("", _("nothing")), *((d.name, d.title) for d in DIMENSIONS.values())], query.get("by", "")),
        units=_choices(((unit, units[unit]) for unit in UNITS), query.get("unit", PEOPLE)),
        bases=_choices(bases, query.get("recognised", THEN)),
        on=query.get("on", ""),
        first=query.get("from", ""),
        last=query.get("to", ""),
        kept=list(_kept(query)),
    )


def _choices(options: Iterable[tuple[str, Any]], chosen: str) -> list[Choice]:
    return [Choice(value, label, value == chosen) for value, label in options]


def _kept(query: QueryDict) -> Iterable[Kept]:
    for name, values in query.lists():
        for value in values:
            if name in OWN or not value.strip():
                continue
            rest = query.copy()
            rest.setlist(name, [other for other in values if other != value])
            yield Kept(name, _title(name), value, rest.urlencode())


def _title(name: str) -> str:
    """What a parameter is called; the name itself when there is no such parameter, which the answer then says."""
    try:
        return parameter_title(name)
    except KeyError:
        return name
