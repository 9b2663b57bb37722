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
from counts.listing import Listing
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
            "age_max": st.just(["50"]),
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
    asked = {"measure": [measure], "recognised": [basis], "unit": [course["unit"]], "by": [by] if by else []}
    with transaction.atomic():
        make_world(population)
        found = ask({**asked, **asked_over(course), "cumulative": ["1"] if is_cumulative else []})
        for place, point in enumerate(found.series):
            first = course["from"] if is_cumulative else point.first
            single = ask({**asked, "from": [first.isoformat()], "to": [point.last.isoformat()]})
            assert (point.period, *numbers_at(found, place)) == (point.period, *numbers(single))
        transaction.set_rollback(True)


@property_based
@given(
    population=worlds.populations,
    values=parameters,
    course=courses,
    measure=st.sampled_from([*STOCKS, *FLOWS]),
    is_cumulative=st.booleans(),
)
def test_point_links_to_exactly_the_people_it_counts(population, values, course, measure, is_cumulative):
    asked = {**values, **asked_over(course), "measure": [measure], "by": ["gender"], "unit": ["people"]}
    with transaction.atomic():
        make_world(population)
        found = ask({**asked, "cumulative": ["1"] if is_cumulative and measure in FLOWS else []})
        for place, point in enumerate(found.series):
            for group, one in [(None, point), *((group, group.series[place]) for group in found.groups)]:
                linked = Listing(QueryDict(found.list_query(group, point)), today=TODAY).total
                expected = one.figures - one.only_counted
                assert (linked.at_least, linked.at_most) == (expected.at_least, expected.at_most)
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


def test_series_in_the_answer_for_programs_has_from_to_and_step():
    for began, made_on in (("2021-01-10", "2021-01-20"), ("2021-02", "2021-02-28")):
        recognise(make_arrest(began=began, region="BY-HM"), made_on=made_on)
    settle()
    found = ask({"from": ["2021-01-15"], "to": ["2021-03-02"], "step": ["month"], "by": ["region"]})
    told_of = found.as_dict(url="", text="")
    asked_of = {name: told_of[name] for name in ("measure", "on", "from", "to", "step", "cumulative", "recognised")}
    assert asked_of == {
        "measure": "held",
        "on": "2021-03-02",
        "from": "2021-01-15",
        "to": "2021-03-02",
        "step": "month",
        "cumulative": False,
        "recognised": "then",
    }
    assert told_of["series"] == [
        {"period": "2021-01", "at_least": 1, "at_most": 1, "not_confirmed": 0},
        {"period": "2021-02", "at_least": 2, "at_most": 2, "not_confirmed": 0},
        {"period": "2021-03", "at_least": 2, "at_most": 2, "not_confirmed": 0},
    ]
    assert [(group["key"], [point["at_least"] for point in group["series"]]) for group in told_of["groups"]] == [
        ("BY-HM", [1, 2, 2])
    ]


def test_flow_beside_another_is_told_with_its_own_total():
    make_arrest(began="2021-01-10", ended="2021-02-03")
    make_arrest(began="2021-02-10")
    settle()
    query = {"measure": ["arrests"], "recognised": ["any"], "from": ["2021-01-01"], "to": ["2021-02-28"], "step": ["month"]}
    told_of = ask({**query, "beside": ["releases"]}).as_dict(url="", text="")
    assert [point["at_least"] for point in told_of["series"]] == [1, 1]
    [releases] = told_of["beside"]
    assert (releases["measure"], releases["total"]) == ("releases", {"at_least": 1, "at_most": 1})
    assert releases["series"] == [
        {"period": "2021-01", "at_least": 0, "at_most": 0},
        {"period": "2021-02", "at_least": 1, "at_most": 1},
    ]


def test_person_arrested_twice_is_counted_once_when_added_up():
    person = make_prisoner()
    for began, ended in (("2021-01-10", "2021-01-20"), ("2021-02-10", None), ("2021-02-25", None)):
        worlds.unless_refused(lambda began=began, ended=ended: make_arrest(person, began=began, ended=ended))
    settle()
    query = {"measure": ["arrests"], "recognised": ["any"], "from": ["2021-01-01"], "to": ["2021-02-28"], "step": ["month"]}
    each = {unit: ask({**query, "cumulative": ["1"], "unit": [unit]}).series for unit in ("people", "arrests")}
    assert {unit: [point.figures.at_least for point in points] for unit, points in each.items()} == {
        "people": [1, 1],
        "arrests": [1, 2],
    }


