"""Uncertain dates in models and in forms."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from prisoners.dates import UncertainDate
from prisoners.fields import UncertainDateFormField
from prisoners.models import Prisoner


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("born", "earliest", "latest"),
    [
        ("1990~", datetime.date(1990, 1, 1), datetime.date(1990, 12, 31)),
        ("1990-06/..", datetime.date(1990, 6, 1), None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_date_comes_back_as_written_with_the_bounds_beside_it(born, earliest, latest):
    person = Prisoner.objects.create(country="BY", born=born)
    assert (person.born_earliest, person.born_latest) == (earliest, latest)
    kept = Prisoner.objects.get(pk=person.pk)
    assert kept.born == (UncertainDate.parse(born) if born else None)
    assert (kept.born_earliest, kept.born_latest) == (earliest, latest)


@pytest.mark.django_db
def test_date_that_can_not_be_is_refused_before_the_database_sees_it(django_assert_num_queries):
    with django_assert_num_queries(0), pytest.raises(ValidationError, match="February 1954 has 28 days"):
        Prisoner.objects.create(country="BY", code="BY-000001", born="1954-02-29")


@pytest.mark.django_db
def test_people_can_be_found_by_a_date_as_written_or_by_its_bounds():
    person = Prisoner.objects.create(country="BY", born="1990-06")
    assert Prisoner.objects.get(born="1990-06") == person
    assert Prisoner.objects.get(born_earliest__gte=datetime.date(1990, 6, 1)) == person
    assert not Prisoner.objects.filter(born="1990").exists()


def test_form_gives_the_date_none_for_nothing_and_the_reason_for_what_can_not_be():
    field = UncertainDateFormField(required=False)
    assert field.clean(" 2020-08~ ") == UncertainDate.parse("2020-08~")
    assert field.clean("") is None
    with pytest.raises(ValidationError) as refused:
        field.clean("2020-13")
    assert refused.value.messages == ["“2020-13”: there is no month 13."]


@pytest.mark.parametrize(
    ("initial", "data", "changed"),
    [
        (UncertainDate.parse("2020"), "2020", False),
        (UncertainDate.parse("2020"), " 2020 ", False),
        (UncertainDate.parse("2020"), "2021", True),
        (UncertainDate.parse("2020"), "", True),
        (None, "", False),
        (None, "2020", True),
    ],
)
def test_form_sees_whether_a_date_was_changed(initial, data, changed):
    assert UncertainDateFormField().has_changed(initial, data) is changed
