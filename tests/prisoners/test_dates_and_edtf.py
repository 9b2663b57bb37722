"""Our reading of uncertain dates beside that of an independent library, where the library is right."""

import datetime
import math

import edtf
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from prisoners.dates import InvalidDate, UncertainDate

days = st.dates(min_value=datetime.date(1000, 1, 1))
parts = st.tuples(days, st.sampled_from([4, 7, 10])).map(lambda chosen: chosen[0].isoformat()[: chosen[1]])
intervals = st.tuples(parts, parts).map(sorted).map("/".join)


def bounds_of_library(text):
    parsed = edtf.parse_edtf(text)
    return tuple(datetime.date(*bound[:3]) for bound in (parsed.lower_strict(), parsed.upper_strict()))


@given(text=st.one_of(parts, parts.map(lambda part: f"{part}~"), intervals))
def test_bounds_are_those_of_the_library(text):
    earliest, latest = bounds_of_library(text)
    assume(earliest <= latest)  # 2020-08/2020-01 is refused, and no date for the library either
    date = UncertainDate.parse(text)
    assert (date.earliest, date.latest) == (earliest, latest)


@given(day=days)
def test_open_ends_are_those_of_the_library(day):
    later, earlier = edtf.parse_edtf(f"{day}/.."), edtf.parse_edtf(f"../{day}")
    assert (later.upper_strict(), earlier.lower_strict()) == (math.inf, -math.inf)
    assert (UncertainDate.parse(f"{day}/..").latest, UncertainDate.parse(f"../{day}").earliest) == (None, None)


def test_day_that_the_library_lets_through_is_refused():
    assert str(edtf.parse_edtf("1954-02-29")) == "1954-02-29"
    with pytest.raises(InvalidDate, match="has 28 days"):
        UncertainDate.parse("1954-02-29")


def test_unknown_end_for_which_the_library_invents_ten_years_is_refused():
    assert edtf.parse_edtf("2020-08-09/").upper_strict()[:3] == (2030, 8, 9)
    with pytest.raises(InvalidDate, match="not a date in a form known here"):
        UncertainDate.parse("2020-08-09/")
