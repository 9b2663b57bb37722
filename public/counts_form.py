"""The form in which a count is asked: plain fields, no script, and what was asked before still in them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from counts import nameable
from counts.asking import UNITS
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
class DateField:
    """A field for a day."""

    name: str
    label: Any
    value: str


@dataclass(frozen=True, slots=True)
class CountForm:
    """The fields of one form, as asked or as they are by default. `name` sets its ids apart from the other form's."""

    name: str
    title: Any
    measures: list[Choice]
    breakdowns: list[Choice]
    units: list[Choice]
    bases: list[Choice]
    dates: list[DateField]


def count_forms(query: QueryDict) -> list[CountForm]:
    """A form about a day and one about a period, first the one that was asked; whether it can be answered or not.

    They are two because a measure takes either a day or a period: in one form each reader would some day send both.
    """
    common = {"units": _units(query), "bases": bases(query.get("recognised", THEN)), "breakdowns": _breakdowns(query)}
    day = CountForm(
        name="day",
        title=_("On a day"),
        measures=_measures(query, of_period=False),
        dates=[DateField("on", _("On"), query.get("on", ""))],
        **common,
    )
    period = CountForm(
        name="period",
        title=_("In a period"),
        measures=_measures(query, of_period=True),
        dates=[DateField("from", _("From"), query.get("from", "")), DateField("to", _("To"), query.get("to", ""))],
        **common,
    )
    return [period, day] if any(choice.is_chosen for choice in period.measures) else [day, period]


def kept_filters(query: QueryDict) -> list[Kept]:
    """The filters of a query that the forms don't offer."""
    return list(kept_beside(query, OWN))


def _measures(query: QueryDict, *, of_period: bool) -> list[Choice]:
    options = ((name, measure.title) for name, measure in MEASURES.items() if measure.is_flow == of_period)
    return _choices(options, query.get("measure", "held"))


def _breakdowns(query: QueryDict) -> list[Choice]:
    return _choices([("", _("nothing")), *((d.name, d.title) for d in DIMENSIONS.values())], query.get("by", ""))


def _units(query: QueryDict) -> list[Choice]:
    titles = {PEOPLE: _("people"), ARRESTS: _("arrests")}
    return _choices(((unit, titles[unit]) for unit in UNITS), query.get("unit", PEOPLE))


def bases(chosen: str) -> list[Choice]:
    """The bases of recognition: the words, and the organisations that readers may name."""
    recognisers = nameable.organisations().values_list("slug", "name")[:ORGANISATIONS_AT_MOST]
    options = [
        (THEN, _("recognised by then")),
        (EVER, _("recognised at any time")),
        (ANY, _("recognised or not")),
        *((slug, _("recognised by %(name)s") % {"name": name}) for slug, name in recognisers),
    ]
    return _choices(options, chosen)


def _choices(options: Iterable[tuple[str, Any]], chosen: str) -> list[Choice]:
    return [Choice(value, label, value == chosen) for value, label in options]


def kept_beside(query: QueryDict, own: Collection[str]) -> Iterable[Kept]:
    """Each value of a query but for those of a form's own fields."""
    for name, values in query.lists():
        for value in values:
            if name in own or not value.strip():
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
