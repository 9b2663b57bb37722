"""One source of numbers: lists, facets, counts and the lists that counts link to agree, whatever is asked."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from counts.answering import answer
from counts.bounds import years_before
from counts.dimensions import DIMENSIONS
from counts.ledger import settle
from counts.listing import FACETS, Listing
from prisoners.models import Charge, Facility, Occupation, Statute, Stay, Treatment
from tests.counts import worlds
from tests.factories import make_arrest, make_prisoner, recognise

pytestmark = pytest.mark.django_db
TODAY = date(2022, 1, 15)
MONTHS = {"began": "2021-03", "ended": "2021-09-05"}
property_based = settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

parameters = st.fixed_dictionaries(
    {},
    optional={
        "region": st.lists(st.sampled_from(["BY-HM", "BY-BR", "unknown"]), min_size=1, max_size=2, unique=True),
        "gender": st.lists(st.sampled_from(["female", "male", "unknown"]), min_size=1, max_size=2, unique=True),
        "age_min": st.sampled_from([["18"], ["40"]]),
        "recognised": st.sampled_from([["then"], ["ever"], ["any"], ["monitor"]]),
        "mechanism": st.sampled_from([["pardon"], ["none"], ["unknown", "pardon"]]),
        "treatment": st.sampled_from([["solitary"], ["none"]]),
        "article": st.sampled_from([["by-cc-342"], ["unknown"], ["by-cc-342", "unknown"]]),
        "facility": st.sampled_from([["colony"], ["unknown"]]),
        "occupation": st.sampled_from([["lawyer"], ["unknown", "lawyer"]]),
    },
)


def make_world(population):
    people = [worlds.make_recognised(), *worlds.settle_population(population)]
    statute = Statute.objects.create(slug="by-cc-342", country="BY", law="CC", article="342", title="x")
    colony = Facility.objects.create(slug="colony", name="Colony", country="BY")
    for number, person in enumerate(people, start=1):
        for arrest in person.arrests.all():
            if number % 2:
                Charge.objects.create(arrest=arrest, statute=statute)
                worlds.unless_refused(lambda arrest=arrest: Stay.objects.create(arrest=arrest, facility=colony, **MONTHS))
            else:
                Treatment.objects.create(arrest=arrest, kind_id="solitary")
                person.occupations.add(Occupation.objects.get(code="lawyer"))
    settle()


def as_query(values):
    query = QueryDict(mutable=True)
    for name, each in values.items():
        query.setlist(name, each)
    return query


def all_rows(listing):
    return len(set(listing.ledger_rows().values_list("prisoner_id", flat=True))), listing.ledger_rows().count()


def bounds_of(figures):
    return figures.at_least, figures.at_most


def ask(values):
    return answer(as_query(values), today=TODAY, now=timezone.now())


@property_based
@given(population=worlds.populations, values=parameters)
def test_list_shows_each_person_once_and_as_many_as_its_total_says(population, values):
    with transaction.atomic():
        make_world(population)
        listing = Listing(as_query(values), today=TODAY)
        assert all_rows(listing) == (listing.total.at_most, listing.total.at_most)
        certain = sum(listing.ledger_rows().values_list("is_certain", flat=True))
        # A person with several arrests may be certain by an earlier one than the one shown.
        assert certain <= listing.total.at_least <= listing.total.at_most
        transaction.set_rollback(True)


@property_based
@given(population=worlds.populations, values=parameters, day=worlds.DAYS)
def test_each_facet_option_counts_the_rows_that_choosing_it_gives(population, values, day):
    with transaction.atomic():
        make_world(population)
        listing = Listing(as_query({**values, "on": [day.isoformat()]}), today=TODAY)
        assert [facet.name for facet in listing.facets] == list(FACETS)
        for facet in listing.facets:
            for option in facet.options:
                if facet.name == "organisation" and option.slug == "none":
                    continue
                narrowed = Listing(as_query(alone(listing, facet, option)), today=TODAY)
                found = (narrowed.total.at_least, narrowed.total.at_most)
                assert (facet.name, option.slug, option.figures.at_least, option.figures.at_most) == (
                    facet.name,
                    option.slug,
                    *found,
                )
        transaction.set_rollback(True)


def alone(listing, facet, option):
    """The listing's query with this option as the facet's only choice."""
    return {**listing.filters.given, DIMENSIONS[facet.name].parameter: [option.slug]}


@property_based
@given(
    population=worlds.populations,
    values=parameters,
    by=st.sampled_from(sorted(DIMENSIONS)),
    measure=st.sampled_from(["held", "arrests", "releases", "deaths", "ever"]),
    day=worlds.DAYS,
    length=st.integers(0, 400),
)
def test_count_and_each_group_link_to_exactly_the_people_they_count(population, values, by, measure, day, length):
    period = {"on": [day.isoformat()]}
    if measure in ("arrests", "releases", "deaths"):
        period = {"from": [day.isoformat()], "to": [(day + timedelta(days=length)).isoformat()]}
    with transaction.atomic():
        make_world(population)
        counted = ask({**values, **period, "measure": [measure], "by": [by]})
        linked = Listing(QueryDict(counted.list_query()), today=TODAY).total
        assert bounds_of(linked) == bounds_of(counted.total - counted.only_counted)
        for group in counted.groups:
            query = counted.list_query(group)
            if query is not None:
                figures = Listing(QueryDict(query), today=TODAY).total
                assert (by, group.slug, *bounds_of(figures)) == (by, group.slug, *bounds_of(group.figures - group.only_counted))
        transaction.set_rollback(True)


@property_based
@given(population=worlds.populations, by=st.sampled_from(sorted(DIMENSIONS)), day=worlds.DAYS)
def test_groups_that_do_not_overlap_add_up_to_the_arrests_counted(population, by, day):
    if DIMENSIONS[by].is_overlapping or by in ("age", "year", "month"):
        by = "region"
    with transaction.atomic():
        make_world(population)
        counted = ask({"on": [day.isoformat()], "by": [by], "unit": ["arrests"], "recognised": ["any"]})
        together = sum((group.figures for group in counted.groups), start=counted.not_broken_down)
        assert bounds_of(together) == bounds_of(counted.total)
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("on", "years", "expected"),
    [
        (date(2024, 2, 29), 60, date(1964, 2, 29)),
        (date(2024, 2, 29), 61, date(1963, 2, 28)),
        (date(2023, 2, 28), 63, date(1960, 2, 28)),
        (date(2024, 1, 15), 18, date(2006, 1, 15)),
    ],
)
def test_years_before_keeps_to_birthdays(on, years, expected):
    assert years_before(on, years) == expected


@pytest.mark.parametrize(("day", "at_least"), [("2020-08-16", 0), ("2020-08-17", 1)])
def test_age_is_reached_on_the_birthday_itself(day, at_least):
    make_arrest(make_prisoner(born="2002-08-17"), began="2020-01-01")
    settle()
    assert ask({"on": [day], "age_min": ["18"], "recognised": ["any"]}).total.at_least == at_least


def test_held_by_facility_follows_the_person_from_stay_to_stay():
    arrest = make_arrest(began="2020-08-09")
    for slug, began in (("remand", None), ("colony", "2021-03-01")):
        facility = Facility.objects.create(slug=slug, name=slug, country="BY")
        Stay.objects.create(arrest=arrest, facility=facility, began=began)
    settle()
    groups = {
        day: [group.slug for group in ask({"on": [day], "by": ["facility"], "recognised": ["any"]}).groups]
        for day in ("2021-02-28", "2021-03-01")
    }
    assert groups == {"2021-02-28": ["remand"], "2021-03-01": ["colony"]}


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_queries_at_any_length(count, django_assert_num_queries):
    for _ in range(count):
        recognise(make_arrest(region="BY-HM"))
    settle()
    with django_assert_num_queries(8):
        listing = Listing(QueryDict("status=held"), today=TODAY)
        rows = [(row.prisoner.name(), row.arrest.charges.all(), row.arrest.stays.all()) for row in listing.rows]
        assert (len(rows), listing.total.at_most) == (count, count)
    with django_assert_num_queries(2):
        assert len(listing.facets) == len(FACETS)


@pytest.mark.parametrize("sort", ["-arrested", "arrested", "name"])
def test_list_pages_hold_every_person_once_in_order(sort, monkeypatch):
    monkeypatch.setattr("counts.listing.PAGE_SIZE", 2)
    for number, name in enumerate(["Cveta", "Ales", "Bazyl", "Dana", "Ema"]):
        make_arrest(make_prisoner(name), began=f"2020-0{number + 1}-01")
    settle()
    pages = [Listing(QueryDict(f"sort={sort}&page={page}"), today=TODAY) for page in (1, 2, 3)]
    names = [row.prisoner.name().text for page in pages for row in page.rows]
    expected = {
        "-arrested": ["Ema", "Dana", "Bazyl", "Ales", "Cveta"],
        "arrested": ["Cveta", "Ales", "Bazyl", "Dana", "Ema"],
        "name": ["Ales", "Bazyl", "Cveta", "Dana", "Ema"],
    }
    assert (names, pages[0].last_page) == (expected[sort], 3)


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_search_finds_nobody_who_is_not_published(state):
    make_arrest(make_prisoner("Canary Hidden", state=state))
    make_arrest(make_prisoner("Canary Shown"))
    settle()
    listing = Listing(QueryDict("q=canary"), today=TODAY)
    assert [row.prisoner.name().text for row in listing.rows] == ["Canary Shown"]
