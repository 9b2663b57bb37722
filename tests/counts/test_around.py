"""Arrests of many stretches of days are each the single count, in one query."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from counts.answering import answer
from counts.around import WEEKS, Stretch, after, arrests_in, before
from counts.ledger import settle
from tests.counts import worlds
from tests.factories import make_arrest, make_prisoner

pytestmark = pytest.mark.django_db
TODAY = date(2022, 3, 1)


def single(stretch: Stretch):
    query = f"measure=arrests&recognised=any&from={stretch.first}&to={stretch.last}"
    return answer(QueryDict(query), today=TODAY, now=timezone.now()).total


@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(worlds.populations, st.lists(worlds.DAYS, min_size=1, max_size=6))
def test_stretches_are_each_the_single_count(population, acts: list[date]) -> None:
    with transaction.atomic():
        worlds.settle_population(population)
        settle()
        for stretches in ([before(act) for act in acts], [one for act in acts if (one := after(act, TODAY))]):
            found = arrests_in(stretches, today=TODAY, now=timezone.now())
            assert found == {stretch: single(stretch) for stretch in stretches}
        transaction.set_rollback(True)


def test_stretches_count_whoever_is_only_counted_and_nobody_twice() -> None:
    person = make_prisoner()
    make_arrest(person, began="2021-05-03", ended="2021-05-05")
    make_arrest(person, began="2021-05-07")
    make_arrest(make_prisoner(visibility="counted", published_on=date(2022, 1, 1)), began="2021-05-03")
    settle()
    found = arrests_in([before(date(2021, 6, 1))], today=TODAY, now=timezone.now())
    assert [(figures.at_least, figures.at_most) for figures in found.values()] == [(1, 2)]


@pytest.mark.parametrize("count", [1, 3])
def test_stretches_take_the_same_number_of_queries(django_assert_num_queries, count: int) -> None:
    stretches = [before(date(2021, 6, 1) + timedelta(days=10 * number)) for number in range(count)]
    with django_assert_num_queries(2):  # the revision, and the arrests
        arrests_in(stretches, today=TODAY, now=timezone.now())


@pytest.mark.parametrize("act", [date.min, date(2021, 6, 1), date.max])
def test_days_before_an_act_are_thirty_and_stop_at_it(act: date) -> None:
    stretch = before(act)
    assert stretch.last - stretch.first == WEEKS - timedelta(days=1)
    assert stretch.last < act or act == date.min


def test_days_after_an_act_are_those_that_have_come() -> None:
    assert after(date(2021, 6, 1), TODAY) == Stretch(date(2021, 6, 2), date(2021, 7, 1))
    assert after(TODAY - timedelta(days=2), TODAY) == Stretch(TODAY - timedelta(days=1), TODAY)
    assert (after(TODAY, TODAY), after(date.max, TODAY)) == (None, None)
