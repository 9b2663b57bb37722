"""The invented people before they are written, for any seed and size."""

import random
import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.demonstration import story
from desk.demonstration.names import Names
from desk.demonstration.people import Custody, Person
from desk.demonstration.service import invent

seeds = st.integers(0, 10_000)
sizes = st.integers(300, 700)  # of fewer people there can be too few who may be held on the key day


def invented(seed: int, people: int) -> list[Person]:
    return invent(random.Random(seed), people, story.DEFAULT_UNTIL)


@given(seed=seeds, people=sizes)
@settings(max_examples=15, deadline=None)
def test_invent_any_seed_and_size_settles_both_numbers_of_the_key_day(seed: int, people: int) -> None:
    bounds = [person.bounds(story.KEY_DAY) for person in invented(seed, people)]
    at_least, at_most = (sum(column) for column in zip(*bounds, strict=True))
    assert at_least == round(1430 * people / 4500)
    assert at_most == at_least + max(1, round(7 * people / 4500))


@given(seed=seeds, people=st.integers(1, 300))
@settings(max_examples=15, deadline=None)
def test_invent_any_seed_and_size_makes_so_many_lives_without_overlap(seed: int, people: int) -> None:
    lives = invented(seed, people)
    assert len({person.code for person in lives}) == people
    for person in lives:
        for first, second in zip(person.custodies, person.custodies[1:], strict=False):
            assert first.ended is not None
            assert first.ended + timedelta(days=14) < second.began


@given(seed=seeds)
@settings(max_examples=10, deadline=None)
def test_invent_what_is_known_always_allows_what_happened(seed: int) -> None:
    for person in invented(seed, 200):
        for custody in person.custodies:
            for happened, known in [
                (custody.began, custody.known_began),
                (custody.ended, custody.known_ended),
                (custody.recognised, custody.known_recognised),
                (custody.withdrawn, custody.known_withdrawn),
            ]:
                assert (happened is None) == (known is None)
                if happened and known:
                    assert (known.earliest or date.min) <= happened <= (known.latest or date.max)


def test_months_split_every_arrest_among_the_months() -> None:
    months = list(story.months(4500, story.DEFAULT_UNTIL))
    assert (months[0].first, months[-1].last, len(months)) == (date(2020, 8, 9), date(2026, 10, 31), 75)
    assert sum(month.arrests for month in months) == 4725
    assert sum(month.re_arrests for month in months) == 225


def test_months_of_a_story_that_ends_early_stop_there() -> None:
    assert [(month.last, month.arrests) for month in story.months(10, date(2020, 9, 5))] == [
        (date(2020, 8, 31), 7),
        (date(2020, 9, 5), 3),
    ]


def test_names_are_pure_in_their_script() -> None:
    names = Names(random.Random(1))
    for is_woman in (False, True) * 2000:
        for name in (names.given(is_woman), names.surname(is_woman)):
            assert re.fullmatch(r"[А-ЯЁІЎ][а-яёіў]+('[а-яёіў])?[а-яёіў]*", name.be), name
            assert re.fullmatch(r"[А-ЯЁ][а-яё]+", name.ru), name
            assert re.fullmatch(r"[A-Z][a-z]+", name.en), name
            assert not set("щиъ") & set(name.be.lower()), name


def test_invent_nobody_matched_to_a_pardon_is_kept_from_view(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(story, "UNPUBLISHED", {("published", "internal"): story.DEFAULT_PEOPLE})
    people = invented(1, 900)
    pardoned = [person.is_counted for person in people if person.was_pardoned]
    assert pardoned == [True] * 11
    assert sum(person.is_counted for person in people) == 11


def test_custody_with_an_end_of_unknown_day_is_certain_until_confirmed() -> None:
    custody = Custody(
        date(2021, 1, 1), due=date(2022, 1, 1), is_prosecuted=True, ended=date(2021, 6, 1), recognised=date(2021, 2, 1)
    )
    custody.write_down()
    assert custody.counts_certainly(date(2021, 5, 31))
    assert not custody.counts_possibly(date(2021, 6, 1))
