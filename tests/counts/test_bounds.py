"""What uncertain dates, deaths, places, ages and recognition make of a number: case by case, and beside a plain recount."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from counts import nameable
from counts.ledger import differences, settle
from counts.listing import Listing
from prisoners.models import (
    Facility,
    Judgment,
    Stay,
)
from releases.models import Release
from tests.counts import plain, worlds
from tests.counts.asked import TODAY, ask, held, property_based
from tests.factories import make_arrest, make_prisoner, recognise

pytestmark = pytest.mark.django_db


def test_judgment_end_makes_custody_unconfirmed_the_day_after():
    arrest = make_arrest(began="2020-08-09", last_confirmed_on=date(2023, 12, 1))
    Judgment.objects.create(arrest=arrest, ends="2024-01-10")
    settle()
    assert [ask(f"on={day}&recognised=any").total.not_confirmed for day in ("2024-01-10", "2024-01-11")] == [0, 1]


def test_custody_not_confirmed_for_a_year_is_counted_and_named_apart():
    make_arrest(began="2020-08-09", last_confirmed_on=date(2023, 1, 15))
    settle()
    figures = [ask(f"on={day}&recognised=any").total for day in ("2024-01-14", "2024-01-15")]
    assert [(f.at_least, f.not_confirmed) for f in figures] == [(1, 0), (1, 1)]


@pytest.mark.parametrize(
    ("began", "ended", "on", "expected"),
    [
        ("2020-08-09", None, "2020-08-08", (0, 0)),
        ("2020-08-09", None, "2020-08-09", (1, 1)),
        ("2020-08-09", "2020-08-12", "2020-08-11", (1, 1)),
        ("2020-08-09", "2020-08-12", "2020-08-12", (0, 0)),
        ("2020-08", "2023", "2020-08-15", (0, 1)),
        ("2020-08", "2023", "2020-09-01", (1, 1)),
        ("2020-08", "2023", "2020-08-30", (0, 1)),
        ("2020-08", "2023", "2020-08-31", (1, 1)),
        ("2020-08", "2023", "2022-12-31", (1, 1)),
        ("2020-08", "2023", "2023-01-01", (0, 1)),
        ("2020-08", "2023", "2023-12-30", (0, 1)),
        ("2020-08", "2023", "2023-12-31", (0, 0)),
        ("2020-08-09", "../2023-05-01", "2021-01-01", (0, 1)),
        ("2020-08-09/..", None, "2099-01-01", (0, 1)),
        (None, None, "1900-01-01", (0, 1)),
    ],
)
def test_uncertain_custody_counts_between_its_bounds(began, ended, on, expected):
    make_arrest(began=began, ended=ended)
    settle()
    assert held(on) == expected


def test_unknown_beginning_counts_certainly_from_its_confirmation():
    make_arrest(began=None, last_confirmed_on=date(2020, 9, 30))
    settle()
    assert [held(day) for day in ("2020-09-29", "2020-09-30")] == [(0, 1), (1, 1)]


def test_death_ends_custody_and_is_never_a_release():
    make_arrest(make_prisoner(died="2021-05-05"), began="2020-08-09")
    settle()
    assert [held(day) for day in ("2021-05-04", "2021-05-05")] == [(1, 1), (0, 0)]
    counts = [ask(f"measure={m}&from=2021-01-01&to=2021-12-31&recognised=any").total.at_least for m in ("deaths", "releases")]
    assert counts == [1, 0]


@pytest.mark.parametrize(
    ("died", "ended", "deaths", "releases"),
    [
        ("2021-05-05", "2021-05-05", (1, 1), (0, 0)),
        ("2021-05-05", "2021-05-05/2021-05-06", (1, 1), (0, 0)),
        ("2021-05", "2021-05", (0, 1), (0, 1)),
        ("2021-05", "2021-04-30", (0, 0), (1, 1)),
        ("../2021-05-05", "2021-05-05", (0, 1), (0, 0)),
        ("2021-05-05/..", "2021-05-05", (0, 1), (0, 1)),
    ],
)
def test_end_that_no_release_explains_is_a_death_as_far_as_the_dates_say_so(died, ended, deaths, releases):
    make_arrest(make_prisoner(died=died), began="2020-08-09", ended=ended)
    settle()
    period = "from=2021-01-01&to=2021-12-31&recognised=any"
    found = [ask(f"measure={measure}&{period}").total for measure in ("deaths", "releases")]
    assert [(one.at_least, one.at_most) for one in found] == [deaths, releases]


def test_custody_that_ended_certainly_began_though_nobody_knows_when():
    Release.objects.create(arrest=make_arrest(began=None, ended="2021-05-05"), mechanism_id="pardon")
    settle()
    asked = ["measure=ever&on=2021-05-04", "measure=ever&on=2021-05-05", "measure=held&on=2021-05-04"]
    found = [ask(f"{query}&recognised=any").total for query in asked]
    assert [(one.at_least, one.at_most) for one in found] == [(0, 1), (1, 1), (0, 1)]


@pytest.mark.parametrize(("confirmed", "at_most"), [(date(2023, 12, 1), 0), (None, 1)])
def test_somebody_who_can_be_in_custody_again_is_not_certainly_released(confirmed, at_most):
    person = make_prisoner()
    make_arrest(person, began="2020-08-09", ended="2020-08-24")
    make_arrest(person, began=None, last_confirmed_on=confirmed)
    settle()
    found = Listing(QueryDict("status=released"), today=date(2024, 1, 15)).total
    assert (found.at_least, found.at_most) == (0, at_most)


@pytest.mark.parametrize(
    ("stays", "expected"),
    [
        ([("remand", None), ("colony", "2021")], {"remand": (0, 1), "colony": (0, 1)}),
        ([("remand", None), ("colony", "2021-03-01")], {"colony": (1, 1)}),
        ([("remand", None), ("colony", None)], {"remand": (0, 1), "colony": (0, 1)}),
        ([("remand", "2020-08-09"), ("colony", "2020-08-09")], {"colony": (1, 1)}),
        ([("remand", "2020-08-09"), ("colony", "2021/..")], {"remand": (0, 1), "colony": (0, 1)}),
        ([("remand", "2020-08-09"), ("colony", "../2022")], {"remand": (0, 1), "colony": (0, 1)}),
    ],
)
def test_place_on_a_day_follows_from_what_is_known_of_the_moves(stays, expected):
    arrest = make_arrest(began="2020-08-09")
    for slug, began in stays:
        Stay.objects.create(arrest=arrest, facility=Facility.objects.create(slug=slug, name=slug, country="BY"), began=began)
    settle()
    groups = ask("by=facility&on=2021-06-01&recognised=any").groups
    assert {group.slug: (group.figures.at_least, group.figures.at_most) for group in groups} == expected


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("1990", {"30-44": (1, 1)}),
        ("1950/2000", {"18-29": (0, 1), "30-44": (0, 1), "45-59": (0, 1), "60+": (0, 1)}),
        ("../1990", {"30-44": (0, 1), "45-59": (0, 1), "60+": (0, 1)}),
        ("../1950", {"60+": (1, 1)}),
        ("2010/..", {"0-17": (1, 1)}),
        (None, {"unknown": (1, 1)}),
    ],
)
def test_person_counts_once_in_each_band_of_ages_that_the_birth_leaves_open(born, expected):
    make_arrest(make_prisoner(born=born), began="2020-08-09")
    settle()
    groups = ask("by=age&on=2024-06-01&recognised=any").groups
    assert {group.slug: (group.figures.at_least, group.figures.at_most) for group in groups} == expected


@pytest.mark.parametrize("side", ["released_from=2020-01-01", "released_to=2023-12-31", "died_from=2020-01-01"])
def test_nobody_still_held_has_been_released_or_died(side):
    make_arrest(began="2020-08-09")
    settle()
    assert ask(f"measure=ever&recognised=any&{side}").total.at_most == 0


def test_recognition_counts_as_was_said_at_the_time():
    arrest = make_arrest(began="2020-08-09")
    recognise(arrest, made_on="2021-02", withdrawn_on="2022-03-01")
    settle()
    days = ("2021-01-31", "2021-02-10", "2021-02-28", "2022-02-28", "2022-03-01")
    assert [held(day, "then") for day in days] == [(0, 0), (0, 1), (1, 1), (1, 1), (0, 0)]
    assert [held(day, "ever") for day in days] == [(1, 1)] * 5
    assert [held(day, "monitor") for day in days] == [(0, 0), (0, 1), (1, 1), (1, 1), (0, 0)]


def test_person_arrested_twice_is_counted_once_among_people_and_twice_among_arrests():
    person = make_prisoner()
    make_arrest(person, began="2020-08-09", ended="2021-01-01")
    make_arrest(person, began="2023-01-01")
    settle()
    period = "measure=arrests&from=2020-01-01&to=2023-12-31&recognised=any"
    assert [ask(f"{period}&unit={unit}").total.at_most for unit in ("people", "arrests")] == [1, 2]


@property_based
@given(population=worlds.populations, data=st.data(), length=st.integers(0, 300))
def test_counts_of_any_population_equal_a_plain_recount(population, data, length):
    with transaction.atomic():
        worlds.settle_population(population)
        settle()
        assert list(differences()) == []
        # Mistakes are by one day at the edges: ask on those days and beside them.
        edge = data.draw(st.sampled_from(plain.edges() or [TODAY]))
        day = edge + timedelta(days=data.draw(st.integers(-1, 1)))
        first, last = day, day + timedelta(days=length)
        lives = list(plain.custodies())
        for sure, side in ((True, "at_least"), (False, "at_most")):
            recounts = {
                f"on={day}&recognised=any": [c for c in lives if c.is_held(day, sure)],
                f"on={day}": [c for c in lives if c.is_held(day, sure) and c.is_recognised(day, sure)],
                f"measure=arrests&from={first}&to={last}&recognised=any": [c for c in lives if c.began_within(first, last, sure)],
                f"measure=releases&from={first}&to={last}&recognised=any": [
                    c for c in lives if c.ended_by(False, sure) and c.ended_within(first, last, sure)
                ],
                f"measure=deaths&from={first}&to={last}&recognised=any": [
                    c for c in lives if c.ended_by(True, sure) and c.ended_within(first, last, sure)
                ],
            }
            if nameable.organisations().filter(slug="watch").exists():
                recounts[f"on={day}&recognised=watch"] = [
                    c
                    for c in lives
                    if c.is_held(day, sure) and c.is_recognised(day, sure, "watch") and c.arrest.prisoner.visibility != "counted"
                ]
            for query, matching in recounts.items():
                assert (query, side, getattr(ask(query).total, side)) == (query, side, plain.people(matching))
        transaction.set_rollback(True)
