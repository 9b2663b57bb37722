"""What the form of a count offers to choose from: short lists whole, of long ones the beginning, and always what is chosen."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from counts.dimensions import DIMENSIONS
from counts.filters import NONE, UNKNOWN
from counts.listing import parameter_title
from counts.problems import Problem
from counts.told import VOCABULARIES, places_told, terms_told
from counts.values import RECORDS, labels
from prisoners.models.person import Gender
from prisoners.places import country_name, region_name

# Values offered of one filter. A field for the others takes them by the name that addresses use.
OFFERED_AT_MOST = 40
OF_RECORDS = ("occupation", "article", "context", "facility", "treatment", "mechanism")
GROUPED = ("gender", "country", "region", *OF_RECORDS)
AGES = ("age_min", "age_max")


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a field."""

    value: str
    label: Any
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one filter, any of which can be chosen. `is_cut`: there are more than these."""

    name: str
    title: Any
    options: list[Choice]
    is_cut: bool
    problems: Sequence[Problem] = ()

    @property
    def chosen(self) -> int:
        """How many are chosen."""
        return sum(option.is_chosen for option in self.options)


@dataclass(frozen=True, slots=True)
class Kept:
    """A filter that the form doesn't offer, but keeps; with the query that takes it away."""

    name: str
    title: str
    value: str
    label: str
    query: str


def given(query: QueryDict, name: str) -> list[str]:
    """The values given of a parameter."""
    return [value.strip() for value in query.getlist(name) if value.strip()]


def chosen(query: QueryDict, name: str, default: str) -> list[str]:
    """The values given of a parameter; the default where none is."""
    return given(query, name) or [default]


def choices(options: Iterable[tuple[str, Any]], asked: Collection[str]) -> list[Choice]:
    """The options, and before them what was given and is none, so that it isn't lost without a word."""
    offered = dict(options)
    strange = [Choice(value, value, True) for value in dict.fromkeys(asked) if value not in offered]
    return strange + [Choice(value, label, value in asked) for value, label in offered.items()]


def groups(query: QueryDict, wrong: dict[str, list[Problem]]) -> list[Group]:
    """The filters that take some of a list of values, but those with nothing to choose."""
    places = places_told()
    offered: dict[str, list[tuple[str, Any]]] = {
        "gender": list(Gender.choices),
        "country": [(code, country_name(code) or code) for code in dict.fromkeys(country for country, _region in places)],
        "region": _regions(places),
        **{name: _of_records(name) for name in OF_RECORDS},
    }
    found = [_group(name, offered[name], query, wrong.get(name, ())) for name in GROUPED]
    return [group for group in found if len(group.options) > 1 or group.chosen]


def kept(query: QueryDict, own: Collection[str]) -> Iterable[Kept]:
    """The filters of a query for which the form has no field."""
    for name in query:
        if name in own:
            continue
        values = given(query, name)
        called = labels(name, values)
        for value in values:
            rest = query.copy()
            rest.setlist(name, [other for other in values if other != value])
            yield Kept(name, _title(name), value, called[value], rest.urlencode())


def _regions(places: list[tuple[str, str]]) -> list[tuple[str, Any]]:
    known = [(region, region_name(region) or region) for _country, region in places if region]
    return [*known, (UNKNOWN, DIMENSIONS["region"].missing.text)]


def _of_records(name: str) -> list[tuple[str, Any]]:
    """Those that are told of somebody who has a page. One more than are offered shows that there are more."""
    records, by = RECORDS[name]
    missing = NONE if DIMENSIONS[name].missing.slug == NONE else UNKNOWN
    offered = records().filter(pk__in=terms_told(name)) if name in VOCABULARIES else records()
    found = [(getattr(record, by), str(record)) for record in offered[: OFFERED_AT_MOST + 1]]
    return [*found[:OFFERED_AT_MOST], (missing, DIMENSIONS[name].missing.text), *found[OFFERED_AT_MOST:]]


def _group(name: str, offered: list[tuple[str, Any]], query: QueryDict, problems: Sequence[Problem]) -> Group:
    asked = given(query, name)
    shown = dict(offered[: OFFERED_AT_MOST + 1])
    besides = labels(name, [value for value in asked if value not in shown])
    shown = {**besides, **shown}
    return Group(name, parameter_title(name), choices(shown.items(), asked), len(offered) > OFFERED_AT_MOST + 1, problems)


def _title(name: str) -> str:
    """What a parameter is called; the name itself when there is no such parameter, which the answer then says."""
    try:
        return parameter_title(name)
    except KeyError:
        return name
