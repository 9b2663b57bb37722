"""One source of numbers: every way to ask how many are held gives the same, and the same as a slow count of the records.

The list's page, its facets, its files, the count as page, data, file and at the prompt, the API, the first page.
"""

import json
import re
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.utils.timezone import localdate
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from counts.listing import Listing
from counts.tally import NOBODY
from prisoners.models import Arrest
from tests.counts import plain, worlds
from tests.counts.test_agreement import as_query, make_world
from tests.factories import make_arrest, recognise
from tests.public.bodies import text_of

pytestmark = pytest.mark.django_db
property_based = settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
MONITOR = ["monitor"]
BASES = [["then"], ["ever"], ["any"], MONITOR]
bases = st.sampled_from(BASES).map(lambda basis: {"recognised": basis})
filters = st.fixed_dictionaries(
    {"recognised": st.sampled_from(BASES)},
    optional={
        "region": st.lists(st.sampled_from(["BY-HM", "BY-BR", "unknown"]), min_size=1, max_size=2, unique=True),
        "gender": st.lists(st.sampled_from(["female", "male", "unknown"]), min_size=1, max_size=2, unique=True),
        "article": st.sampled_from([["by-cc-342"], ["unknown"], ["by-cc-342", "unknown"]]),
        "occupation": st.sampled_from([["lawyer"], ["unknown", "lawyer"]]),
        "treatment": st.sampled_from([["solitary"], ["none"], ["none", "solitary"]]),
        "country": st.sampled_from([["BY"], ["BY", "RU"]]),
    },
)
Bounds = tuple[int, int]


def ends() -> list[date]:
    """The days on which custody certainly or possibly ended."""
    lives = list(plain.custodies())
    return sorted({day for one in lives for day in (one.certain_until, one.possible_until) if date.min < day < date.max})


def matches(arrest: Arrest, values: dict[str, list[str]]) -> bool:
    """Whether an arrest meets the filters that know no uncertainty, by the records alone."""
    person = arrest.prisoner
    own: dict[str, set[str]] = {
        "region": {arrest.region or "unknown"},
        "gender": {person.gender},
        "country": {arrest.country},
        "article": {charge.statute.slug for charge in arrest.charges.all()} or {"unknown"},
        "occupation": {one.code for one in person.occupations.all()} or {"unknown"},
        "treatment": {one.kind_id for one in arrest.treatments.all()} or {"none"},
    }
    return all(own[name] & set(chosen) for name, chosen in values.items() if name != "recognised")


def by_the_records(values: dict[str, list[str]], day: date) -> Bounds:
    """People of lists held on the day, counted one by one."""
    [basis] = values["recognised"]
    held = [one for one in plain.custodies() if one.arrest.prisoner.visibility != "counted" and matches(one.arrest, values)]

    def is_recognised(one: plain.Custody, sure: bool) -> bool:
        if basis in ("any", "ever"):
            return basis == "any" or one.arrest.recognitions.exists()
        return one.is_recognised(day, sure, *(MONITOR if basis == "monitor" else []))

    found = [{one.prisoner for one in held if one.is_held(day, sure) and is_recognised(one, sure)} for sure in (True, False)]
    return len(found[0]), len(found[1])


def bounds_of(told: dict[str, int]) -> Bounds:
    return told["at_least"], told["at_most"]


def listed_of(answer: dict[str, Any]) -> Bounds:
    """A count less the people who are in no list."""
    return tuple(answer["total"][bound] - answer["counted_only"][bound] for bound in ("at_least", "at_most"))  # type: ignore[return-value]


