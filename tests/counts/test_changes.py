"""Changes between two moments of knowledge: the balance adds up, and each line says why."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from counts.answering import answer
from counts.changes.balance import changes
from counts.changes.filters import ChangeFilters
from counts.ledger import settle
from counts.models import Revision
from counts.problems import InvalidQuery
from counts.tally import NOBODY
from prisoners.models import Arrest, Recognition, State, Visibility
from tests.counts import histories, worlds
from tests.factories import as_operator, make_arrest, make_prisoner, recognise

pytestmark = pytest.mark.django_db
TODAY = date(2022, 1, 15)
property_based = settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def ask(query, now=None, today=TODAY):
    return changes(ChangeFilters(QueryDict(query), today=today), now=now or timezone.now())


def newest():
    settle()
    return Revision.objects.values_list("number", flat=True).first() or 0


def lines(moved):
    return {one.reason: (one.figures.at_least, one.figures.at_most) for one in moved}


def bounds_of(figures):
    return figures.at_least, figures.at_most


def moved(parts):
    return sum((one.figures for one in parts), start=NOBODY)


@property_based
@given(
    population=worlds.populations,
    edits=st.lists(histories.edits, min_size=1, max_size=6),
    measure=st.sampled_from(["held", "ever", "arrests", "releases"]),
    days=st.tuples(worlds.DAYS, worlds.DAYS).map(sorted),
    narrowing=st.sampled_from(["", "&gender=female", "&recognised=any", "&recognised=any&region=BY-HM", "&unit=arrests"]),
)
def test_balance_adds_up_from_the_number_known_first_to_the_number_known_last(population, edits, measure, days, narrowing):
    with transaction.atomic():
        worlds.make_recognised()
        worlds.settle_population(population)
        first = newest()
        for edit in edits:
            histories.apply(edit)
        last = newest()
        opened, closed = days
        found = ask(f"measure={measure}&known_from={first}&known_to={last}&from={opened}&to={closed}{narrowing}")
        is_flow = measure in ("arrests", "releases")
        period = f"from={opened}&to={closed}" if is_flow else "on={}"
        for figures, revision, day in ((found.opening, first, opened), (found.closing, last, closed)):
            counted = count(f"measure={measure}&known={revision}&{period.format(day)}{narrowing}")
            assert bounds_of(figures) == bounds_of(counted)
        assert found.opening + moved(found.added) - moved(found.removed) == found.restated
        assert found.restated + moved(found.entries) - moved(found.exits) == found.closing
        assert not is_flow or (found.entries, found.exits) == ([], [])
        transaction.set_rollback(True)


def count(query):
    found = answer(QueryDict(query), today=TODAY, now=timezone.now())
    return found.total - found.only_counted if found.filters else found.total


def test_each_reason_for_a_correction_has_a_line_of_its_own():
    late = make_arrest(make_prisoner(state=State.DRAFT), began="2020-08-09")
    redated = make_arrest(began="2020-08-09", ended="2020-10-01")
    recognised_late = make_arrest(began="2020-08-09")
    wrong = make_arrest(began="2020-08-09", last_confirmed_on=date(2020, 8, 9))
    gone = make_arrest(began="2020-08-09")
    undone = make_arrest(began="2020-08-09")
    for arrest in (redated, wrong, gone, undone, late):
        recognise(arrest, made_on="2020-08-10")
    first = newest()
    with as_operator():
        late.prisoner.state = State.PUBLISHED
        late.prisoner.save()
        Arrest.objects.filter(pk=redated.pk).update(ended=None)
        Arrest.objects.filter(pk=wrong.pk).update(ended="2020-09-01")
        gone.prisoner.state = State.WITHDRAWN
        gone.prisoner.save()
        Recognition.objects.filter(arrest=undone).update(withdrawn_on="2020-10-01")
    recognise(recognised_late, made_on="2020-08-10")
    last = newest()
    found = ask(f"measure=held&known_from={first}&known_to={last}&from=2021-01-01&to=2021-01-01")
    assert lines(found.added) == {"new": (1, 1), "redated": (1, 1), "facts": (1, 1)}
    assert lines(found.removed) == {"gone": (1, 1), "redated": (1, 1), "facts": (1, 1)}
    assert (found.entries, found.exits, bounds_of(found.opening), bounds_of(found.closing)) == ([], [], (3, 3), (3, 3))
    people = {one.reason: one.people for one in [*found.added, *found.removed] if one.reason != "facts"}
    assert people == {"new": (late.prisoner_id,), "gone": (), "redated": (wrong.prisoner_id,)}


def test_world_that_moves_on_is_told_from_corrections():
    still = make_arrest(began="2020-08-09")
    out = make_arrest(began="2020-08-09", ended="2021-05-05")
    dead = make_arrest(make_prisoner(died="2021-06-06"), began="2020-08-09")
    new = make_arrest(began="2021-02-02")
    for arrest in (still, out, dead):
        recognise(arrest, made_on="2020-08-10")
    recognise(new, made_on="2021-02-03")
    later = make_arrest(began="2020-08-09")
    recognise(later, made_on="2021-07-07")
    known = newest()
    found = ask(f"known_from={known}&from=2021-01-01&to=2021-12-31")
    assert (lines(found.added), lines(found.removed)) == ({}, {})
    assert lines(found.entries) == {"arrested": (1, 1), "facts": (1, 1)}
    assert lines(found.exits) == {"died": (1, 1), "released": (1, 1)}
    assert (bounds_of(found.opening), bounds_of(found.closing)) == ((3, 3), (3, 3))


def test_other_dates_that_move_nothing_are_counted_apart():
    arrest = make_arrest(began="2020-08-09")
    make_arrest(began="2020-08-09")
    first = newest()
    Arrest.objects.filter(pk=arrest.pk).update(began="2020-08-12")
    found = ask(f"recognised=any&known_from={first}&from=2021-01-01&to=2021-01-01&known_to={newest()}")
    assert (found.added, found.removed, found.redated) == ([], [], 1)


LESS = [{"visibility": Visibility.INITIALS}, {"visibility": Visibility.COUNTED}, {"state": State.WITHDRAWN}]


@pytest.mark.parametrize("less", LESS)
@pytest.mark.parametrize("day", ["2020-08-08", "2020-08-10", "2021-06-01"])
def test_nobody_told_less_of_since_is_named_or_counted_where_something_narrows(less, day):
    arrest = make_arrest(make_prisoner(gender="female"), began="2020-08-09", region="BY-HM")
    first = newest()
    with as_operator():
        for name, value in less.items():
            setattr(arrest.prisoner, name, value)
        arrest.prisoner.save()
    found = ask(f"recognised=any&gender=female&known_from={first}&known_to={newest()}&from={day}&to={day}")
    # Whoever has initials now is new to what may be told, by years, whatever the day asked.
    told = [("new", (arrest.prisoner_id,))] if less == LESS[0] else []
    assert (found.opening, found.removed, found.redated) == (NOBODY, [], 0)
    assert [(one.reason, one.people) for one in found.added] == told
    total = ask(f"recognised=any&known_from={first}&from={day}&to={day}")
    assert [one.people for one in total.removed if one.people] == []
    assert {one.people for one in total.added} <= {(), *(people for _reason, people in told)}


def test_somebody_who_came_back_is_not_named_as_gone():
    arrest = make_arrest(began="2020-08-09")
    first = newest()
    for state in (State.WITHDRAWN, State.PUBLISHED):
        with as_operator():
            arrest.prisoner.state = state
            arrest.prisoner.save()
        settle()
    found = ask(f"recognised=any&known_from={first}&known_to={first + 1}&from=2021-01-01&to=2021-01-01")
    assert [(one.reason, one.figures.at_most, one.people) for one in found.removed] == [("gone", 1, ())]


def test_without_moments_the_last_month_is_compared():
    make_arrest(began="2020-08-09")
    settle()
    now, today = timezone.now(), timezone.localdate()
    Revision.objects.update(recorded_at=now - timedelta(days=40))
    make_arrest(began="2020-08-09")
    settle()
    found = ask("recognised=any", now=now, today=today)
    assert (found.first.revision, found.last.revision, found.closed_on) == (newest() - 1, newest(), today)
    assert found.opened_on == (now - timedelta(days=40)).date()


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("known_from=2&known_to=1", "known_from"),
        ("known_from=9", "known_from"),
        ("known_to=9", "known_to"),
        ("known_from=soon", "known_from"),
        ("from=2021-02-01&to=2021-01-01", "from"),
        ("to=1999-01-01", "to"),
        ("known=1", "known"),
        ("by=gender", "by"),
        ("on=2021-01-01", "on"),
        ("q=Alena", "q"),
        ("colour=red", "colour"),
    ],
)
def test_question_that_cant_be_compared_says_what_is_wrong(query, parameter):
    for _ in range(2):
        make_arrest()
        settle()
    with pytest.raises(InvalidQuery) as refused:
        ask(query, now=datetime.now(timezone.get_default_timezone()))
    assert [problem.parameter for problem in refused.value.problems] == [parameter]
