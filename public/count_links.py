"""From a number to exactly its people: addresses of lists for a count, its groups, and the points of its series."""

from dataclasses import replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from counts.answers import Answer
from counts.asking import CountFilters
from counts.grouping import Group
from counts.measures import Measure
from counts.problems import InvalidQuery
from counts.series import Point


def people_of(asked: Answer, group: Group | None = None, point: Point | None = None) -> str:
    """The address of the list of those people, as far as they are published; empty where no list is of them."""
    is_within = point is not None and asked.measure.is_flow and not asked.clock.is_newest
    query = asked.list_query(group, None if is_within else point)
    if query is None:
        return ""
    if point is not None and is_within:
        query = _within(query, asked, point)
    return f"{reverse('prisoners' if asked.clock.is_newest else 'counts-people')}?{query}"


def nobody_of(_asked: Answer, _group: Group | None = None, _point: Point | None = None) -> str:
    """No list, of whatever number."""
    return ""


def can_be_asked_today(asked: Answer) -> bool:
    """Whether what a sealed question names is still called so: it is answered for ever, but asked anew it may be refused."""
    if asked.clock.told == asked.clock.newest:
        return True
    then = CountFilters(QueryDict(asked.cited_query), today=asked.on)
    try:
        today = CountFilters(QueryDict(asked.exact_query), today=asked.on)
    except InvalidQuery:
        return False
    # Another record can have come to be called so.
    return all(then.value(name) == today.value(name) for name in ("recognised", *asked.filters))


def of_measure(asked: Answer, measure: Measure) -> Answer:
    """The same question of a measure that stands beside it, as far as its lists go."""
    return replace(asked, measure=measure, exact={**asked.exact, "measure": [measure.name]})


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


def _within(query: str, asked: Answer, point: Point) -> str:
    """The people of a past flow by the dates of one point. Recognition and the like are asked of the last day of all."""
    out = QueryDict(query, mutable=True)
    start = asked.first if asked.is_cumulative and asked.first else point.first
    out[f"{asked.measure.dates}_from"] = start.isoformat()
    out[f"{asked.measure.dates}_to"] = point.last.isoformat()
    return out.urlencode()
