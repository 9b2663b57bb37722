"""Who is known of acts of clemency: lines, releases and void releases; each person once, and only by name."""

from datetime import date

import pytest

from counts import clemency
from counts.ledger import settle
from prisoners.models import Visibility
from releases.models import Pardon, PardonLine, Release, VoidRelease, Wave
from releases.numbers import Numbers
from releases.outcomes import Outcome
from tests.factories import make_arrest, make_prisoner

pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 1)


@pytest.fixture
def act() -> Pardon:
    return make_act("one")


def make_act(slug: str, wave: Wave | None = None) -> Pardon:
    wave = wave or Wave.objects.create(slug=f"wave-{slug}", title="Wave")
    return Pardon.objects.create(slug=slug, wave=wave, title=slug, announced_on="2024-08-11", announced_number=30)


def add_line(act: Pardon, arrest=None) -> None:
    PardonLine.objects.create(pardon=act, position=act.lines.count() + 1, as_written="As written", arrest=arrest)


def free(act: Pardon, mechanism: str = "pardon", **facts):
    arrest = make_arrest(make_prisoner(**facts), began="2020-09-01", ended="2024-08-11")
    Release.objects.create(arrest=arrest, mechanism_id=mechanism, pardon=act)
    return arrest


def numbers(*acts: Pardon) -> tuple[list[Numbers], Numbers]:
    settle()
    each, together = clemency.numbers_by_act(list(acts), today=TODAY)
    return [each[act.pk] for act in acts], together[acts[0].wave_id]


def outcomes(*acts: Pardon) -> list[Outcome]:
    settle()
    return sorted(one.outcome for one in clemency.identified(list(acts), today=TODAY))


def test_line_release_and_void_release_each_identify_and_the_same_arrest_once(act: Pardon) -> None:
    both = free(act)
    add_line(act, both)
    free(act)
    add_line(act, make_arrest(began="2021-01-01"))
    add_line(act)
    VoidRelease.objects.create(
        arrest=make_arrest(began="2021-01-01"), mechanism_id="pardon", pardon=act, happened_on="2024-08-11", because="Taken back."
    )
    [own], together = numbers(act)
    assert (own.listed, own.identified, own.released, own.unidentified) == (3, 4, 2, 26)
    assert (together.identified, together.released, together.unidentified) == (4, 2, 26)
    assert outcomes(act) == [Outcome.HELD, Outcome.RELEASED, Outcome.RELEASED, Outcome.VOID]


def test_release_after_one_that_came_to_nothing_is_a_release(act: Pardon) -> None:
    VoidRelease.objects.create(
        arrest=free(act), mechanism_id="pardon", pardon=act, happened_on="2024-08-01", because="Taken back."
    )
    assert outcomes(act) == [Outcome.RELEASED]


@pytest.mark.parametrize("visibility", [Visibility.INITIALS, Visibility.COUNTED, Visibility.INTERNAL])
@pytest.mark.parametrize("state", ["published", "draft", "withdrawn"])
def test_nobody_but_the_named_is_identified_in_whatever_way(act: Pardon, visibility: str, state: str) -> None:
    hidden = free(act, visibility=visibility, state=state)
    add_line(act, hidden)
    VoidRelease.objects.create(arrest=hidden, mechanism_id="pardon", pardon=act, happened_on="2024-08-01", because="x")
    [own], together = numbers(act)
    assert (own.listed, own.identified, own.released) == (1, 0, 0)
    assert (together.identified, together.released) == (0, 0)
    assert clemency.identified([act], today=TODAY) == []


def test_two_arrests_of_one_person_in_two_acts_of_a_wave_are_one_person_and_two_places(act: Pardon) -> None:
    second = make_act("two", act.wave)
    first = free(act)
    again = make_arrest(first.prisoner, began="2024-09-01", ended="2024-10-01")
    Release.objects.create(arrest=again, mechanism_id="pardon", pardon=second)
    each, together = numbers(act, second)
    assert [one.identified for one in each] == [1, 1]
    assert (together.identified, together.released, together.unidentified) == (1, 1, 58)
    rows = clemency.identified([act, second], today=TODAY)
    assert (len(rows), clemency.people(rows)) == (2, 1)
    assert {row.arrest_id: row.again for row in rows} == {first.pk: again.pk, again.pk: None}


def test_death_is_no_release_whatever_act_it_stands_under(act: Pardon) -> None:
    free(act, mechanism="death_in_custody")
    dead = make_arrest(make_prisoner(died="2024-08-01"), began="2020-09-01", ended="2024-08-01")
    add_line(act, dead)
    [own], _together = numbers(act)
    assert (own.identified, own.released) == (2, 0)
    assert outcomes(act) == [Outcome.DIED, Outcome.DIED]
    assert [one.remaining for one in clemency.identified([act], today=TODAY)] == [None, None]


def test_release_under_another_act_is_no_release_under_this_one(act: Pardon) -> None:
    other = make_act("other")
    add_line(act, free(other))
    assert (outcomes(act), outcomes(other)) == ([Outcome.OTHERWISE], [Outcome.RELEASED])


@pytest.mark.parametrize(
    ("began", "is_again"),
    [("2024-08-12", True), ("2024-08-11", True), ("2024-12", True), ("2024-08", False), ("2027-01-01", False)],
)
def test_arrested_again_is_only_who_certainly_was_by_now(act: Pardon, began: str, is_again: bool) -> None:
    make_arrest(free(act).prisoner, began=began)
    settle()
    [row] = clemency.identified([act], today=TODAY)
    assert (row.again is not None) == is_again


@pytest.mark.parametrize("count", [1, 3])
def test_numbers_take_the_same_number_of_queries(django_assert_num_queries, act: Pardon, count: int) -> None:
    acts = [act, *(make_act(f"act-{number}") for number in range(1, count))]
    for one in acts:
        free(one)
    settle()
    with django_assert_num_queries(2):
        clemency.numbers_by_act(acts, today=TODAY)
    with django_assert_num_queries(1):
        clemency.identified(acts, today=TODAY)
