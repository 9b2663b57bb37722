"""Dates and lengths of time in words."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prisoners.dates import UncertainDate
from public import wording

EXAMPLES = [
    ("2020-08-09", "9 August 2020", "on 9 August 2020", "since 9 August 2020"),
    ("2020-08", "August 2020", "in August 2020", "since August 2020"),
    ("2020", "2020", "in 2020", "since 2020"),
    ("2020-08~", "about August 2020", "about August 2020", "since about August 2020"),
    ("2020-08-09~", "about 9 August 2020", "about 9 August 2020", "since about 9 August 2020"),
    ("2020~", "about 2020", "about 2020", "since about 2020"),
    (
        "2020-08-09/2020-08-12",
        "between 9 and 12 August 2020",
        "between 9 and 12 August 2020",
        "since some day between 9 and 12 August 2020",
    ),
    (
        "2020-08-30/2020-09-02",
        "between 30 August and 2 September 2020",
        "between 30 August and 2 September 2020",
        "since some day between 30 August and 2 September 2020",
    ),
    (
        "2020-12-30/2021-01-02",
        "between 30 December 2020 and 2 January 2021",
        "between 30 December 2020 and 2 January 2021",
        "since some day between 30 December 2020 and 2 January 2021",
    ),
    (
        "2020-08/2020-10",
        "between August and October 2020",
        "between August and October 2020",
        "since some day between August and October 2020",
    ),
    ("2020/2021", "between 2020 and 2021", "between 2020 and 2021", "since some day between 2020 and 2021"),
    (
        "2020-08/2020-10-03",
        "between August 2020 and 3 October 2020",
        "between August 2020 and 3 October 2020",
        "since some day between August 2020 and 3 October 2020",
    ),
    ("2020-08-09/2020-08-09", "9 August 2020", "on 9 August 2020", "since 9 August 2020"),
    ("2020-08/2020-08", "August 2020", "in August 2020", "since August 2020"),
    ("2020-08-09/..", "on or after 9 August 2020", "on or after 9 August 2020", "since 9 August 2020 or later"),
    ("../2020-08-09", "on or before 9 August 2020", "on or before 9 August 2020", "since 9 August 2020 or earlier"),
    ("2020-08/..", "in or after August 2020", "in or after August 2020", "since August 2020 or later"),
    ("../2020", "in or before 2020", "in or before 2020", "since 2020 or earlier"),
    ("", "date unknown", "on an unknown date", "since an unknown date"),
]


@pytest.mark.parametrize(("text", "label", "when", "since"), EXAMPLES)
def test_date_of_each_form_is_said_in_words(text: str, label: str, when: str, since: str) -> None:
    date = UncertainDate.parse(text) if text else None
    assert (wording.label(date), wording.when(date), wording.since(date)) == (label, when, since)


PARTS = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)).flatmap(
    lambda day: st.sampled_from([day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]])
)


@st.composite
def date_texts(draw: st.DrawFn) -> str:
    form = draw(st.sampled_from(["plain", "about", "from", "until", "between"]))
    part = draw(PARTS)
    if form == "between":
        first, last = sorted([part, draw(PARTS)], key=lambda text: UncertainDate.parse(text).earliest or datetime.date.min)
        if (UncertainDate.parse(last).latest or datetime.date.max) < (UncertainDate.parse(first).earliest or datetime.date.min):
            first, last = last, first
        return f"{first}/{last}"
    return {"plain": part, "about": f"{part}~", "from": f"{part}/..", "until": f"../{part}"}[form]


@given(date_texts(), date_texts())
def test_dates_that_read_alike_cover_the_same_days(one: str, other: str) -> None:
    first, second = UncertainDate.parse(one), UncertainDate.parse(other)
    alike = wording.label(first) == wording.label(second)
    assert not alike or (first.earliest, first.latest) == (second.earliest, second.latest)


@given(date_texts())
def test_date_in_words_names_the_year_of_each_bound(text: str) -> None:
    date = UncertainDate.parse(text)
    bounds = [bound for bound in (date.earliest, date.latest) if bound is not None]
    assert [bound.year for bound in bounds if str(bound.year) not in wording.label(date)] == []


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-11-22", "2026-11-22", "0 days"),
        ("2026-11-21", "2026-11-22", "1 day"),
        ("2026-10-23", "2026-11-22", "30 days"),
        ("2026-10-22", "2026-11-22", "1 month"),
        ("2025-11-23", "2026-11-22", "11 months"),
        ("2025-11-22", "2026-11-22", "1 year"),
        ("2020-08-09", "2026-11-22", "6 years, 3 months"),
        ("2024-02-29", "2025-02-28", "11 months"),
        ("2024-02-29", "2025-03-01", "1 year"),
    ],
)
def test_span_is_said_in_whole_years_and_months(start: str, end: str, words: str) -> None:
    assert wording.span(datetime.date.fromisoformat(start), datetime.date.fromisoformat(end)) == words


@pytest.mark.parametrize(
    ("shortest", "longest", "words"),
    [
        ("2 years", "2 years", "2 years"),
        ("1 year", "2 years", "between 1 year and 2 years"),
        ("1 year", None, "at least 1 year"),
        (None, "2 years", "at most 2 years"),
        (None, None, ""),
    ],
)
def test_span_within_bounds_says_both(shortest: str | None, longest: str | None, words: str) -> None:
    assert wording.between_spans(shortest, longest) == words


@pytest.mark.parametrize(
    ("ages", "words"),
    [
        (None, ""),
        ((1, 1), "1 year old"),
        ((34, 34), "34 years old"),
        ((33, 34), "33 or 34 years old"),
        ((30, 39), "between 30 and 39 years old"),
    ],
)
def test_age_is_said_with_its_bounds(ages: tuple[int, int] | None, words: str) -> None:
    assert wording.age_words(ages) == words
