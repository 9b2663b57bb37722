"""Whoever is known of a wave is remembered until any record changes, with a new revision or without."""

from datetime import date

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from counts import clemency
from counts.moment import one_moment
from prisoners.models import Judgment, Name, State
from releases.models import Pardon, PardonLine, Release
from tests.factories import as_operator, make_arrest
from tests.public.worlds import make_wave

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 1, 1)


@pytest.fixture(autouse=True)
def nothing_remembered():
    caches["records"].clear()


@pytest.fixture
def act() -> Pardon:
    return make_wave().pardons.get()


def known(act: Pardon) -> tuple[list[clemency.Identified], int]:
    """Who is known of the act, and how many statements it took to find them."""
    with CaptureQueriesContext(connection) as context, one_moment(5000):
        found = clemency.identified([act], today=TODAY)
        numbers, _of_waves = clemency.numbers_by_act([act], today=TODAY)
    assert numbers[act.pk].identified == clemency.people(found)
    return found, sum("releases_pardonline" in query["sql"] for query in context.captured_queries)


def test_people_of_an_act_are_read_once_while_no_record_changes(act: Pardon) -> None:
    first, read = known(act)
    assert (read, known(act)) == (3, (first, 0))


def withdraw(act: Pardon) -> None:
    person = act.releases.first().arrest.prisoner
    person.state = State.WITHDRAWN
    person.save()


CHANGES = {
    "withdrawn": withdraw,
    "line matched": lambda act: PardonLine.objects.filter(arrest=None).update(arrest=make_arrest(began="2021-01-01")),
    "release deleted": lambda act: act.releases.filter(arrest__pardon_lines=None).delete(),
    "release verified": lambda act: Release.objects.update(verification="confirmed"),
    "condition": lambda act: act.releases.first().conditions.add("exit_ban"),
    "judgment": lambda act: Judgment.objects.update(ends="2024-12-01"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_change_of_any_record_is_seen_at_once(act: Pardon, change: str) -> None:
    before, _read = known(act)
    with as_operator(), transaction.atomic():
        CHANGES[change](act)
    after, read = known(act)
    assert (read, after != before) == (3, True)


def test_order_follows_names(act: Pardon) -> None:
    before, _read = known(act)
    with as_operator(), transaction.atomic():
        Name.objects.filter(prisoner=before[0].prisoner_id).update(text="Zz")
    assert [one.prisoner_id for one in known(act)[0]] == [one.prisoner_id for one in reversed(before)]
