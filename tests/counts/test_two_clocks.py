"""What was once answered is answered so for ever; and of the past nobody is told more than now."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from counts.dimensions import DIMENSIONS
from counts.ledger import settle
from counts.models import VisibilityChange
from counts.problems import InvalidQuery
from prisoners.models import (
    Arrest,
    Prisoner,
    State,
    Visibility,
)
from tests.counts import histories, worlds
from tests.counts.past import ask, change, make_somebody, said, withdraw
from tests.factories import make_arrest, make_prisoner

pytestmark = pytest.mark.django_db
property_based = settings(
    max_examples=30,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
questions = st.fixed_dictionaries(
    {},
    optional={
        "by": st.sampled_from(sorted(DIMENSIONS)),
        "region": st.sampled_from(["BY-HM", "BY-BR", "unknown"]),
        "gender": st.sampled_from(["female", "male", "unknown"]),
        "recognised": st.sampled_from(["then", "ever", "any", "monitor"]),
        "status": st.sampled_from(["held", "released"]),
        "unit": st.sampled_from(["people", "arrests"]),
        "age_min": st.just("18"),
    },
)
periods = st.one_of(
    st.builds(lambda day: {"measure": "held", "on": str(day)}, worlds.DAYS),
    st.builds(lambda day: {"measure": "ever", "on": str(day)}, worlds.DAYS),
    st.builds(
        lambda measure, day, length: {"measure": measure, "from": str(day), "to": str(day + timedelta(days=length))},
        st.sampled_from(["arrests", "releases", "deaths"]),
        worlds.DAYS,
        st.integers(0, 500),
    ),
)


@property_based
@given(
    population=worlds.populations,
    edits=st.lists(histories.edits, min_size=1, max_size=6),
    asked=st.lists(st.tuples(periods, questions), min_size=1, max_size=3),
)
def test_cited_number_stays_whatever_is_changed_imported_merged_or_withdrawn_later(population, edits, asked):
    with transaction.atomic():
        worlds.make_recognised()
        worlds.settle_population(population)
        settle()
        cited, totals = [], []
        for number, edit in enumerate([None, *edits]):
            if edit:
                histories.apply(edit)
            period, question = asked[number % len(asked)]
            answered = ask_or_none({**period, **question})
            if answered:
                cited.append((answered.cited_query, said(answered)))
                totals.append((plain_total(period, answered), answered.revision))
        for query, told in cited:
            assert said(ask(query)) == told
        for (period, figures), revision in totals:
            assert ask({**period, "recognised": "any", "known": revision}).total == figures
        transaction.set_rollback(True)


def ask_or_none(query):
    """None where nobody public is recognised by the organisation any more, so that it can't be asked of."""
    try:
        return ask(query)
    except InvalidQuery:
        assert query.get("recognised") == "monitor"
        return None


def plain_total(period, answered):
    """The number of everybody, asked while the answer's revision is the newest."""
    found = ask({**period, "recognised": "any"})
    assert found.revision == answered.revision
    return period, found.total


@property_based
@given(population=worlds.populations, edits=st.lists(histories.edits, max_size=6), period=periods, question=questions)
def test_newest_revision_by_its_number_is_what_is_known_now(population, edits, period, question):
    with transaction.atomic():
        worlds.make_recognised()
        worlds.settle_population(population)
        settle()
        for edit in edits:
            histories.apply(edit)
        now = ask_or_none({**period, **question})
        if now:
            assert said(ask({**period, **question, "known": now.revision})) == said(now)
            assert said(ask(now.cited_query)) == said(now)
        transaction.set_rollback(True)


@pytest.fixture
def somebody():
    return make_somebody()


NARROWINGS = [
    "gender=female",
    "region=BY-HM",
    "occupation=lawyer",
    "article=by-cc-342",
    "facility=colony",
    "treatment=solitary",
    "recognised=monitor",
    "status=held",
    "age_min=20",
    "arrested_from=2020-01-01",
    "country=BY",
]


@pytest.mark.parametrize("narrowing", NARROWINGS)
def test_question_about_the_past_narrowed_to_somebody_withdrawn_since_leaves_them_out(somebody, narrowing):
    query = f"on=2022-01-01&{narrowing}"
    before = ask(query)
    withdraw(somebody)
    after = ask(f"{query}&known={before.revision}")
    assert (before.total.at_least, before.total.at_most) == (2, 2)
    assert (after.total.at_least, after.total.at_most) == (1, 1)
    assert said(ask(before.cited_query)) == said(before)


