"""Who may be seen, and who is found by a name."""

import itertools
from datetime import date

import pytest

from prisoners.models import Name, Prisoner, State, Visibility
from tests.factories import make_prisoner

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("door", "seen"),
    [("named", ["named"]), ("published", ["named", "initials"]), ("in_numbers", ["named", "initials", "counted"])],
)
def test_each_door_shows_those_published_under_no_embargo_and_visible_enough(door, seen):
    people = {
        (state, visibility, embargo): make_prisoner(state=state, visibility=visibility, embargo_until=embargo)
        for state, visibility in itertools.product(State.values, Visibility.values)
        for embargo in (None, date(2020, 1, 1), date(2999, 1, 1))
    }
    found = getattr(Prisoner.objects, door)().order_by("pk")
    assert list(found) == [people["published", visibility, None] for visibility in seen]


def test_published_people_can_be_narrowed_but_not_widened():
    seen = make_prisoner()
    make_prisoner(state=State.DRAFT)
    assert list(Prisoner.objects.exclude(gender="male").published()) == [seen]
    assert list(Prisoner.objects.published().filter(state=State.DRAFT)) == []


@pytest.fixture
def people():
    found = {
        "siarhei": make_prisoner("Siarhei Navuma", code="BY-7K3QX2"),
        "siarhei_other": make_prisoner("Siarhei Holub", code="BY-7K3QX3"),
        "odd": make_prisoner("Ann O_Brien 100%", code="BY-7K3QX4"),
    }
    Name.objects.create(prisoner=found["siarhei"], text="Сяргей Навума", language="be", script="Cyrl")
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Siarhei", {"siarhei", "siarhei_other"}),
        ("siarhei NAVUMA", {"siarhei"}),
        ("Navuma Siarhei", {"siarhei"}),
        ("  navu   siar ", {"siarhei"}),
        ("навума", {"siarhei"}),
        ("СЯРГЕЙ navuma", {"siarhei"}),  # each word in any form
        ("Siarhei Nobody", set()),
        ("BY-7K3QX3", {"siarhei_other"}),
        (" by-7k3qx3 ", {"siarhei_other"}),
        ("BY-7K3QX", set()),  # no part of a code
        ("_", {"odd"}),  # no wildcard
        ("%", {"odd"}),
        ("", {"siarhei", "siarhei_other", "odd"}),
    ],
)
def test_people_are_found_by_every_word_of_any_form_of_their_names_or_by_their_code(people, text, expected):
    assert set(Prisoner.objects.named_like(text)) == {people[key] for key in expected}


def test_search_keeps_what_narrowed_it_before(people):
    Prisoner.objects.filter(pk=people["siarhei"].pk).update(state=State.WITHDRAWN)
    assert list(Prisoner.objects.published().named_like("Siarhei")) == [people["siarhei_other"]]
    assert list(Prisoner.objects.published().named_like("BY-7K3QX2")) == []


def test_search_is_one_query_however_many_are_found(people, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(Prisoner.objects.named_like("siarhei")) == 2
