"""From a number to exactly its people: addresses of lists for a count, its groups, and the points of its series."""

from dataclasses import replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from counts.answers import Answer
from counts.past_people import SHOWING
from counts.series import Point
from counts.tally import Group


def people_of(asked: Answer, group: Group | None = None, point: Point | None = None) -> str:
    """The address of the list of those people, as far as they are published; empty where no list is of them."""
    query = _single(asked, point).list_query(group)
    if query is None:
        return ""
    if point is not None and asked.measure.is_flow:
        query = _within(query, asked, point)
    return f"{reverse('prisoners' if asked.clock.is_newest else 'counts-people')}?{query}"


def what_changed(asked: Answer) -> str:
    """The address of what has changed since this was known, of the same days."""
    first = asked.first if asked.measure.is_flow else asked.on
    query = {
        "measure": [asked.measure.name],
        "unit": [asked.unit],
        "recognised": [asked.recognised],
        "known_from": [str(asked.revision)],
        **({"from": [first.isoformat()]} if first else {}),
        "to": [asked.on.isoformat()],
        **asked.filters,
    }
    return f"{reverse('changes')}?{urlencode(query, doseq=True)}"


def _single(asked: Answer, point: Point | None) -> Answer:
    """The one count that a number is: of a stock at the point's last day; of a flow from the first day to the last of all."""
    on = point.last if point is not None and not asked.measure.is_flow else asked.on
    exact = {name: values for name, values in asked.exact.items() if name not in (*SHOWING, "on", "from", "to")}
    if asked.measure.is_flow:
        days = {"from": [asked.first.isoformat()] if asked.first else [], "to": [on.isoformat()]}
    else:
        days = {"on": [on.isoformat()]}
    return replace(asked, on=on, exact={**exact, "measure": [asked.measure.name], **days})


def _within(query: str, asked: Answer, point: Point) -> str:
    """The same list of a flow, of the dates of one point. Recognition and the like are asked of the last day of all."""
    out = QueryDict(query, mutable=True)
    start = asked.first if asked.is_cumulative and asked.first else point.first
    out[f"{asked.measure.dates}_from"] = start.isoformat()
    out[f"{asked.measure.dates}_to"] = point.last.isoformat()
    return out.urlencode()
