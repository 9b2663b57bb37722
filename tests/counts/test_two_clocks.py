"""What was once answered is answered so for ever; and of the past nobody is told more than now."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from counts.answering import answer
from counts.clock import parsed
from counts.dimensions import DIMENSIONS
from counts.ledger import settle
from counts.models import Revision, VisibilityChange
from counts.problems import InvalidQuery
from prisoners.models import (
    Arrest,
    Charge,
    Facility,
    Name,
    Occupation,
    Organisation,
    Prisoner,
    State,
    Statute,
    Stay,
    Treatment,
    Visibility,
)
from tests.counts import histories, worlds
from tests.factories import as_operator, make_arrest, make_prisoner, recognise

pytestmark = pytest.mark.django_db
TODAY = date(2022, 1, 15)
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


def ask(query, now=None):
    data = QueryDict(query) if isinstance(query, str) else QueryDict("&".join(f"{k}={v}" for k, v in query.items()))
    return answer(data, today=TODAY, now=now or timezone.now())


def said(answered):
    """All that an answer says, but for how many of its people have no page today."""
    told = answered.as_dict(url="", text="")
    del told["not_published"]
    return told


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
    """One person with a value of everything, beside whom somebody else keeps the values valid."""
    statute = Statute.objects.create(slug="by-cc-342", country="BY", law="CC", article="342", title="x")
    colony = Facility.objects.create(slug="colony", name="Colony", country="BY")
    people = [make_prisoner(gender="female", born="1990-05-17") for _ in range(2)]
    for person, began in zip(people, ("2020-08-09", "2021-05-05"), strict=True):
        person.occupations.add(Occupation.objects.get(code="lawyer"))
        arrest = make_arrest(person, began=began, region="BY-HM")
        recognise(arrest, made_on=began)
        Charge.objects.create(arrest=arrest, statute=statute)
        Stay.objects.create(arrest=arrest, facility=colony, began=began)
        Treatment.objects.create(arrest=arrest, kind_id="solitary")
    settle()
    return people[0]


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


def withdraw(person):
    change(person, state=State.WITHDRAWN)


def change(person, **fields):
    with as_operator():
        for name, value in fields.items():
            setattr(person, name, value)
        person.save()
    settle()


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


def test_seal_of_another_question_is_refused(somebody):
    seal = ask("on=2022-01-01&gender=female").sealed
    for query in ("on=2022-01-01&gender=male", "on=2022-01-02&gender=female", "on=2022-01-01"):
        exact = ask(query).exact_query
        with pytest.raises(InvalidQuery, match="changed after it was cited"):
            ask(f"{exact}&known={seal}")


@pytest.mark.parametrize("alteration", [lambda s: f"1{s[1:]}x"[:-1] + "A", lambda s: s.replace(".", "-9.")])
def test_altered_seal_is_refused(somebody, alteration):
    change(somebody, gender="male")
    answered = ask("on=2022-01-01")
    with pytest.raises(InvalidQuery):
        ask(f"{answered.exact_query}&known={alteration(answered.sealed)}")


def test_parameters_of_a_citation_may_stand_in_any_order(somebody):
    answered = ask("on=2022-01-01&gender=female&gender=male&by=region")
    turned = ask("&".join(reversed(answered.cited_query.split("&"))))
    assert (turned.total, turned.groups, turned.filters) == (answered.total, answered.groups, {"gender": ["male", "female"]})


def test_citation_may_leave_out_what_is_meant_without_saying(somebody):
    answered = ask("on=2022-01-01&gender=female&by=region")
    short = "&".join(
        part for part in answered.cited_query.split("&") if part.split("=")[0] not in ("measure", "unit", "recognised")
    )
    change(somebody, gender="male")
    assert (said(ask(short)), "measure" in short) == (said(answered), False)


@pytest.mark.parametrize("known", ["0", "99", "2030-01-01", "2030-01-01T00:00:00Z", "yesterday", "2020-13-01", "1.abc", "-1"])
def test_moment_that_cant_be_known_is_refused(somebody, known):
    with pytest.raises(InvalidQuery) as refused:
        ask(f"known={known}", now=datetime(2026, 1, 1, tzinfo=UTC))
    assert [problem.parameter for problem in refused.value.problems] == ["known"]


def test_search_goes_with_the_present_alone(somebody):
    Name.objects.filter(prisoner=somebody).update(text="Alena Fictional")
    now = ask("q=Alena&on=2022-01-01")
    assert (now.total.at_most, now.sealed, "known" in now.cited_query) == (1, "", False)
    withdraw(somebody)
    with pytest.raises(InvalidQuery) as refused:
        ask(f"q=Alena&known={now.revision}")
    assert [problem.parameter for problem in refused.value.problems] == ["q"]


def move_revisions(**days):
    """Date revisions by hand, as if they had been recorded then."""
    for number, moment in days.items():
        Revision.objects.filter(number=int(number[1:])).update(recorded_at=moment)


def test_moment_finds_the_last_revision_recorded_by_then():
    for gender in ("female", "male", "unknown"):
        make_arrest(make_prisoner(gender=gender))
        settle()
    noon = datetime(2024, 2, 1, 12, 0, 0, 500_000, tzinfo=UTC)
    move_revisions(r1=noon - timedelta(days=1), r2=noon, r3=noon + timedelta(days=1))
    asked = {
        "2024-01-30": 0,
        "2024-01-31": 1,
        "2024-02-01": 2,
        "2024-02-01T12:00:00Z": 2,
        "2024-02-01T14:00:00%2B02:00": 2,
        "2024-02-01T12:00:00.499999Z": 1,
        "2024-02-01T11:59Z": 1,
        "2024-02-03": 3,
    }
    found = {known: ask(f"recognised=any&known={known}") for known in asked}
    assert {known: answered.revision for known, answered in found.items()} == asked
    assert {known: answered.total.at_most for known, answered in found.items()} == asked


def test_moment_that_an_answer_says_finds_the_same_revision():
    make_arrest()
    settle()
    answered = ask("recognised=any").as_dict(url="", text="")
    assert ask(f"recognised=any&known={answered['known']}").revision == answered["revision"]


def test_record_renamed_since_is_still_found_by_a_citation(somebody):
    answered = ask("on=2022-01-01&facility=colony&by=article")
    Facility.objects.update(slug="renamed")
    Statute.objects.update(slug="other")
    Facility.objects.create(slug="colony", name="Another", country="BY")
    change(somebody, gender="male")
    again = ask(answered.cited_query)
    assert again.total == answered.total
    assert [(g.slug, g.figures) for g in again.groups] == [("other", g.figures) for g in answered.groups]


@pytest.mark.parametrize(
    "narrowing", ["facility=colony", "article=by-cc-342", "recognised=monitor", "recognised=any&gender=female"]
)
def test_series_beside_another_is_cited_with_records_as_they_were_called(somebody, narrowing):
    answered = ask(f"from=2020-08-01&to=2021-12-31&step=month&beside=arrests&beside=ever&{narrowing}")
    assert [beside.total.at_most for beside in answered.beside] == [2, 2]
    Facility.objects.update(slug="renamed")
    Statute.objects.update(slug="other")
    Organisation.objects.update(slug="watch")
    Facility.objects.create(slug="colony", name="Another", country="BY")
    for person in Prisoner.objects.all():
        withdraw(person)
    again = ask(answered.cited_query)
    assert (again.total, again.series, again.beside) == (answered.total, answered.series, answered.beside)


def test_record_deleted_since_is_still_counted_and_called_by_its_last_name(somebody):
    answered = ask("on=2022-01-01&by=facility")
    narrowed = ask("on=2022-01-01&facility=colony")
    Stay.objects.all().delete()
    Facility.objects.all().delete()
    settle()
    again = ask(answered.cited_query)
    assert [(g.slug, g.label, g.figures, g.is_gone) for g in again.groups] == [
        ("colony", "Colony", answered.groups[0].figures, True)
    ]
    assert again.list_query(again.groups[0]) is None
    assert ask(narrowed.cited_query).total == narrowed.total


def test_seals_are_of_one_database_alone(somebody):
    answered = ask("on=2022-01-01")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE counts_sealkey SET key = sha256(key)")
    with pytest.raises(InvalidQuery, match="changed after"):
        ask(answered.cited_query)


def test_every_value_of_known_reads_or_is_refused():
    refused = []
    for text, tail in product(["812", "812-900", "2024-02-01", "2024-02-01T00:00:00"], ["", "Z", ".", ".5Z", "." + "A" * 22]):
        try:
            known = parsed(text + tail)
        except ValidationError as error:
            refused.append((text + tail, error.code))
        else:
            assert (known.revision is None) != (known.before is None)
    assert {code for _written, code in refused} == {"not_known"}
