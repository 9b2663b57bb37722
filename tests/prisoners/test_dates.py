"""Uncertain dates: what is read, what is refused, and that the database reads the same."""

import datetime

import pytest
from django.db import DataError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prisoners.dates import MAX_LENGTH, InvalidDate, UncertainDate

DAY = datetime.date


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2020", DAY(2020, 1, 1), DAY(2020, 12, 31)),
        ("2020-02", DAY(2020, 2, 1), DAY(2020, 2, 29)),
        ("2020-08-09", DAY(2020, 8, 9), DAY(2020, 8, 9)),
        ("2020-08~", DAY(2020, 8, 1), DAY(2020, 8, 31)),
        ("2020-08-09/2020-08-12", DAY(2020, 8, 9), DAY(2020, 8, 12)),
        ("2020-08/2020-09", DAY(2020, 8, 1), DAY(2020, 9, 30)),
        ("2020-08-09/..", DAY(2020, 8, 9), None),
        ("../2020-08-09", None, DAY(2020, 8, 9)),
    ],
)
def test_date_in_each_form_is_kept_as_its_bounds_and_prints_back(text, earliest, latest):
    date = UncertainDate.parse(text)
    assert (date.earliest, date.latest, str(date)) == (earliest, latest, text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1954-02-29", "February 1954 has 28 days"),
        ("2020-13", "there is no month 13"),
        ("2020-00-01", "there is no month 00"),
        ("2020-08-00", "August 2020 has 31 days"),
        ("0000", "there is no year 0000"),
        ("2020-8-9", "not a date in a form known here"),
        ("9 August 2020", "not a date in a form known here"),
        ("２０２０", "not a date in a form known here"),
        ("2020-08-12/2020-08-09", "ends before it begins"),
        ("../..", "no bound at all"),
        ("..", "not a date in a form known here"),
        ("2020/2021/2022", "not a date in a form known here"),
        ("2020~/2021", "not a date in a form known here"),
        ("/2020", "not a date in a form known here"),
        ("", "not a date in a form known here"),
    ],
)
def test_date_that_can_not_be_is_refused_with_the_reason(text, reason):
    with pytest.raises(InvalidDate, match=reason):
        UncertainDate.parse(text)


days = st.dates(min_value=DAY(1, 1, 1))
parts = st.one_of(
    days.map(lambda day: day.isoformat()),
    days.map(lambda day: day.isoformat()[:7]),
    days.map(lambda day: day.isoformat()[:4]),
)
edtf_like = st.one_of(
    parts,
    parts.map(lambda part: f"{part}~"),
    st.tuples(parts, parts).map("/".join),
    parts.map(lambda part: f"{part}/.."),
    parts.map(lambda part: f"../{part}"),
    st.text(alphabet="0123456789-/.~", max_size=MAX_LENGTH),
)


def read_by_database(text):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT edtf_earliest(%s), edtf_latest(%s)", [text, text])
        return cursor.fetchone()


@pytest.mark.django_db
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=edtf_like)
def test_database_reads_every_text_as_python_does(text):
    try:
        expected = UncertainDate.parse(text)
    except InvalidDate:
        with pytest.raises(DataError):
            read_by_database(text)
    else:
        assert read_by_database(text) == (expected.earliest, expected.latest)
