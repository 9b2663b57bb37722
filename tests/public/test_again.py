"""A case page says of an arrest that it is another, and of an end that another came."""

import re

import pytest
from django.test import Client

from counts.ledger import settle
from prisoners.models import Prisoner
from releases.models import Release, VoidRelease
from tests.factories import make_arrest, make_prisoner

pytestmark = pytest.mark.django_db


def story(client: Client, person: Prisoner) -> str:
    settle()
    html = client.get(person.get_absolute_url()).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def make_twice(ended: str | None, began: str | None) -> Prisoner:
    person = make_prisoner()
    first = make_arrest(person, began="2020-09-01", ended=ended)
    if ended:
        Release.objects.create(arrest=first, mechanism_id="pardon")
    make_arrest(person, began=began)
    return person


def test_both_arrests_tell_of_each_other(client: Client) -> None:
    words = story(client, make_twice("2023-09-15", "2024-02-25"))
    assert "Arrested again on 25 February 2024." in words
    assert re.search(r"25 February 2024 Arrested again [^.]* Out of custody for 5 months before\.", words)


@pytest.mark.parametrize(
    ("ended", "began", "out"),
    [
        ("2023-09", "2024-02-25", "Out of custody for between 4 months and 5 months before."),
        ("2023-09-15", "2024-02/..", ""),
        ("../2023-09-15", "2024-02-25", ""),
    ],
)
def test_time_out_of_custody_is_said_as_far_as_the_days_are_known(client: Client, ended: str, began: str, out: str) -> None:
    words = story(client, make_twice(ended, began))
    assert "Arrested again" in words
    assert (out in words) if out else ("Out of custody" not in words)


def test_single_arrest_is_no_second_one(client: Client) -> None:
    person = make_prisoner()
    Release.objects.create(arrest=make_arrest(person, ended="2023-09-15"), mechanism_id="pardon")
    assert "again" not in story(client, person)


def test_void_release_says_that_custody_did_not_end(client: Client) -> None:
    arrest = make_arrest(began="2020-09-01")
    VoidRelease.objects.create(arrest=arrest, mechanism_id="deportation", happened_on="2024-08-11", because="Refused exile.")
    words = story(client, arrest.prisoner)
    assert "Release void: deportation Custody did not end." in words
