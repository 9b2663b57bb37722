"""The sentence in force, its end and what remains: by examples, by walking the calendar, and as the database reckons it."""

from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from prisoners.dates import UncertainDate
from prisoners.models import Judgment
from prisoners.models.law import NO_SENTENCE, Outcome, SentenceKind, Stage
from prisoners.sentences import Days, Remaining, expected_end, months_later, remaining, sentences_in_force
from tests.counts.worlds import uncertain_dates
from tests.factories import make_arrest
from tests.prisoners.plain_sentences import Passed, days_left, end_on

ARRESTED = UncertainDate.parse("2020-08-09")
FIVE_YEARS = date(2025, 8, 9)


def dated(text: str | None) -> UncertainDate | None:
    return UncertainDate.parse(text) if text else None


def judgment(decided_on: str | None = None, months: int | None = None, **fields) -> Judgment:
    for name in ("runs_from", "ends"):
        fields[name] = dated(fields.get(name))
    return Judgment(decided_on=dated(decided_on), sentence_months=months, **fields)


def exactly(day: date) -> Days:
    return Days(day, day)


FIRST = {"decided_on": "2021-03-01", "months": 60, "sentence_kind": "imprisonment", "stage": "first"}


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ([], exactly(FIVE_YEARS)),
        ([{"outcome": "upheld", "stage": "appeal"}], exactly(FIVE_YEARS)),
        ([{"outcome": "upheld", "ends": "2025-07-30"}], exactly(date(2025, 7, 30))),
        ([{"outcome": "changed", "months": 48}], exactly(date(2024, 8, 9))),
        ([{"outcome": "changed"}], None),
        ([{"outcome": "added", "months": 12}], exactly(date(2026, 8, 9))),
        ([{"outcome": "added", "months": 12}, {"outcome": "added", "months": 6}], exactly(date(2027, 2, 9))),
        ([{"outcome": "added", "months": 12, "credited_days": 10}], exactly(date(2026, 7, 30))),
        ([{"outcome": "added", "ends": "2026-09"}], Days(date(2026, 9, 1), date(2026, 9, 30))),
        ([{"outcome": "added"}], Days(FIVE_YEARS, None)),
        ([{"outcome": "added", "sentence_kind": "fine"}], exactly(FIVE_YEARS)),
        ([{"outcome": "added", "sentence_kind": "life"}], None),
        ([{"outcome": "convicted", "months": 72}], exactly(date(2026, 8, 9))),
        ([{"outcome": "acquitted"}], None),
        ([{"outcome": "quashed"}], None),
        ([{"outcome": "retrial"}], None),
        ([{"outcome": "retrial"}, {"outcome": "convicted", "months": 36}], exactly(date(2023, 8, 9))),
        ([{"outcome": "acquitted"}, {"outcome": "upheld"}], None),
        ([{"outcome": "changed", "sentence_kind": "suspended", "months": 36}], None),
    ],
)
def test_later_judgments_replace_lengthen_or_leave_the_sentence(later, expected) -> None:
    judgments = [judgment(**FIRST)] + [judgment(**{"decided_on": f"2022-0{n}-01", **each}) for n, each in enumerate(later, 1)]
    assert expected_end(reversed(judgments), ARRESTED) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"months": 12}, exactly(date(2021, 8, 9))),
        ({"months": 12, "runs_from": "2021-01-31"}, exactly(date(2022, 1, 31))),
        ({"months": 1, "runs_from": "2021-01-31"}, exactly(date(2021, 2, 28))),
        ({"months": 1, "runs_from": "2024-01-31"}, exactly(date(2024, 2, 29))),
        ({"months": 12, "credited_days": 9}, exactly(date(2021, 7, 31))),
        ({"months": 1, "credited_days": 400}, exactly(date(2020, 8, 9))),
        ({"months": 12, "ends": "2021-05"}, Days(date(2021, 5, 1), date(2021, 5, 31))),
        ({"months": 12, "runs_from": "2021"}, Days(date(2022, 1, 1), date(2022, 12, 31))),
        ({"months": 12, "runs_from": "../2021-01-01"}, Days(None, date(2022, 1, 1))),
        ({"months": 32767, "runs_from": "9000"}, exactly(date.max)),
        ({}, None),
        ({"outcome": "upheld"}, None),
        ({"outcome": "upheld", "months": 12}, exactly(date(2021, 8, 9))),
        ({"outcome": "added", "months": 12}, exactly(date(2021, 8, 9))),
        ({"sentence_kind": "life"}, None),
        ({"sentence_kind": "death", "ends": "2030"}, None),
        ({"sentence_kind": "suspended", "months": 24}, None),
        ({"sentence_kind": "fine", "ends": "2021"}, None),
        ({"sentence_kind": "home_confinement", "months": 24}, exactly(date(2022, 8, 9))),
    ],
)
def test_end_of_one_judgment_follows_its_words(fields, expected) -> None:
    assert expected_end([judgment("2021-03-01", **fields)], ARRESTED) == expected