@pytest.mark.parametrize("by", sorted(set(DIMENSIONS) - {"year", "month", "status"}))
def test_breakdown_of_the_past_has_nobody_alone_who_was_withdrawn_since(somebody, by):
    before = ask(f"on=2022-01-01&recognised=any&by={by}")
    withdraw(somebody)
    after = ask(f"on=2022-01-01&recognised=any&by={by}&known={before.revision}")
    assert after.total == before.total
    assert after.only_counted.at_least == 1
    assert [group.only_counted.at_most for group in after.groups] == [0] * len(after.groups)
    assert sum(g.figures.at_most for g in before.groups) == 2 * sum(g.figures.at_most for g in after.groups)


@pytest.mark.parametrize(
    "change_to", [{"visibility": Visibility.INITIALS}, {"visibility": Visibility.COUNTED}, {"embargo_until": date(2030, 1, 1)}]
)
def test_whoever_is_told_less_of_since_is_in_totals_of_the_past_alone(somebody, change_to):
    before = ask("on=2022-01-01&gender=female")
    change(somebody, **change_to)
    after = ask(f"on=2022-01-01&gender=female&known={before.revision}")
    assert (after.total.at_least, ask(f"on=2022-01-01&known={before.revision}").total.at_least) == (1, 2)


def test_five_people_withdrawn_since_show_as_a_five_apart_from_those_who_were_only_counted():
    counted = [make_arrest(make_prisoner(visibility="counted", gender="male"), began="2020").prisoner for _ in range(4)]
    named = [make_arrest(make_prisoner(gender="male"), began="2020").prisoner for _ in range(6)]
    settle()
    before = ask("on=2022-01-01&recognised=any&by=gender")
    for person in named[:4]:
        withdraw(person)
    query = f"on=2022-01-01&recognised=any&by=gender&known={before.revision}"
    # Four and four: of neither is there a five, so neither may fill up the other.
    assert [(g.slug, g.figures.at_most) for g in ask(query).groups] == [("male", 2)]
    withdraw(named[4])
    assert [(g.slug, g.figures.at_most) for g in ask(query).groups] == [("male", 6)]
    assert len(counted) == 4


def test_somebody_published_again_is_counted_in_the_past_as_before(somebody):
    before = ask("on=2022-01-01&gender=female")
    withdraw(somebody)
    change(somebody, state=State.PUBLISHED)
    assert ask(f"on=2022-01-01&gender=female&known={before.revision}").total == before.total
    assert list(VisibilityChange.objects.values_list("visibility", flat=True)) == ["", "named"]


def test_question_cited_between_two_withdrawals_stays_as_it_was_answered(somebody):
    first = ask("on=2022-01-01&by=gender").revision
    other = Prisoner.objects.exclude(pk=somebody.pk).get()
    withdraw(somebody)
    between = ask(f"on=2022-01-01&by=gender&known={first}")
    withdraw(other)
    assert said(ask(between.cited_query)) == said(between)
    assert said(ask(f"on=2022-01-01&by=gender&known={first}")) != said(between)


def test_past_count_says_how_many_of_its_people_are_not_published_today(somebody):
    before = ask("on=2022-01-01&gender=female")
    assert before.not_published.at_most == 0
    withdraw(somebody)
    assert ask(before.cited_query).not_published.at_most == 1
    assert ask(f"on=2022-01-01&known={before.revision}").not_published.at_most == 1


def test_person_with_one_arrest_withdrawn_and_another_is_one_person_of_the_past():
    person = make_prisoner()
    gone = make_arrest(person, began="2020-01-01", ended="2020-02-01")
    make_arrest(person, began="2021-01-01")
    settle()
    before = ask("measure=ever&on=2022-01-01&recognised=any")
    Arrest.objects.filter(pk=gone.pk).delete()
    settle()
    after = ask(f"measure=ever&on=2022-01-01&recognised=any&known={before.revision}")
    assert (before.total.at_most, after.total.at_most, after.only_counted.at_most) == (1, 1, 0)
