"""The definitions beside a number: all that it says, each with a place in the methodology that says more."""

import re

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from counts.answering import answer
from counts.ledger import settle
from counts.measures import MEASURES
from public.definitions import definitions
from tests.factories import make_arrest, make_prisoner, recognise

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> None:
    recognise(make_arrest(began="2020-08"))
    make_arrest(make_prisoner(visibility="counted"), began="2021")
    settle()


def terms(query: str) -> list[str]:
    asked = answer(QueryDict(query), today=localdate(), now=timezone.now())
    return [definition.term for definition in definitions(asked)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("on=2022-06-01", ["Held", "Recognised by then", "People", "Not confirmed lately", "A floor"]),
        (
            "measure=arrests&to=2021-06-01&recognised=any",
            ["Arrested", "Recognised or not", "People", "Uncertain dates", "Only counted", "A floor"],
        ),
        ("measure=releases&recognised=ever&unit=arrests", ["Released", "Recognised at some time", "Arrests", "A floor"]),
        ("measure=deaths&recognised=monitor", ["Died in custody", "Recognised by one organisation", "People", "A floor"]),
        (
            "measure=ever&from=2021-12-01&to=2021-12-31&step=month&figures=served",
            ["Held at some time", "Recognised by then", "People", "Over time", "Time served and sentences", "A floor"],
        ),
    ],
)
def test_definitions_are_of_all_that_the_answer_says(world, query: str, expected: list[str]) -> None:
    assert terms(query) == expected


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("basis", ["then", "ever", "any", "monitor"])
@pytest.mark.parametrize("more", ["", "&unit=arrests", "&step=year&from=2020-01-01"])
def test_every_definition_leads_to_its_place_in_the_methodology(
    client: Client, world, measure: str, basis: str, more: str
) -> None:
    html = client.get(f"/counts/?measure={measure}&recognised={basis}{more}").content.decode()
    anchors = re.findall(r'<dt><a href="/methodology/#([a-z-]+)">', html)
    places = re.findall(r'<h2 id="([a-z-]+)">', client.get("/methodology/").content.decode())
    assert len(anchors) >= 4
    assert [anchor for anchor in anchors if anchor not in places] == []
