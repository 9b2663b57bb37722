"""Which name is shown, and how old someone is."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from prisoners.codes import is_code
from prisoners.dates import UncertainDate
from prisoners.models import Name, Prisoner
from prisoners.models.person import age_between
from tests.factories import make_prisoner


@pytest.fixture
def person(db):
    person = make_prisoner("Siarhei Navuma", code="BY-000001")
    Name.objects.create(prisoner=person, text="Сяргей Навума", language="be", script="Cyrl", is_primary=True)
    Name.objects.create(prisoner=person, text="Сергей Наумов", language="ru", script="Cyrl")
    return person


def test_new_person_gets_a_code_of_their_country_and_keeps_it(db):
    person = Prisoner.objects.create(country="LT")
    code = person.code
    assert is_code(code)
    assert code[:3] == "LT-"
    person.save()
    assert person.code == code


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Siarhei Navuma"), ("be", "Сяргей Навума"), ("ru", "Siarhei Navuma"), ("fa", "Siarhei Navuma")],
)
def test_name_is_the_primary_one_of_the_language_else_the_heading(person, language, name):
    with translation.override(language):
        assert person.name().text == name
        assert str(person) == f"{name} (BY-000001)"


def test_person_without_names_is_called_by_the_code(db):
    person = Prisoner.objects.create(code="BY-000002", country="BY")
    assert (person.name(), person.native_name(), str(person)) == (None, None, "BY-000002")


def test_native_name_is_the_legal_one_in_another_script_than_the_heading(person):
    assert person.native_name().text == "Сяргей Навума"
    person.names.filter(script="Cyrl").update(kind="alias")
    assert Prisoner.objects.get(pk=person.pk).native_name() is None


@pytest.mark.parametrize(
    ("language", "script", "tag", "direction"),
    [
        ("be", "Cyrl", "be-Cyrl", "ltr"),
        ("fa", "Arab", "fa-Arab", "rtl"),
        ("und", "", "und", "ltr"),
        ("zh-Hans", "Hans", "zh-Hans", "ltr"),
    ],
)
def test_name_says_its_language_and_direction_for_markup(language, script, tag, direction):
    name = Name(text="x", language=language, script=script)
    assert (name.language_tag, name.direction) == (tag, direction)


@pytest.mark.parametrize("text", ["Siarhei\x00", "Siarhei\u202eNavuma", "Siarhei\nNavuma", "a\u200bb"])
def test_name_with_characters_that_can_not_be_printed_is_refused(text):
    with pytest.raises(ValidationError) as refused:
        Name(text=text).clean()
    assert refused.value.message_dict == {"text": ["The name holds characters that can't be printed."]}


def test_persian_name_with_a_joiner_is_kept(person):
    name = Name(prisoner=person, text="علی\u200cرضا", language="fa", script="Arab")
    name.full_clean()
    name.save()
    assert Name.objects.get(pk=name.pk).text == "علی\u200cرضا"


@pytest.mark.parametrize(
    ("born", "day", "ages"),
    [
        ("1990-06-15", (2020, 6, 14), (29, 29)),
        ("1990-06-15", (2020, 6, 15), (30, 30)),  # the birthday itself
        ("1992-02-29", (2021, 2, 28), (28, 28)),
        ("1992-02-29", (2021, 3, 1), (29, 29)),
        ("1990", (2020, 6, 15), (29, 30)),
        ("1990", (2020, 12, 31), (30, 30)),
        ("1990-06/1991-01", (2020, 6, 15), (29, 30)),
    ],
)
def test_age_lies_between_that_of_the_latest_and_of_the_earliest_birth(born, day, ages):
    assert age_between(UncertainDate.parse(born), datetime.date(*day)) == ages


@pytest.mark.parametrize("born", [None, "1990/..", "../1990"])
def test_age_without_both_bounds_is_unknown(born):
    assert age_between(born and UncertainDate.parse(born), datetime.date(2020, 1, 1)) is None
