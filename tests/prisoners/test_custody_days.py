"""Certain and possible days of custody: what the database derives, against every course of events that fits the record."""

from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

DAYS = 9  # a small world, days 0 to 9: every course of events in it can be tried
FIRST = date(2020, 8, 28)  # its days lie in two months


def day(number):
    return FIRST + timedelta(days=number)


numbers = st.integers(0, DAYS)
known = st.one_of(
    numbers.map(lambda n: (n, n)),
    st.tuples(numbers, numbers).map(sorted).map(tuple),
    numbers.map(lambda n: (n, None)),
    numbers.map(lambda n: (None, n)),
)


def text(bounds):
    if bounds is None:
        return None
    earliest, latest = (".." if number is None else day(number).isoformat() for number in bounds)
    return earliest if earliest == latest else f"{earliest}/{latest}"


def numbers_between(bounds, *, without):
    """Every day that an uncertain date can be; the day after the world's end stands for all later ones."""
    earliest, latest = (None, None) if bounds is None and without is None else bounds or (without, without)
    return range(0 if earliest is None else earliest, (DAYS + 1 if latest is None else latest) + 1)


def courses(began, ended, confirmed):
    """Every pair of days of beginning and end that fits the record. Nobody whose custody has no end has left it."""
    pairs = [
        (b, e)
        for b in numbers_between(began, without=None)
        for e in numbers_between(ended, without=DAYS + 1)
        if b <= e and (confirmed is None or b <= confirmed <= e)
    ]
    # Seen in custody on a day means in custody on that day, but for the last day on which it can have ended.
    return [(b, e) for b, e in pairs if confirmed is None or confirmed < e] or pairs


def days_of_database(function, *arguments):
    marks = ", ".join(["%s::text", "%s::text", "%s::date"][: len(arguments)])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({marks})", arguments)
        span = cursor.fetchone()[0]
    return {n for n in range(DAYS + 1) if day(n) in span}


@pytest.mark.django_db
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(began=st.none() | known, ended=st.none() | known, confirmed=st.none() | numbers)
def test_certain_days_are_those_of_every_course_and_possible_days_those_of_any(began, ended, confirmed):
    all_courses = [set(range(b, e)) for b, e in courses(began, ended, confirmed)]
    assume(all_courses)  # the constraints refuse a record that no course of events fits
    certain = days_of_database("custody_certain", text(began), text(ended), confirmed if confirmed is None else day(confirmed))
    possible = days_of_database("custody_possible", text(began), text(ended))
    assert certain == set.intersection(*all_courses)
    assert possible >= set.union(*all_courses)
    assert certain <= possible


@pytest.mark.django_db
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(began=st.none() | known, ended=st.none() | known)
def test_possible_days_are_those_of_any_course(began, ended):
    all_courses = [set(range(b, e)) for b, e in courses(began, ended, None)]
    assume(all_courses)
    assert days_of_database("custody_possible", text(began), text(ended)) == set.union(*all_courses)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("began", "ended", "confirmed", "certain", "possible"),
    [
        ("2020-08-09", None, None, ("2020-08-09", None), ("2020-08-09", None)),
        ("2020-08-09", "2020-09-01", None, ("2020-08-09", "2020-09-01"), ("2020-08-09", "2020-09-01")),
        ("2020-08", "2020-10", None, ("2020-08-31", "2020-10-01"), ("2020-08-01", "2020-10-31")),
        # An end of unknown day: certain until last confirmed, possible until it became known.
        ("2020-08-09", "../2023-05-01", "2022-01-01", ("2020-08-09", "2022-01-02"), ("2020-08-09", "2023-05-01")),
        ("2020-08-09", "../2023-05-01", None, None, ("2020-08-09", "2023-05-01")),
        ("2020-08-09", "2023-01-01/..", None, ("2020-08-09", "2023-01-01"), ("2020-08-09", None)),
        # A beginning of unknown day: certain from the day of confirmation.
        (None, None, "2022-01-01", ("2022-01-01", None), (None, None)),
        (None, None, None, None, (None, None)),
        ("../2020-08-09", None, None, ("2020-08-09", None), (None, None)),
        # Confirmed on the very day it ended, which doesn't count.
        ("2020-08-09", "2020-09-01", "2020-09-01", ("2020-08-09", "2020-09-01"), ("2020-08-09", "2020-09-01")),
        ("2020-08-09", "2020-08-09", "2020-08-09", None, None),
    ],
)
def test_days_of_a_custody_are_as_the_design_says(began, ended, confirmed, certain, possible):
    def as_written(span):
        return None if span.isempty else tuple(str(bound) if bound else None for bound in (span.lower, span.upper))

    with connection.cursor() as cursor:
        cursor.execute("SELECT custody_certain(%s, %s, %s), custody_possible(%s, %s)", [began, ended, confirmed, began, ended])
        assert tuple(as_written(span) for span in cursor.fetchone()) == (certain, possible)
