"""Strict filters: whatever can't be followed is refused with what is valid."""

from datetime import date

import pytest
from django.http import QueryDict

from counts.asking import CountFilters
from counts.filters import RecordFilters
from counts.listing import ListFilters
from counts.problems import InvalidQuery
from tests.factories import make_arrest, make_prisoner, recognise

TODAY = date(2024, 1, 15)


def problems_of(query, kind=RecordFilters):
    with pytest.raises(InvalidQuery) as caught:
        kind(QueryDict(query), today=TODAY)
    return [(problem.parameter, problem.value) for problem in caught.value.problems]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "status=free",
        "on=yesterday",
        "on=2024-02-30",
        "on=15.01.2024",
        "recognised=nobody",
        "country=by",
        "country=ZZ",
        "region=BY-XX",
        "region=Minsk",
        "gender=m",
        "age_min=-1",
        "age_max=131",
        "age_min=x",
        "age_min=١",
        "occupation=spy",
        "article=342",
        "context=x",
        "case=x",
        "facility=x",
        "treatment=x",
        "mechanism=x",
        "pardon=x",
        "wave=x",
        "arrested_from=2020",
        "arrested_to=x",
        "released_from=x",
        "released_to=x",
        "died_from=x",
        "died_to=x",
        "region=%00",
    ],
)
def test_value_that_does_not_exist_is_refused_by_name(query):
    name, value = next(iter(QueryDict(query).items()))
    assert problems_of(query) == [(name, value)]


@pytest.mark.django_db
def test_every_parameter_has_a_refused_value_above():
    mark = next(m for m in test_value_that_does_not_exist_is_refused_by_name.pytestmark if m.name == "parametrize")
    tried = {query.partition("=")[0] for query in mark.args[1]}
    # Any words can be searched for.
    assert tried | {"q"} == set(RecordFilters.base_filters)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("sort=size", ListFilters),
        ("page=0", ListFilters),
        ("page=x", ListFilters),
        ("page=501", ListFilters),
        ("measure=freed", CountFilters),
        ("by=shoe", CountFilters),
        ("unit=heads", CountFilters),
        ("from=x&measure=arrests", CountFilters),
        ("to=x&measure=arrests", CountFilters),
    ],
)
def test_value_of_lists_and_counts_alone_is_refused_too(query, kind):
    name, value = next(iter(QueryDict(query).items()))
    assert problems_of(query, kind) == [(name, value)]


@pytest.mark.django_db
def test_unknown_parameter_is_refused_with_the_valid_ones():
    with pytest.raises(InvalidQuery) as caught:
        RecordFilters(QueryDict("regoin=BY-HM"), today=TODAY)
    problem = caught.value.problems[0]
    assert (problem.parameter, problem.valid) == ("regoin", sorted(RecordFilters.base_filters))


@pytest.mark.django_db
def test_all_problems_are_said_at_once():
    assert problems_of("regoin=x&gender=m&on=x") == [("regoin", "x"), ("on", "x"), ("gender", "m")]


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["on=2024-01-01&on=2024-01-02", "q=a&q=b", "recognised=then&recognised=any"])
def test_single_parameter_given_twice_is_refused(query):
    assert [name for name, _ in problems_of(query)] == [query.partition("=")[0]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "kind", "name"),
    [
        ("arrested_from=2021-01-01&arrested_to=2020-01-01", RecordFilters, "arrested_from"),
        ("age_min=50&age_max=40", RecordFilters, "age_min"),
        ("measure=arrests&on=2024-01-01", CountFilters, "on"),
        ("measure=held&from=2024-01-01", CountFilters, "from"),
        ("measure=arrests&from=2024-01-02&to=2024-01-01", CountFilters, "from"),
    ],
)
def test_contradiction_is_refused(query, kind, name):
    assert [parameter for parameter, _ in problems_of(query, kind)] == [name]


@pytest.mark.django_db
def test_error_names_the_values_that_stand_with_published_people_alone():
    recognise(make_arrest(), by="monitor")
    recognise(make_arrest(make_prisoner(state="draft")), by="unheard-of")
    with pytest.raises(InvalidQuery) as caught:
        RecordFilters(QueryDict("recognised=x"), today=TODAY)
    assert caught.value.problems[0].valid == ["then", "ever", "any", "monitor"]


@pytest.mark.django_db
def test_search_takes_ten_words_and_refuses_more():
    assert RecordFilters(QueryDict("q=a+b+c+d+e+f+g+h+i+j"), today=TODAY).value("q") == "a b c d e f g h i j"
    assert [name for name, _ in problems_of("q=a+b+c+d+e+f+g+h+i+j+k")] == ["q"]


@pytest.mark.django_db
def test_empty_value_of_a_form_asks_nothing():
    assert RecordFilters(QueryDict("region=&q=+&on="), today=TODAY).given == {}


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(RecordFilters.base_filters))
def test_values_with_bad_characters_are_refused_not_crashed_on(name):
    assert problems_of(f"{name}=%00") == [(name, "\x00")]


@pytest.mark.parametrize("day", ["2020-1-1", "20200101", "2020-W01-1", "٢٠٢٠-٠١-٠١", "10000-01-01", "0000-01-01"])
def test_day_is_written_in_one_way(day):
    query = QueryDict(mutable=True)
    query["on"] = day
    assert problems_of(query.urlencode()) == [("on", day)]
