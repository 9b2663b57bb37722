"""Every point of a series is the single count of its day or period, whatever is asked."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from counts.answering import answer
from counts.dimensions import DIMENSIONS
from counts.ledger import settle
from counts.measures import MEASURES
from counts.periods import STEPS
from counts.problems import InvalidQuery
from tests.counts import worlds
from tests.counts.test_agreement import TODAY, as_query, make_world, parameters
from tests.factories import make_arrest, make_prisoner, recognise

pytestmark = pytest.mark.django_db
property_based = settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
STOCKS = ["held", "ever"]
FLOWS = ["arrests", "releases", "deaths"]
more_parameters = st.tuples(
    parameters,
    st.fixed_dictionaries(
        {},
        optional={
            "status": st.sampled_from([["held"], ["unconfirmed"], ["released", "died"]]),
            "age_max": st.just(["30"]),
            "arrested_to": st.just(["2021-06-30"]),
        },
    ),
).map(lambda both: both[0] | both[1])
units = st.sampled_from(["people", "arrests"])
courses = st.fixed_dictionaries(
    {"from": worlds.DAYS, "length": st.integers(0, 500), "step": st.sampled_from(sorted(STEPS)), "unit": units}
)
breakdowns = st.none() | st.sampled_from(sorted(DIMENSIONS))


def ask(values):
    given_values = {name: each for name, each in values.items() if each}
    return answer(as_query(given_values), today=TODAY, now=timezone.now())


def told(figures):
    return figures.at_least, figures.at_most, figures.not_confirmed


def numbers(found):
    """All that a count tells: its total, those in no list, and each group that anybody is in."""
    return (
        told(found.total),
        told(found.only_counted),
        {group.slug: groups_of(group) for group in found.groups if any(groups_of(group))},
    )


def groups_of(group):
    return *told(group.figures), *told(group.only_counted)


def numbers_at(found, place):
    """The same of one point."""
    groups = {group.slug: group.series[place] for group in found.groups}
    of_groups = {slug: (*told(point.figures), *told(point.only_counted)) for slug, point in groups.items()}
    point = found.series[place]
    return told(point.figures), told(point.only_counted), {slug: each for slug, each in of_groups.items() if any(each)}


def asked_over(course):
    return {
        "from": [course["from"].isoformat()],
        "to": [(course["from"] + timedelta(days=course["length"])).isoformat()],
        "step": [course["step"]],
        "unit": [course["unit"]],
    }


@property_based
@given(
    population=worlds.populations,
    values=more_parameters,
    course=courses,
    measure=st.sampled_from(STOCKS),
    by=breakdowns,
)
def test_point_of_a_day_is_the_single_count_of_that_day(population, values, course, measure, by):
    asked = {**values, "measure": [measure], "by": [by] if by else []}
    with transaction.atomic():
        make_world(population)
        found = ask({**asked, **asked_over(course)})
        for place, point in enumerate(found.series):
            single = ask({**asked, "unit": [course["unit"]], "on": [point.last.isoformat()]})
            assert (point.period, *numbers_at(found, place)) == (point.period, *numbers(single))
        assert (found.total, found.only_counted) == (found.series[-1].figures, found.series[-1].only_counted)
        transaction.set_rollback(True)


@property_based
@given(
    population=worlds.populations,
    values=more_parameters,
    course=courses,
    measure=st.sampled_from(FLOWS),
    by=breakdowns,
    is_cumulative=st.booleans(),
)
def test_point_of_a_flow_is_the_single_count_within_its_period(population, values, course, measure, by, is_cumulative):
    by = "region" if by in ("year", "month") else by
    dates = MEASURES[measure].dates
    whole = {name: each for name, each in asked_over(course).items() if name in ("from", "to", "unit")}
    asked = {**values, "measure": [measure], "by": [by] if by else []}
    with transaction.atomic():
        make_world(population)
        found = ask({**asked, **asked_over(course), "cumulative": ["1"] if is_cumulative else []})
        for place, point in enumerate(found.series):
            first = course["from"] if is_cumulative else point.first
            # Nobody who is only counted is in a count that dates narrow; their part is held below, and in test_series_fives.
            within = {f"{dates}_from": [first.isoformat()], f"{dates}_to": [point.last.isoformat()]}
            if dates == "arrested" and "arrested_to" in values:
                within["arrested_to"] = [min(point.last.isoformat(), *values["arrested_to"])]
                if within["arrested_to"] < within["arrested_from"]:
                    continue
            single = ask({**asked, **whole, **within})
            assert (point.period, *of_lists(numbers_at(found, place))) == (point.period, *of_lists(numbers(single)))
        transaction.set_rollback(True)


def of_lists(told_numbers):
    """Those of lists, of what a count tells."""
    total, only_counted, groups = told_numbers
    listed = {slug: tuple(a - b for a, b in zip(each[:3], each[3:], strict=True)) for slug, each in groups.items()}
    return tuple(a - b for a, b in zip(total, only_counted, strict=True)), {s: each for s, each in listed.items() if any(each)}


@property_based
@given(
    population=worlds.populations,
    course=courses,
    measure=st.sampled_from(FLOWS),
    basis=st.sampled_from(["any", "ever"]),
    by=breakdowns,
    is_cumulative=st.booleans(),
)
def test_point_of_a_flow_is_the_count_of_that_period_where_recognition_asks_no_day(
    population, course, measure, basis, by, is_cumulative
):
    by = "region" if by in (None, "age", "status", "facility", "organisation", "year", "month") else by
    asked = {"measure": [measure], "recognised": [basis], "unit": [course["unit"]], "by": [by]}
    with transaction.atomic():
        make_world(population)
        found = ask({**asked, **asked_over(course), "cumulative": ["1"] if is_cumulative else []})
        for place, point in enumerate(found.series):
            first = course["from"] if is_cumulative else point.first
            single = ask({**asked, "from": [first.isoformat()], "to": [point.last.isoformat()]})
            assert (point.period, *numbers_at(found, place)) == (point.period, *numbers(single))
        transaction.set_rollback(True)


@property_based
@given(population=worlds.populations, course=courses, basis=st.sampled_from(["then", "ever", "any", "monitor"]))
def test_other_measures_beside_are_their_own_series(population, course, basis):
    with transaction.atomic():
        make_world(population)
        over = {**asked_over(course), "recognised": [basis]}
        found = ask({**over, "measure": ["arrests"], "beside": ["releases", "deaths", "held"]})
        assert [one.measure.name for one in found.beside] == ["releases", "deaths", "held"]
        for one in found.beside:
            alone = ask({**over, "measure": [one.measure.name]})
            assert (one.total, one.series) == (alone.total, alone.series)
        transaction.set_rollback(True)
