"""What remained of sentences."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prisoners.sentences import Days, Remaining
from public.remaining import SHORT, summary

DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))
A_DAY, LATER = date(2024, 8, 16), date(2024, 8, 20)


@pytest.mark.parametrize(
    ("released", "ends", "expected"),
    [
        ((A_DAY, A_DAY), (LATER, LATER), Remaining(4, 4)),
        ((A_DAY, LATER), (LATER, LATER), Remaining(0, 4)),
        ((LATER, LATER), (A_DAY, A_DAY), Remaining(0, 0)),
        ((A_DAY, A_DAY), (A_DAY, LATER), Remaining(0, 4)),
        ((None, A_DAY), (LATER, LATER), None),
        ((A_DAY, None), (LATER, LATER), None),
        ((A_DAY, A_DAY), (None, LATER), None),
        ((A_DAY, A_DAY), (LATER, None), None),
    ],
)
def test_remaining_is_told_with_the_bounds_of_both_dates(released, ends, expected) -> None:
    assert Remaining.between(Days(*released), Days(*ends)) == expected


@given(DAYS, DAYS, st.integers(0, 400), st.integers(0, 400), st.data())
def test_remaining_holds_whatever_the_days_turn_out_to_be(released, ends, wide, long, data) -> None:
    bounds = Remaining.between(Days(released, released + timedelta(wide)), Days(ends, ends + timedelta(long)))
    really = released + timedelta(data.draw(st.integers(0, wide)))
    end = ends + timedelta(data.draw(st.integers(0, long)))
    assert bounds is not None
    assert bounds.at_least <= max(0, (end - really).days) <= bounds.at_most


def test_summary_counts_known_unknown_and_short() -> None:
    told = summary([Remaining(10, 20), Remaining(SHORT - 1, SHORT), Remaining(400, 400), None])
    assert (told.known, told.unknown, told.people) == (3, 1, 4)
    assert told.median == Remaining(SHORT - 1, SHORT)
    assert told.total == Remaining(10 + SHORT - 1 + 400, 20 + SHORT + 400)
    assert told.short == Remaining(1, 2)


def test_median_between_two_days_keeps_its_bounds() -> None:
    assert summary([Remaining(10, 10), Remaining(11, 11)]).median == Remaining(10, 11)


def test_summary_of_nobody_has_no_median() -> None:
    told = summary([None])
    assert (told.known, told.median, told.total) == (0, None, Remaining(0, 0))
