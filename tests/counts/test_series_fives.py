"""A series tells no more of people who are only counted than single counts do: the same fives at each of its points."""

from datetime import date
from itertools import product

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from counts.dimensions import DIMENSIONS
from tests.counts.test_series import numbers, numbers_at
from tests.counts.test_small_cells import (
    BASES,
    FACTS,
    FIVES,
    asked,
    crowds,
    exchange_within_a_five,
    make_crowd,
    property_based,
)

pytestmark = pytest.mark.django_db
OVER = "from=2020-01-01&to=2022-01-15&step=quarter"
DAYS = [f"measure={measure}&{OVER}" for measure in ("held", "ever")]
FLOWS = [f"measure={measure}&{OVER}{more}" for measure in ("arrests", "releases") for more in ("", "&cumulative=1")]


def told_of_only_counted(found):
    """Of each point: those who are only counted in its total, and in each group."""
    for place, point in enumerate(found.series):
        yield point.period, "", point.only_counted
        for group in found.groups:
            yield point.period, group.slug, group.series[place].only_counted


@property_based
@given(crowds, st.sampled_from(BASES), st.sampled_from(["people", "arrests"]))
def test_no_cell_of_any_point_is_of_one_to_four_people(crowd, basis, unit):
    with transaction.atomic():
        make_crowd(crowd)
        for question, by in product([*DAYS, *FLOWS], sorted(DIMENSIONS)):
            if by in ("year", "month"):
                continue
            cells = [cell for cell in told_of_only_counted(asked(f"{question}&{basis}&unit={unit}&by={by}")) if cell[1]]
            in_fives = [(c.at_least % 5, c.at_most % 5) for _period, _slug, c in cells]
            assert (question, by, set(in_fives) - {(0, 0)}) == (question, by, set())
            assert by in FIVES or not any(c.is_anybody for _period, _slug, c in cells)
        transaction.set_rollback(True)


@property_based
@given(crowds, st.sampled_from(BASES), st.sampled_from(FIVES))
def test_point_of_a_day_has_the_fives_of_its_single_count(crowd, basis, by):
    with transaction.atomic():
        make_crowd(crowd)
        for question in DAYS:
            values = [group.slug for group in asked(f"measure=ever&recognised=any&by={by}").groups]
            for more in (f"by={by}", *(f"{by}={value}" for value in values)):
                found = asked(f"{question}&{basis}&{more}")
                for place, point in enumerate(found.series):
                    single = asked(f"{question.partition('&')[0]}&on={point.last}&{basis}&{more}")
                    assert (more, *numbers_at(found, place)) == (more, *numbers(single))
        transaction.set_rollback(True)


@property_based
@given(crowds, st.sampled_from(["arrests", "releases"]), st.sampled_from(BASES))
def test_totals_of_months_are_those_of_a_breakdown_by_month(crowd, measure, basis):
    with transaction.atomic():
        make_crowd(crowd)
        whole = f"measure={measure}&from=2020-01-01&to=2022-01-15&{basis}"
        series = {p.period: (p.figures, p.only_counted) for p in asked(f"{whole}&step=month").series if p.figures.is_anybody}
        groups = {g.slug: (g.figures, g.only_counted) for g in asked(f"{whole}&by=month").groups}
        assert series == groups
        transaction.set_rollback(True)


@property_based
@given(crowds, st.data())
def test_who_of_five_has_which_value_changes_no_series(crowd, data):
    before, after = exchange_within_a_five(crowd, data, all_series)
    assert before == after


def all_series(by):
    answers = [asked(f"{question}&{basis}&by={by}") for question, basis in product([*DAYS, *FLOWS], BASES)]
    return [(one.series, {group.slug: group.series for group in one.groups}) for one in answers]


def test_five_who_come_one_a_year_show_in_their_cell_when_the_last_has_come():
    began = [f"{year}-03-04" for year in (2016, 2017, 2018, 2019, 2020)]
    make_crowd([{**FACTS, "began": day} for day in began])
    found = asked("measure=held&from=2017-01-01&to=2021-12-31&step=year&recognised=any&by=region")
    minsk = next(group for group in found.groups if group.slug == "BY-HM")
    assert [point.only_counted.at_least for point in minsk.series] == [0, 0, 0, 5, 5]
    assert [point.only_counted.at_least for point in found.series] == [2, 3, 4, 5, 5]
    assert found.series[0].first == date(2017, 1, 1)
