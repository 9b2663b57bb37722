"""A search of readers: the same people in lists, facets, counts and files, likest first, and nobody who is hidden."""

from datetime import date

import pytest
from django.db import transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counts.fields import SearchText
from counts.filters import _found
from counts.ledger import settle
from counts.listing import FACETS, Listing
from counts.models import LedgerRow
from prisoners.models import Name
from prisoners.names import POSSIBLE, similarity
from prisoners.searching import Search
from tests.factories import as_operator, make_arrest, make_prisoner

pytestmark = pytest.mark.django_db
property_based = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TODAY = date(2024, 1, 15)
NAMES = ["Siarhei Barysevich", "Siarhei Kavalenka", "Andrei Barysevich", "Volha Zubko-Hryb", "محمد کریمی", "刘小波"]


def searched(text, **more):
    query = QueryDict(mutable=True)
    query.update({"q": text, **more})
    return Listing(query, today=TODAY)


def names_of(listing):
    return [row.prisoner.name().text for row in listing.rows]


@pytest.fixture
def people():
    for number, name in enumerate(NAMES):
        make_arrest(make_prisoner(name), began=f"2020-08-{number + 1:02}")
    settle()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Сергей Борисевич", "Siarhei Barysevich"),
        ("Borisevich, Sergey", "Siarhei Barysevich"),
        ("S. Barysevich", "Siarhei Barysevich"),
        ("Siarhei Barysvich", "Siarhei Barysevich"),
        ("barysev", "Andrei Barysevich"),
        ("Ольга Зубко", "Volha Zubko-Hryb"),
        ("Mohammad Karimi", "محمد کریمی"),
        ("Karimi", "محمد کریمی"),
        ("劉小波", "刘小波"),
        ("Liu Xiaobo", "刘小波"),
        ("刘", "刘小波"),
    ],
)
def test_person_is_found_however_their_name_is_typed(people, text, first):
    assert names_of(searched(text))[0] == first


def test_likest_come_first_unless_another_order_is_asked(people):
    make_arrest(make_prisoner("A. Barysevich, Siarhei"), began="2019-01-01")
    make_arrest(make_prisoner("Сяргей Барысевіч"), began="2021-01-01")
    settle()
    very, other, initial = "Siarhei Barysevich", "Сяргей Барысевіч", "A. Barysevich, Siarhei"
    assert names_of(searched("Siarhei Barysevich")) == [very, other, initial]
    assert names_of(searched("Siarhei Barysevich", sort="-arrested")) == [other, very, initial]
    assert names_of(searched("Siarhei Barysevich", sort="name")) == [initial, very, other]


def test_pages_of_a_search_hold_everybody_once(people, monkeypatch):
    monkeypatch.setattr("counts.listing.PAGE_SIZE", 1)
    pages = [searched("Siarhei", page=str(page)) for page in (1, 2)]
    assert sorted(name for page in pages for name in names_of(page)) == ["Siarhei Barysevich", "Siarhei Kavalenka"]


@pytest.mark.parametrize("text", ["x", "7", " . ", "-", "ł"])
def test_one_letter_finds_nobody_and_is_said_to_be_too_short(people, text):
    make_arrest(make_prisoner("x 7 ł"))
    listing = searched(text)
    assert (names_of(listing), listing.total.at_most, Search(text).is_too_short) == ([], 0, True)


HIDDEN = [
    {"visibility": "initials"},
    {"visibility": "counted"},
    {"visibility": "internal"},
    {"embargo_until": "2100-01-01"},
    {"state": "draft"},
    {"state": "in_review"},
    {"state": "withdrawn"},
]
TYPED = ["Siarhei Barysevich", "Сергей Борисевич", "Barysevich", "S. Barysevich", "Siarhei Barysvich", "arysevic", "{code}"]


@pytest.mark.parametrize("hidden", HIDDEN, ids=lambda hidden: "-".join(hidden.values()))
@pytest.mark.parametrize("most", [0, 300])
def test_nobody_hidden_is_found_nor_counted_nor_offered(hidden, most, monkeypatch):
    """Neither where names are compared, nor where very many have one."""
    monkeypatch.setattr("prisoners.finding.MOST_SEARCHED", most)
    person = make_prisoner("Siarhei Barysevich", **hidden)
    make_arrest(person)
    settle()
    for text in [*(typed.format(code=person.code) for typed in TYPED), "Ihar Barysevich"]:
        search = Search(text)
        listing = searched(text)
        said = (
            listing.total.at_most,
            listing.rows,
            [o for f in listing.facets for o in f.options],
            search.people,
            search.instead(),
        )
        assert said == (0, [], [], [], []), text