def test_prison_after_a_suspended_sentence_is_reckoned_by_itself() -> None:
    suspended = judgment("2021-01-01", 24, sentence_kind="suspended")
    again = judgment("2021-06-01", 12, sentence_kind="imprisonment", outcome="added", runs_from="2021-06-01")
    assert expected_end([suspended, again], ARRESTED) == exactly(date(2022, 6, 1))


def test_changed_sentence_keeps_start_and_credit_unless_it_says_others() -> None:
    first = judgment("2021-03-01", 60, runs_from="2021-01-01", credited_days=30)
    changed = judgment("2021-06-01", 48, outcome="changed")
    assert expected_end([first, changed], ARRESTED) == exactly(date(2024, 12, 2))


def test_higher_court_of_the_same_day_comes_later() -> None:
    appeal = judgment("2021-03-01", 24, outcome="changed", stage="appeal")
    assert expected_end([appeal, judgment(**FIRST)], ARRESTED) == exactly(date(2022, 8, 9))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2021-02-28", None),
        ("2021-03-01", Remaining(1622, 1622)),
        ("2022-05-31", Remaining(1166, 1166)),
        ("2022-06-01", Remaining(1165, 1530)),  # perhaps passed already
        ("2022-06-30", Remaining(1501, 1501)),
        ("2022", Remaining(952, 1681)),
        ("2030-01-01", Remaining(0, 0)),
        ("../2022-01-01", None),
    ],
)
def test_remaining_counts_only_what_had_been_decided_by_the_day(on, expected) -> None:
    judgments = [judgment(**FIRST), judgment("2022-06", 12, outcome="added")]
    assert remaining(judgments, ARRESTED, UncertainDate.parse(on)) == expected


def test_judgment_without_a_date_counts_as_passed() -> None:
    assert remaining([judgment(months=12)], ARRESTED, UncertainDate.parse("2021-08-01")) == Remaining(8, 8)


def test_sentence_that_was_perhaps_not_passed_yet_has_no_known_end() -> None:
    assert expected_end([judgment("2021", 60)], ARRESTED, by=UncertainDate.parse("2021-05")) is None


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 500), st.integers(0, 500))
def test_months_later_never_goes_back(day, months, more) -> None:
    assert day <= months_later(day, months) <= months_later(day, months + more)


judgment_facts = st.fixed_dictionaries(
    {
        "decided_on": st.none() | uncertain_dates(),
        "stage": st.sampled_from(Stage.values),
        "outcome": st.sampled_from(Outcome.values + ["convicted", "added", "changed"] * 2),
        "sentence_kind": st.sampled_from(SentenceKind.values + ["imprisonment"] * 8),
        "sentence_months": st.none() | st.integers(1, 40),
        "runs_from": st.none() | uncertain_dates(),
        "credited_days": st.none() | st.integers(0, 500),
        "ends": st.none() | st.none() | uncertain_dates(),
    }
)


def possible(facts):
    """The facts, without what the database refuses."""
    if facts["outcome"] in NO_SENTENCE:
        facts |= {"sentence_kind": "unknown", "sentence_months": None, "ends": None}
    if (ends := dated(facts["ends"])) and (decided := dated(facts["decided_on"])):
        is_refused = ends.latest and decided.earliest and ends.latest < decided.earliest
        facts |= {"ends": None} if is_refused else {}
    return facts


many_judgments = st.lists(judgment_facts.map(possible), max_size=5)


def as_the_database_says(arrest, by) -> Days | None:
    sql = (
        "SELECT earliest, latest FROM sentence_ends(%s)" if by is None else "SELECT * FROM sentence_ends(%s, %s::date, %s::date)"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [arrest.pk] if by is None else [arrest.pk, by.earliest, by.latest])
        found = Days(*cursor.fetchone())
    return None if found == Days(None, None) else found


