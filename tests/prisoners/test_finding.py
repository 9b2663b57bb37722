"""Whom a name may be, found by its keys and judged by its likeness."""

import pytest

from prisoners.finding import find
from prisoners.models import Name, Prisoner
from prisoners.names import Band
from tests.factories import make_prisoner

pytestmark = pytest.mark.django_db


def test_find_in_another_script_gives_the_right_person_first():
    right = make_prisoner("Siarhei Barysevich")
    make_prisoner("Siarhei Kavalenka")
    make_prisoner("Andrei Barysevich")
    found = find(["Сергей Борисевич", "Борисевич Сергей", "S. Barysevich", "Siarhei Baryzevich"])
    assert [[one.prisoner_id for one in each][:1] for each in found] == [[right.pk]] * 4
    assert [(one.text, one.band) for one in found[0]] == [("Siarhei Barysevich", Band.LIKELY)]


def test_find_among_none_finds_nobody():
    make_prisoner("Siarhei Barysevich")
    assert find(["Siarhei Barysevich"], among=Prisoner.objects.none()) == [[]]
    assert find(["Siarhei Barysevich"], among=Prisoner.objects.filter(country="LT", code__contains="%s")) == [[]]
    assert len(find(["Siarhei Barysevich"], among=Prisoner.objects.named())[0]) == 1


def test_find_texts_without_letters_asks_nothing(django_assert_num_queries):
    make_prisoner("12")
    with django_assert_num_queries(0):
        assert find(["", "12", "…"]) == [[], [], []]


def test_find_name_written_behind_the_models_back_is_found_all_the_same():
    right = make_prisoner("Siarhei Barysevich")
    Name.objects.filter(prisoner=right).update(text="Taras Zubko")
    assert [one.prisoner_id for one in find(["Тарас Зубко"])[0]] == [right.pk]


@pytest.mark.parametrize(
    ("text", "found"), [("Unknown man 3", ["Unknown man 3"]), ("Unknown man", ["Unknown man 3", "Unknown man 4"])]
)
def test_number_in_a_text_is_held_to_that_of_the_name(text, found):
    for number in (3, 4):
        make_prisoner(f"Unknown man {number}")
    assert sorted(one.text for one in find([text])[0]) == found