def test_hidden_namesakes_change_no_word_of_an_answer(people, monkeypatch):
    """How many there are must not be told by what the page says of the search either."""
    monkeypatch.setattr("prisoners.finding.MOST_SEARCHED", 2)
    for hidden in HIDDEN:
        make_arrest(make_prisoner("Siarhei Barysevich", **hidden))
    settle()
    search = Search("Siarhei Barysevich")
    assert (search.is_common, search.is_cut, names_of(searched("Siarhei Barysevich"))) == (False, False, ["Siarhei Barysevich"])


def test_of_a_common_name_all_are_found_who_sound_so_and_the_list_says_so(monkeypatch):
    monkeypatch.setattr("prisoners.finding.MOST_SEARCHED", 2)
    for name in ["Ivan Kavalenka", "Иван Коваленко", "Ivan Kovalenko", "Ivan Kavalchuk"]:
        make_arrest(make_prisoner(name))
    settle()
    listing = searched("Ivan Kavalenka")
    assert sorted(names_of(listing)) == ["Ivan Kavalenka", "Ivan Kovalenko", "Иван Коваленко"]
    assert (listing.total.at_most, listing.search.is_common) == (3, True)


@pytest.mark.parametrize("at_once", [0, 2000])
def test_set_is_the_same_however_it_is_written_down(people, monkeypatch, at_once):
    monkeypatch.setattr("prisoners.searching.NAMED_ONE_BY_ONE", at_once)
    listing = searched("Barysevich")
    assert (len(listing.rows), listing.total.at_most) == (2, 2)
    assert {sum(o.figures.at_most for o in facet.options) for facet in listing.facets if facet.name in ("gender", "region")} == {
        2
    }


def test_person_arrested_twice_is_listed_once_with_the_later(people):
    person = Name.objects.get(text="Siarhei Kavalenka").prisoner
    person.arrests.update(ended="2020-09-01")
    later = make_arrest(person, began="2022-01-01")
    settle()
    assert [row.arrest for row in searched("Kavalenka").rows] == [later]


@pytest.mark.parametrize("count", [1, 3])
def test_search_takes_as_many_queries_for_one_as_for_many(django_assert_num_queries, count):
    for number in range(count):
        make_arrest(make_prisoner("Siarhei Barysevich"), began=f"2020-08-{number + 1:02}")
    settle()
    with django_assert_num_queries(3):  # names without keys, names by keys, names spelt so
        assert len(Search("Сергей Борисевич").people) == count
    listing = searched("Сергей Борисевич")
    with django_assert_num_queries(3 + 7):
        assert len(listing.rows) == count
    with django_assert_num_queries(1):  # nothing is charged, so no label is looked up
        assert len(listing.facets) == len(FACETS)


def test_name_that_nobody_has_is_answered_with_names_like_it(people):
    assert Search("Ihar Kavalenka").people == []
    assert Search("Ihar Kavalenka").instead() == ["Siarhei Kavalenka"]
    assert Search("Qwertz Xyzzy").instead() == []


given_names = st.sampled_from(["Siarhei", "Сергей", "Andrei", "Андрей", "Volha", "Ольга", "Mohammad", "محمد"])
surnames = st.sampled_from(["Barysevich", "Борисевич", "Kavalenka", "Коваленко", "Karimi", "کریمی", "Zubko", "Зубко"])
full = st.tuples(given_names, surnames).map(" ".join)


@property_based
@given(st.lists(full, min_size=1, max_size=6), full | given_names | surnames)
def test_search_finds_whom_a_plain_comparison_of_every_name_finds(names, text):
    with transaction.atomic():
        people = [make_prisoner(name) for name in names]
        found = set(Search(text).people)
        for person, name in zip(people, names, strict=True):
            words = name.upper()
            spelt = all(word.upper() in words for word in text.split())
            assert (person.pk in found) == (similarity(text, name) >= POSSIBLE or spelt), (name, text)
        transaction.set_rollback(True)


def test_nobody_is_told_of_who_was_hidden_since_they_were_found():
    person = make_arrest(make_prisoner("Siarhei Barysevich")).prisoner
    settle()
    found = SearchText("Barysevich")
    assert found.search.people == [person.pk]
    with as_operator():
        type(person).objects.filter(pk=person.pk).update(visibility="initials")
    settle()
    assert list(LedgerRow.objects.current()) != []
    assert list(LedgerRow.objects.current().filter(_found(found, TODAY).possible)) == []