def test_recognition_withdrawn_and_made_again_leaves_a_gap():
    arrest = make_arrest(began="2021-01-01")
    recognise(arrest, made_on="2021-01-15", withdrawn_on="2021-02-10")
    recognise(arrest, made_on="2021-04-01", by="watch")
    settle()
    found = ask({"from": ["2021-01-01"], "to": ["2021-04-30"], "step": ["month"]})
    assert [point.figures.at_least for point in found.series] == [1, 0, 0, 1]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("step=month", "from"),
        ("step=month&from=2021-01-01&on=2021-02-01", "on"),
        ("step=month&from=2021-02-01&to=2021-01-01", "from"),
        ("step=month&from=1900-01-01", "step"),
        ("step=week&from=2021-01-01", "step"),
        ("step=month&from=2021-01-01&cumulative=1", "cumulative"),
        ("measure=arrests&cumulative=1", "cumulative"),
        ("measure=arrests&beside=releases", "beside"),
        ("measure=arrests&from=2021-01-01&step=month&beside=arrests", "beside"),
        ("measure=arrests&from=2021-01-01&step=month&by=month", "by"),
        ("from=2021-01-01", "from"),
    ],
)
def test_series_that_cannot_be_is_refused_by_name(query, parameter):
    with pytest.raises(InvalidQuery) as refused:
        answer(QueryDict(query), today=TODAY, now=timezone.now())
    assert [problem.parameter for problem in refused.value.problems] == [parameter]


def test_series_runs_to_today_where_no_end_is_given():
    settle()
    found = ask({"from": ["2021-12-01"], "step": ["month"]})
    assert [(point.period, point.last) for point in found.series] == [
        ("2021-12", date(2021, 12, 31)),
        ("2022-01", TODAY),
    ]


def test_series_with_more_numbers_than_are_given_is_refused(monkeypatch):
    monkeypatch.setattr("counts.series_told.NUMBERS_AT_MOST", 5)
    for region in ("BY-HM", "BY-BR"):
        make_arrest(began="2021-01-01", region=region)
    settle()
    with pytest.raises(InvalidQuery, match="2 groups at 3 points"):
        ask({"from": ["2021-01-01"], "to": ["2021-03-31"], "step": ["month"], "by": ["region"], "recognised": ["any"]})


@pytest.mark.parametrize(("by", "queries"), [([], 6), (["region"], 9), (["age"], 8)])
@pytest.mark.parametrize("to", ["2021-01-31", "2021-12-31"])
def test_series_takes_as_many_queries_for_one_point_as_for_twelve(by, queries, to, django_assert_num_queries):
    recognise(make_arrest(began="2020-01-01", region="BY-HM"))
    settle()
    with django_assert_num_queries(queries):
        ask({"from": ["2021-01-01"], "to": [to], "step": ["month"], "by": by})


def test_citation_of_a_series_gives_the_same_numbers_after_a_change():
    arrest = make_arrest(began="2021-01-10")
    recognise(arrest, made_on="2021-01-20")
    settle()
    query = {"from": ["2021-01-01"], "to": ["2021-03-31"], "step": ["month"]}
    cited = ask(query)
    recognise(make_arrest(began="2021-01-01"), made_on="2021-01-02")
    settle()
    again = answer(QueryDict(cited.cited_query), today=date(2030, 1, 1), now=timezone.now())
    assert again.series == cited.series
    assert ask(query).series != cited.series


def test_series_of_the_past_links_to_the_people_of_its_days():
    arrest = make_arrest(began="2021-01-10")
    settle()
    query = {"from": ["2021-01-01"], "to": ["2021-03-31"], "step": ["month"], "recognised": ["any"]}
    cited = ask(query).cited_query
    recognise(arrest, made_on="2021-02-01")
    settle()
    again = answer(QueryDict(cited), today=TODAY, now=timezone.now())
    point = again.series[1]
    assert QueryDict(again.list_query(point=point)).dict() == {
        "measure": "held",
        "unit": "people",
        "recognised": "any",
        "known": str(again.revision),
        "on": "2021-02-28",
    }


def test_last_point_of_somebody_recognised_twice_is_the_total():
    arrest = make_arrest(began="2020-08-09", last_confirmed_on=date(2020, 9, 1))
    recognise(arrest, made_on="2020-09-01", withdrawn_on="2020-10-01")
    recognise(arrest, made_on="2021-01-01")
    settle()
    for measure in ("held", "ever"):
        found = ask({"measure": [measure], "from": ["2020-08-01"], "to": ["2022-01-15"], "step": ["month"]})
        assert (measure, found.series[-1].figures) == (measure, found.total)


@pytest.mark.parametrize("by", [None, "region"])
def test_person_whose_arrests_may_overlap_is_one_at_each_point(by):
    with transaction.atomic():
        person = make_prisoner()
        make_arrest(person, began="2020-01-10", ended="2020-02-01/2020-06-10", region="BY-HM")
        make_arrest(person, began="2020-03-01/2020-05-20", ended="2020-08-10", region="BY-HM")
    settle()
    found = ask(
        {
            "measure": ["held"],
            "recognised": ["any"],
            "from": ["2020-01-01"],
            "to": ["2020-08-31"],
            "step": ["month"],
            "by": [by] if by else [],
        }
    )
    expected = [(1, 1), (0, 1), (0, 1), (0, 1), (1, 1), (1, 1), (1, 1), (0, 0)]
    assert [told(point.figures)[:2] for point in found.series] == expected
    for group in found.groups:
        assert [told(point.figures)[:2] for point in group.series] == expected