@pytest.mark.django_db
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.none() | uncertain_dates(), many_judgments, st.lists(uncertain_dates(), min_size=1, max_size=3))
def test_database_reckons_the_same(began, judgments, days) -> None:
    with transaction.atomic():
        arrest = make_arrest(began=began)
        Judgment.objects.bulk_create(Judgment(arrest=arrest, is_in_absentia=True, **facts) for facts in judgments)
        on_record = list(arrest.judgments.all())
        for by in (None, *map(dated, days)):
            assert as_the_database_says(arrest, by) == expected_end(on_record, dated(began), by)
        transaction.set_rollback(True)


def a_day(chance: Random, found: UncertainDate | None) -> date | None:
    """A day that an uncertain date can turn out to be; more often one of its edges, where mistakes show."""
    if found is None:
        return None
    first = found.earliest or (found.latest or date(2022, 1, 1)) - timedelta(days=400)
    last = found.latest or first + timedelta(days=400)
    return chance.choice([first, last, first + timedelta(days=chance.randint(0, (last - first).days))])


def in_one_world(chance: Random, facts) -> Passed:
    days = {name: a_day(chance, dated(facts[name])) for name in ("decided_on", "runs_from", "ends")}
    return Passed(
        days["decided_on"],
        facts["stage"],
        facts["outcome"],
        facts["sentence_kind"],
        facts["sentence_months"],
        facts["credited_days"],
        days["runs_from"],
        days["ends"],
    )


def key_of(facts):
    decided = Days.of(dated(facts["decided_on"]))
    return decided.latest or decided.earliest or date.min, Stage.values.index(facts["stage"]) if facts[
        "stage"
    ] != "unknown" else -1


def happened_in_order(world: list[Passed]) -> bool:
    """Whether the days drawn keep the order in which the judgments are taken."""
    keys = [(one.on or date.min, Stage.values.index(one.stage) if one.stage != "unknown" else -1) for one in world]
    return keys == sorted(keys)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(uncertain_dates(), many_judgments, uncertain_dates(), st.integers(0, 2**32))
def test_what_remains_lies_within_its_bounds_however_the_days_turn_out(began, judgments, on, seed) -> None:
    chance = Random(seed)
    in_order = sorted(judgments, key=key_of)
    world = next(filter(happened_in_order, ([in_one_world(chance, facts) for facts in in_order] for _ in range(50))), None)
    assume(world is not None)
    day, arrested = a_day(chance, dated(on)), a_day(chance, dated(began))
    end = end_on(day, arrested, world)
    on_record = [judgment(facts["decided_on"], facts["sentence_months"], **_other(facts)) for facts in in_order]
    told = expected_end(on_record, dated(began), dated(on))
    if told is not None:
        # After an addition of unknown length the plain walk knows no end, and here there is a first day only.
        assert (told.latest is None) if end is None else ((told.earliest or date.min) <= end <= (told.latest or date.max))
    left = remaining(on_record, dated(began), dated(on))
    if left is not None:
        assert left.at_least <= days_left(day, end) <= left.at_most


def _other(facts):
    return {name: value for name, value in facts.items() if name not in ("decided_on", "sentence_months")}


@settings(max_examples=120, deadline=None)
@given(many_judgments, st.dates(date(2020, 6, 1), date(2025, 1, 1)), st.integers(0, 2**32))
def test_end_of_days_known_exactly_is_the_plain_one(judgments, on, seed) -> None:
    chance = Random(seed)
    for facts in judgments:
        for name in ("decided_on", "runs_from", "ends"):
            facts[name] = str(day) if (day := a_day(chance, dated(facts[name]))) else None
    in_order = sorted(judgments, key=key_of)
    world = [in_one_world(chance, facts) for facts in in_order]
    on_record = [judgment(facts["decided_on"], facts["sentence_months"], **_other(facts)) for facts in in_order]
    end = end_on(on, date(2020, 8, 9), world)
    told = expected_end(on_record, ARRESTED, UncertainDate.on(on))
    # An addition of unknown length leaves a floor, where the plain walk says only that the end isn't known.
    assert (told if told is None or told.latest else None) == (exactly(end) if end else None)


@pytest.mark.django_db
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(many_judgments)
def test_ledger_adds_up_the_months_in_force_in_the_same_way(judgments) -> None:
    with transaction.atomic():
        arrest = make_arrest()
        Judgment.objects.bulk_create(Judgment(arrest=arrest, is_in_absentia=True, **facts) for facts in judgments)
        [sentence] = sentences_in_force(list(arrest.judgments.all()), None)
        with connection.cursor() as cursor:
            cursor.execute("SELECT kind, months FROM counts_sentence(%s)", [arrest.pk])
            assert cursor.fetchone() == ((sentence.kind, sentence.months) if sentence else ("", None))
        transaction.set_rollback(True)
