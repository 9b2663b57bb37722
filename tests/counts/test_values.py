"""The values of filters in words."""

import pytest
from django.http import QueryDict
from django.utils import timezone
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from counts.answering import answer
from counts.asking import CountFilters
from counts.ledger import settle
from counts.values import RECORDS, SAID_AT_MOST, labels, selected, selection_words
from counts.wording import sentence
from prisoners.models import Case, Facility, State
from releases.models import Wave
from tests.factories import as_operator, make_arrest
from tests.public.worlds import make_case, make_wave

pytestmark = pytest.mark.django_db


def asked(query: str):
    return answer(QueryDict(f"on=2024-01-15&recognised=any&{query}"), today=localdate(), now=timezone.now())


@pytest.fixture
def world() -> None:
    make_case(gender="male")
    make_wave()
    settle()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", ""),
        ("gender=female", "Gender: female"),
        ("gender=female&gender=unknown", "Gender: female or unknown"),
        ("gender=male&region=BY-HM&region=unknown", "Gender: male; Region: Minsk or unknown"),
        ("country=BY", "Country: Belarus"),
        ("status=unconfirmed", "Status: held, not confirmed lately"),
        ("age_min=18&age_max=30", "Youngest: 18; Oldest: 30"),
        ("occupation=journalist", "Occupation: journalist"),
        ("treatment=none", "Treatment: none recorded"),
        ("mechanism=pardon", "How it ended: pardon"),
        ("wave=late-summer", "Wave: Pardons of late-summer"),
        ("case=none", "Case: no group case told"),
        ("arrested_from=2020-01-01", "Arrested from: 1 January 2020"),
        ("q=taras", "Name: taras"),
    ],
)
def test_selection_is_said_in_words(world, query: str, words: str) -> None:
    answered = asked(query)
    assert selection_words(answered) == words
    assert (f", of those selected ({words})," in sentence(answered)) == bool(words)


def test_long_choice_is_cut_and_says_so(world) -> None:
    answered = asked("&".join(f"country={code}" for code in ("BY", "RU", "UA", "PL", "LT", "LV", "EE", "FI", "SE", "NO")))
    [(_title, values)] = selected(answered)
    assert len(values) == 10
    assert selection_words(answered).endswith(f"{values[SAID_AT_MOST - 1]} or one of 2 more")


def test_record_that_no_reader_may_hear_of_has_no_name(world) -> None:
    person = make_arrest(case=Case.objects.create(slug="secret-trial", title="SECRET")).prisoner
    settle()
    assert labels("case", ["secret-trial"]) == {"secret-trial": "SECRET"}
    with as_operator():
        person.state = State.WITHDRAWN
        person.save()
    assert labels("case", ["secret-trial"]) == {"secret-trial": "secret-trial"}


def test_record_of_a_sealed_question_keeps_the_name_of_its_address(world) -> None:
    """Another record can have the slug by now."""
    facility = Facility.objects.get()
    query = asked(f"facility={facility.slug}").cited_query
    Facility.objects.update(slug="renamed")
    other = Facility.objects.create(slug=facility.slug, name="Quite Another", country="BY")
    make_arrest().stays.create(facility=other, began="2021")
    settle()
    answered = answer(QueryDict(query), today=localdate(), now=timezone.now())
    assert selection_words(answered) == f"Facility: {facility.slug}"
    assert "Quite Another" not in sentence(answered)


@given(name=st.sampled_from(sorted({*CountFilters.base_filters, "x"})), values=st.lists(st.text(max_size=8), max_size=3))
def test_any_value_has_words(name: str, values: list[str]) -> None:
    found = labels(name, values)
    assert list(found) == list(dict.fromkeys(values))
    assert all(isinstance(label, str) for label in found.values())


@pytest.mark.parametrize("name", RECORDS)
def test_words_of_records_take_one_query(django_assert_num_queries, name: str) -> None:
    Wave.objects.count()
    with django_assert_num_queries(1):
        labels(name, ["a", "b", "c"])
