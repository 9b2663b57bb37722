"""The periods of a series cover its time, each day once."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counts.periods import STEPS, Period, how_many, periods

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


@given(first=DAYS, length=st.integers(0, 3000), step=st.sampled_from(sorted(STEPS)))
def test_periods_are_whole_but_for_the_first_and_the_last(first, length, step):
    last = date.fromordinal(min(first.toordinal() + length, date.max.toordinal()))
    found = periods(step, first, last)
    assert (found[0].first, found[-1].last, len(found)) == (first, last, how_many(step, first, last))
    for before, after in pairwise(found):
        assert after.first == before.last + timedelta(days=1)
        assert after.first.day == 1
        assert (after.first.month - 1) % STEPS[step] == 0
    assert len({period.name for period in found}) == len(found)


@pytest.mark.parametrize(
    ("step", "names"),
    [
        ("month", ["2023-12", "2024-01", "2024-02", "2024-03", "2024-04"]),
        ("quarter", ["2023-Q4", "2024-Q1", "2024-Q2"]),
        ("year", ["2023", "2024"]),
    ],
)
def test_periods_are_named_as_in_the_calendar(step, names):
    assert [period.name for period in periods(step, date(2023, 12, 15), date(2024, 4, 2))] == names


def test_first_and_last_period_are_cut():
    found = periods("month", date(2024, 1, 15), date(2024, 2, 3))
    assert found == [
        Period("2024-01", date(2024, 1, 15), date(2024, 1, 31)),
        Period("2024-02", date(2024, 2, 1), date(2024, 2, 3)),
    ]
