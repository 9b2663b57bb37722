"""Breakdowns by year and month: each date under the periods that it touches, and one that isn't known under `unknown`."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from counts.answering import answer
from counts.ledger import settle
from tests.counts import plain, worlds
from tests.factories import make_arrest, make_prisoner

pytestmark = pytest.mark.django_db
TODAY = date(2022, 1, 15)
property_based = settings(
    max_examples=30,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def groups(query: str) -> dict[str, tuple[int, int]]:
    answered = answer(QueryDict(f"{query}&recognised=any"), today=TODAY, now=timezone.now())
    return {group.slug: (group.figures.at_least, group.figures.at_most) for group in answered.groups}


def recounted(by: str, matching: list[tuple[plain.Custody, bool]], first: date | None, last: date) -> dict[str, tuple[int, int]]:
    """The same from the records; `matching` says of each custody whether it certainly matches."""
    least: dict[str, set[int]] = {}
    most: dict[str, set[int]] = {}
    for custody, is_certain in matching:
        touched = plain.began_in(custody, by, first, last)
        for key in touched:
            most.setdefault(key, set()).add(custody.prisoner)
            least.setdefault(key, set()).update({custody.prisoner} if is_certain and len(touched) == 1 else ())
    return {key: (len(least[key]), len(most[key])) for key in most}


@property_based
@given(population=worlds.populations, by=st.sampled_from(["year", "month"]), day=worlds.DAYS, length=st.integers(0, 500))
def test_groups_by_time_are_those_that_the_records_give(population, by, day, length):
    with transaction.atomic():
        worlds.settle_population(population)
        settle()
        all_of_them = list(plain.custodies())
        held = [(one, one.is_held(day, True)) for one in all_of_them if one.is_held(day, False)]
        assert groups(f"measure=held&on={day}&by={by}") == recounted(by, held, None, day)
        ever = [(one, one.certain_from <= day) for one in all_of_them if one.possible_from <= day]
        assert groups(f"measure=ever&on={day}&by={by}") == recounted(by, ever, None, day)
        last = day + timedelta(days=length)
        begun = [(one, one.began_within(day, last, True)) for one in all_of_them if one.began_within(day, last, False)]
        assert groups(f"measure=arrests&from={day}&to={last}&by={by}") == recounted(by, begun, day, last)
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("began", "by_month", "by_year"),
    [
        (None, {"unknown": (1, 1)}, {"unknown": (1, 1)}),
        ("../2021-05-05", {"unknown": (1, 1)}, {"unknown": (1, 1)}),
        ("2021-04/2021-05", {"2021-04": (0, 1), "2021-05": (0, 1)}, {"2021": (1, 1)}),
        ("2021", {f"2021-{month:02}": (0, 1) for month in range(1, 13)}, {"2021": (1, 1)}),
        ("2020-12/2021-12", {"unknown": (1, 1)}, {"2020": (0, 1), "2021": (0, 1)}),
    ],
)
@pytest.mark.parametrize("measure", ["held", "ever"])
def test_beginning_that_is_not_known_is_under_unknown_and_not_under_every_month_of_a_life(measure, began, by_month, by_year):
    make_arrest(make_prisoner(born="1990-05-17"), began=began, last_confirmed_on=date(2021, 12, 31))
    settle()
    assert groups(f"measure={measure}&by=month") == by_month
    assert groups(f"measure={measure}&by=year") == by_year


def test_group_of_a_period_with_a_first_day_is_the_number_of_that_month_itself():
    make_arrest(make_prisoner(born="1990-05-17"), began=None, last_confirmed_on=date(2021, 12, 31))
    settle()
    found = groups("measure=arrests&from=2021-01-01&to=2021-02-28&by=month")
    assert found == {"2021-01": (0, 1), "2021-02": (0, 1)}
    assert groups("measure=arrests&by=month") == {"unknown": (1, 1)}