def amount_of(words: str) -> Bounds:
    """From such words as “1,430” or “at least 1,430 (at most 1,437)”."""
    numbers = [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", words)]
    return numbers[0], numbers[-1]


def everywhere(client: Client, values: dict[str, list[str]], day: date) -> dict[str, Bounds]:
    """How many are held on the day, by every way to ask."""
    asked = as_query({**values, "on": [str(day)]})
    of_list, of_count = as_query({**values, "on": [str(day)], "status": ["held"]}), as_query({**values, "on": [str(day)]})
    page = client.get(f"/prisoners/?{of_list.urlencode()}").content.decode()
    rows = [json.loads(line) for line in text_of(client.get(f"/prisoners.jsonl?{of_list.urlencode()}")).splitlines()]
    file = client.get(f"/prisoners.csv?{of_list.urlencode()}")
    prompt = StringIO()
    call_command("count", *(f"{name}={value}" for name, each in asked.lists() for value in each), json=True, stdout=prompt)
    count_page = client.get(f"/counts/?{of_count.urlencode()}").content.decode()
    linked = re.search(r'<a class="figure-link" href="/prisoners/\?([^"]*)">(.*?)</a>', count_page, re.DOTALL)
    facet = next(facet for facet in Listing(asked, today=localdate()).facets if facet.name == "status")
    of_facet = next(((o.figures.at_least, o.figures.at_most) for o in facet.options if o.slug == "held"), (0, 0))
    certain = len({row["code"] for row in rows if row["is_certain"]})
    # Where there is nobody, the page has no link to them.
    followed = Listing(QueryDict(linked[1].replace("&amp;", "&")), today=localdate()).total if linked else NOBODY
    total = re.search(r'<p class="lead total"><strong>(.*?)</strong>', page)
    assert total is not None
    return {
        "list": amount_of(total[1]),
        "facet": of_facet,
        "count as data": listed_of(client.get(f"/counts.json?{of_count.urlencode()}").json()),
        "count as page": amount_of(linked[2]) if linked else (0, 0),
        "its link": (followed.at_least, followed.at_most),
        "prompt": listed_of(json.loads(prompt.getvalue())),
        "API": bounds_of(client.get(f"/api/v1/prisoners/?{of_list.urlencode()}").json()["total"]),
        "API count": listed_of(client.get(f"/api/v1/counts/?{of_count.urlencode()}").json()),
        "rows": (min(certain, followed.at_least), len(rows)),
        "file": (followed.at_least, int(file["X-Total-Rows"])),
    }


@property_based
@given(population=worlds.populations, values=bases | filters, data=st.data(), beside=st.sampled_from([-1, 0, 0, 1]))
def test_every_way_to_ask_gives_the_number_that_the_records_give(client: Client, population, values, data, beside) -> None:
    with transaction.atomic():
        for ended in ("2021-03-05", "2021-04", "2021-05-01/.."):
            recognise(make_arrest(began="2020-08", ended=ended), made_on="2020-09-01")
        make_world(population)
        # Numbers go wrong at the edges: on the very day on which something begins or ends.
        edge = data.draw(st.sampled_from([*plain.edges(), *ends() * 4]))
        day = edge + timedelta(days=beside) if date.min < edge < date.max else edge
        said = everywhere(client, values, day)
        records = by_the_records(values, day)
        # A person with several arrests may be certain by another than the one that a row shows.
        assert said.pop("rows")[1] == records[1]
        assert said == dict.fromkeys(said, records)
        transaction.set_rollback(True)


@property_based
@given(population=worlds.populations)
def test_first_page_says_what_counts_say(client: Client, population) -> None:
    with transaction.atomic():
        make_world(population)
        html = client.get("/").content.decode()
        shown = re.findall(r'<a href="/prisoners/\?([^"]*)">(.*?)</a>', html, re.DOTALL)
        numbers = [(query.replace("&amp;", "&"), words) for query, words in shown if re.search(r"\d", words)]
        assert len(numbers) >= 2
        for query, words in numbers:
            total = Listing(QueryDict(query), today=localdate()).total
            assert amount_of(words)[0] >= total.at_least, query
        held = client.get("/counts.json").json()["total"]["at_least"]
        assert f"{held:,}" in re.findall(r"\d[\d,]*", re.sub(r"<[^>]*>", " ", html))
        transaction.set_rollback(True)
