"""Time served and sentences: by examples, and against a slow plain count over the records."""

from datetime import date, timedelta
from statistics import median

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from counts.ledger import differences, settle
from counts.models import LedgerRow
from counts.problems import InvalidQuery
from prisoners.models import Judgment
from tests.counts import plain, worlds
from tests.counts.test_series import ask, property_based
from tests.counts.test_small_cells import asked
from tests.factories import make_arrest, make_prisoner

pytestmark = pytest.mark.django_db
HELD = "measure=held&on=2021-01-31&recognised=any&figures=served&figures=sentence"


def sentenced(months, *, person=None, kind="imprisonment", **arrest):
    made = make_arrest(person, **{"began": "2021-01-01", **arrest})
    Judgment.objects.create(arrest=made, sentence_kind=kind, sentence_months=months, decided_on="2021-01-25")
    return made


def told(query):
    return asked(query).as_dict(url="", text="")


def test_time_served_and_sentences_of_people_held():
    sentenced(24)
    sentenced(60, began="2020-12-31/2021-01-03")
    sentenced(None, kind="life", began="2021-01-21")
    make_arrest(make_prisoner(visibility="initials"), began="2019-05-05")
    make_arrest(make_prisoner(visibility="counted"), began="2019-05-05")
    settle()
    found = told(HELD)
    assert found["total"]["at_least"] == 5
    assert found["served"] == {
        "unit": "days",
        "arrests": 4,
        "known": 3,
        "left_out": 1,
        "median": {"at_least": 28, "at_most": 30},
        "total": {"at_least": 30 + 28 + 10, "at_most": 30 + 31 + 10},
    }
    assert found["sentence"] == {
        "unit": "months",
        "arrests": 4,
        "known": 2,
        "left_out": 1,
        "endless": 1,
        "median": {"at_least": 42, "at_most": 42},
        "total": {"at_least": 84, "at_most": 84},
    }


def test_figures_of_each_group_are_of_its_own_arrests():
    sentenced(24, region="BY-HM")
    sentenced(36, region="BY-HM")
    sentenced(12, region="BY-BR")
    settle()
    groups = told(f"{HELD}&by=region")["groups"]
    assert {group["key"]: (group["sentence"]["known"], group["sentence"]["median"]["at_least"]) for group in groups} == {
        "BY-HM": (2, 30),
        "BY-BR": (1, 12),
    }


def test_time_served_of_releases_ends_with_the_release():
    make_arrest(began="2021-01-01", ended="2021-01-11/2021-01-13")
    settle()
    found = told("measure=releases&from=2021-01-01&to=2021-12-31&recognised=any&figures=served")
    assert (found["served"]["median"], found["served"]["arrests"]) == ({"at_least": 10, "at_most": 12}, 1)


def test_beginning_that_is_not_known_leaves_the_time_unknown():
    make_arrest(began=None, last_confirmed_on=date(2021, 1, 1))
    settle()
    served = told(HELD)["served"]
    assert (served["arrests"], served["known"], served["median"]) == (1, 0, {"at_least": None, "at_most": None})


def test_sentence_of_a_past_revision_stays_what_it_was():
    arrest = sentenced(24)
    settle()
    cited = ask({"recognised": ["any"], "on": ["2021-02-01"], "figures": ["sentence"]}).cited_query
    arrest.judgments.update(sentence_months=60)
    settle()
    again = asked(cited)
    assert (again.durations["sentence"].total.at_least, asked(f"{HELD}").durations["sentence"].total.at_least) == (24, 60)


@pytest.mark.parametrize("visibility", ["initials", "counted"])
def test_ledger_knows_no_sentence_of_people_who_are_not_named(visibility):
    sentenced(24, person=make_prisoner(visibility=visibility))
    settle()
    assert list(LedgerRow.objects.values_list("sentence_kind", "sentence_months")) == [("", None)]


def test_ledger_with_sentences_agrees_with_the_records():
    sentenced(24)
    settle()
    assert list(differences()) == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE counts_ledgerrow SET sentence_months = 25")
    assert len(list(differences())) == 1


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("measure=arrests&figures=served", "figures"), ("figures=median", "figures")],
)
def test_figures_that_cannot_be_are_refused(query, parameter):
    with pytest.raises(InvalidQuery) as refused:
        asked(query)
    assert [problem.parameter for problem in refused.value.problems] == [parameter]


@property_based
@given(
    population=worlds.populations,
    measure=st.sampled_from(["held", "releases", "deaths", "ever"]),
    day=worlds.DAYS,
    length=st.integers(0, 400),
)
def test_time_served_is_that_of_a_plain_count(population, measure, day, length):
    last = day + timedelta(days=length)
    when = {"on": [last.isoformat()]} if measure in ("held", "ever") else {"from": [day.isoformat()], "to": [last.isoformat()]}
    with transaction.atomic():
        worlds.settle_population(population)
        settle()
        found = ask({"measure": [measure], "recognised": ["any"], "figures": ["served"], **when}).durations.get("served")
        assert as_numbers(found) == served_by_hand(measure, day, last)
        transaction.set_rollback(True)


def as_numbers(found):
    if found is None:
        return None
    return found.arrests, found.known, found.median.at_least, found.median.at_most, found.total.at_least, found.total.at_most


def served_by_hand(measure, first, last):
    """Arrests, how many known, medians and totals of the bounds; None where nobody matches at all."""
    listed = [one for one in plain.custodies() if one.arrest.prisoner.visibility != "counted"]
    certain, possible = ([one for one in listed if matches(measure, one, first, last, sure)] for sure in (True, False))
    if not possible:
        return None
    known = [one for one in certain if is_known(one)]
    least = [max(0, (min(one.certain_until, last) - one.certain_from).days) for one in known]
    most = [days_at_most(one, last) for one in known]
    all_most = [days_at_most(one, last) for one in possible if is_known(one)]
    middle = (median(least), median(most)) if known else (None, None)
    return len(certain), len(known), *middle, sum(least) if known else None, sum(all_most) if all_most else None


def is_known(one):
    is_bounded = one.possible_from != plain.FIRST and one.certain_from != plain.LAST
    return is_bounded and one.arrest.prisoner.visibility == "named"


def days_at_most(one, last):
    return max(0, (min(one.possible_until, last) - one.possible_from).days)


def matches(measure, one, first, last, sure):
    if measure == "held":
        return one.is_held(last, sure)
    if measure == "ever":
        return (one.certain_from if sure else one.possible_from) <= last
    return one.ended_within(first, last, sure) and one.ended_by(measure == "deaths", sure)


def test_answer_without_figures_says_nothing_of_them():
    make_arrest()
    settle()
    assert asked("recognised=any").durations == {}
    assert "served" not in told("recognised=any")
