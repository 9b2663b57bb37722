"""The ledger: kept by the database whatever path a change takes, and equal to a plain recount."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from counts import nameable
from counts.answering import answer
from counts.ledger import differences, settle
from counts.listing import Listing
from counts.models import LedgerRow, Revision
from prisoners.models import (
    Charge,
    Facility,
    Judgment,
    Prisoner,
    State,
    Statute,
    Stay,
    Treatment,
    Visibility,
)
from releases.models import Pardon, Release, Wave
from tests.counts import plain, worlds
from tests.factories import as_operator, make_arrest, make_prisoner, recognise

pytestmark = pytest.mark.django_db
TODAY = date(2024, 1, 15)
property_based = settings(
    max_examples=60,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def newest_revision():
    return Revision.objects.values_list("number", flat=True).first() or 0


def ask(query, today=TODAY):
    return answer(QueryDict(query), today=today, now=timezone.now())


def held(day=TODAY, basis="any"):
    total = ask(f"measure=held&on={day}&recognised={basis}").total
    return (total.at_least, total.at_most)


def raw(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
    settle()


def current(arrest):
    return LedgerRow.objects.current().get(arrest_id=arrest.pk)


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("visibility", Visibility.values)
def test_ledger_holds_whoever_is_published_but_internal(state, visibility):
    make_arrest(make_prisoner(state=state, visibility=visibility))
    settle()
    is_counted = state == "published" and visibility != "internal"
    assert list(LedgerRow.objects.values_list("visibility", flat=True)) == ([visibility] if is_counted else [])


def test_ledger_follows_a_change_of_each_record_made_in_plain_sql():
    arrest = make_arrest(began="2020-08-09", ended="2023-08-01")
    statute = Statute.objects.create(slug="by-cc-342", country="BY", law="CC", article="342", title="x")
    facility = Facility.objects.create(slug="f", name="F", country="BY")
    wave = Wave.objects.create(slug="w", title="W")
    pardon = Pardon.objects.create(slug="p", title="P", wave=wave)
    settle()
    raw(
        "INSERT INTO prisoners_charge (arrest_id, statute_id, status) VALUES (%s, %s, 'pending')",
        arrest.pk,
        statute.pk,
    )
    assert current(arrest).articles == [statute.pk]
    raw("INSERT INTO prisoners_treatment (arrest_id, kind_id, account, severity) VALUES (%s, 'torture', '', 'light')", arrest.pk)
    assert current(arrest).treatments == ["torture"]
    raw("INSERT INTO prisoners_stay (arrest_id, facility_id) VALUES (%s, %s)", arrest.pk, facility.pk)
    assert current(arrest).facilities == [facility.pk]
    raw(
        "INSERT INTO prisoners_prisoner_occupations (prisoner_id, occupation_id) VALUES (%s, 'lawyer')",
        arrest.prisoner_id,
    )
    assert current(arrest).occupations == ["lawyer"]
    raw(
        "INSERT INTO releases_release (arrest_id, mechanism_id, pardon_id, liberty_after, verification, note)"
        " VALUES (%s, 'pardon', %s, 'free', 'announced', '')",
        arrest.pk,
        pardon.pk,
    )
    assert (current(arrest).mechanism, current(arrest).pardon_id, current(arrest).wave_id) == ("pardon", pardon.pk, wave.pk)
    other = Wave.objects.create(slug="o", title="O")
    raw("UPDATE releases_pardon SET wave_id = %s WHERE id = %s", other.pk, pardon.pk)
    assert current(arrest).wave_id == other.pk
    raw("UPDATE releases_mechanism SET is_death = true WHERE code = 'pardon'")
    assert current(arrest).is_death is True
    raw("UPDATE prisoners_prisoner SET gender = 'female' WHERE id = %s", arrest.prisoner_id)
    assert current(arrest).gender == "female"
    raw("UPDATE prisoners_arrest SET region = 'BY-HM' WHERE id = %s", arrest.pk)
    assert current(arrest).region == "BY-HM"
    raw("DELETE FROM prisoners_charge")
    assert current(arrest).articles == []
    raw("TRUNCATE prisoners_treatment CASCADE")
    assert current(arrest).treatments == []
    raw("UPDATE prisoners_prisoner SET state = 'withdrawn'")
    assert not LedgerRow.objects.current().exists()


def test_judgment_end_makes_custody_unconfirmed_the_day_after():
    arrest = make_arrest(began="2020-08-09", last_confirmed_on=date(2023, 12, 1))
    Judgment.objects.create(arrest=arrest, ends="2024-01-10")
    settle()
    assert [ask(f"on={day}&recognised=any").total.not_confirmed for day in ("2024-01-10", "2024-01-11")] == [0, 1]


def test_custody_not_confirmed_for_a_year_is_counted_and_named_apart():
    make_arrest(began="2020-08-09", last_confirmed_on=date(2023, 1, 15))
    settle()
    figures = [ask(f"on={day}&recognised=any").total for day in ("2024-01-14", "2024-01-15")]
    assert [(f.at_least, f.not_confirmed) for f in figures] == [(1, 0), (1, 1)]


def test_revision_is_written_once_a_transaction_and_only_for_what_can_be_counted():
    arrest = make_arrest()
    settle()
    before = newest_revision()
    arrest.circumstances = "At home"
    arrest.save()
    settle()
    assert newest_revision() == before
    recognise(arrest)
    Charge.objects.create(arrest=arrest, statute=Statute.objects.create(slug="s", country="BY", law="CC", article="1", title="x"))
    settle()
    assert newest_revision() == before + 1


def test_closed_rows_keep_what_was_known():
    arrest = make_arrest(region="BY-HM")
    settle()
    arrest.region = "BY-BR"
    arrest.save()
    settle()
    rows = LedgerRow.objects.filter(arrest_id=arrest.pk).order_by("known_from")
    newest = newest_revision()
    assert list(rows.values_list("region", "known_until")) == [("BY-HM", newest), ("BY-BR", None)]


def test_rolled_back_change_leaves_no_trace():
    arrest = make_arrest()
    settle()
    before = Revision.objects.count()
    with transaction.atomic():
        recognise(arrest)
        transaction.set_rollback(True)
    settle()
    assert (Revision.objects.count(), list(differences())) == (before, [])


def test_deleting_a_person_closes_their_rows():
    arrest = make_arrest()
    settle()
    arrest.prisoner.delete()
    settle()
    assert (LedgerRow.objects.current().count(), LedgerRow.objects.count()) == (0, 1)


@pytest.mark.parametrize(
    ("began", "ended", "on", "expected"),
    [
        ("2020-08-09", None, "2020-08-08", (0, 0)),
        ("2020-08-09", None, "2020-08-09", (1, 1)),
        ("2020-08-09", "2020-08-12", "2020-08-11", (1, 1)),
        ("2020-08-09", "2020-08-12", "2020-08-12", (0, 0)),
        ("2020-08", "2023", "2020-08-15", (0, 1)),
        ("2020-08", "2023", "2020-09-01", (1, 1)),
        ("2020-08", "2023", "2020-08-30", (0, 1)),
        ("2020-08", "2023", "2020-08-31", (1, 1)),
        ("2020-08", "2023", "2022-12-31", (1, 1)),
        ("2020-08", "2023", "2023-01-01", (0, 1)),
        ("2020-08", "2023", "2023-12-30", (0, 1)),
        ("2020-08", "2023", "2023-12-31", (0, 0)),
        ("2020-08-09", "../2023-05-01", "2021-01-01", (0, 1)),
        ("2020-08-09/..", None, "2099-01-01", (0, 1)),
        (None, None, "1900-01-01", (0, 1)),
    ],
)
def test_uncertain_custody_counts_between_its_bounds(began, ended, on, expected):
    make_arrest(began=began, ended=ended)
    settle()
    assert held(on) == expected


def test_unknown_beginning_counts_certainly_from_its_confirmation():
    make_arrest(began=None, last_confirmed_on=date(2020, 9, 30))
    settle()
    assert [held(day) for day in ("2020-09-29", "2020-09-30")] == [(0, 1), (1, 1)]


def test_death_ends_custody_and_is_never_a_release():
    make_arrest(make_prisoner(died="2021-05-05"), began="2020-08-09")
    settle()
    assert [held(day) for day in ("2021-05-04", "2021-05-05")] == [(1, 1), (0, 0)]
    counts = [ask(f"measure={m}&from=2021-01-01&to=2021-12-31&recognised=any").total.at_least for m in ("deaths", "releases")]
    assert counts == [1, 0]


@pytest.mark.parametrize(
    ("died", "ended", "deaths", "releases"),
    [
        ("2021-05-05", "2021-05-05", (1, 1), (0, 0)),
        ("2021-05-05", "2021-05-05/2021-05-06", (1, 1), (0, 0)),
        ("2021-05", "2021-05", (0, 1), (0, 1)),
        ("2021-05", "2021-04-30", (0, 0), (1, 1)),
        ("../2021-05-05", "2021-05-05", (0, 1), (0, 0)),
        ("2021-05-05/..", "2021-05-05", (0, 1), (0, 1)),
    ],
)
def test_end_that_no_release_explains_is_a_death_as_far_as_the_dates_say_so(died, ended, deaths, releases):
    make_arrest(make_prisoner(died=died), began="2020-08-09", ended=ended)
    settle()
    period = "from=2021-01-01&to=2021-12-31&recognised=any"
    found = [ask(f"measure={measure}&{period}").total for measure in ("deaths", "releases")]
    assert [(one.at_least, one.at_most) for one in found] == [deaths, releases]


def test_custody_that_ended_certainly_began_though_nobody_knows_when():
    Release.objects.create(arrest=make_arrest(began=None, ended="2021-05-05"), mechanism_id="pardon")
    settle()
    asked = ["measure=ever&on=2021-05-04", "measure=ever&on=2021-05-05", "measure=held&on=2021-05-04"]
    found = [ask(f"{query}&recognised=any").total for query in asked]
    assert [(one.at_least, one.at_most) for one in found] == [(0, 1), (1, 1), (0, 1)]


@pytest.mark.parametrize(("confirmed", "at_most"), [(date(2023, 12, 1), 0), (None, 1)])
def test_somebody_who_can_be_in_custody_again_is_not_certainly_released(confirmed, at_most):
    person = make_prisoner()
    make_arrest(person, began="2020-08-09", ended="2020-08-24")
    make_arrest(person, began=None, last_confirmed_on=confirmed)
    settle()
    found = Listing(QueryDict("status=released"), today=date(2024, 1, 15)).total
    assert (found.at_least, found.at_most) == (0, at_most)


@pytest.mark.parametrize(
    ("stays", "expected"),
    [
        ([("remand", None), ("colony", "2021")], {"remand": (0, 1), "colony": (0, 1)}),
        ([("remand", None), ("colony", "2021-03-01")], {"colony": (1, 1)}),
        ([("remand", None), ("colony", None)], {"remand": (0, 1), "colony": (0, 1)}),
        ([("remand", "2020-08-09"), ("colony", "2020-08-09")], {"colony": (1, 1)}),
        ([("remand", "2020-08-09"), ("colony", "2021/..")], {"remand": (0, 1), "colony": (0, 1)}),
        ([("remand", "2020-08-09"), ("colony", "../2022")], {"remand": (0, 1), "colony": (0, 1)}),
    ],
)
def test_place_on_a_day_follows_from_what_is_known_of_the_moves(stays, expected):
    arrest = make_arrest(began="2020-08-09")
    for slug, began in stays:
        Stay.objects.create(arrest=arrest, facility=Facility.objects.create(slug=slug, name=slug, country="BY"), began=began)
    settle()
    groups = ask("by=facility&on=2021-06-01&recognised=any").groups
    assert {group.slug: (group.figures.at_least, group.figures.at_most) for group in groups} == expected


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("1990", {"30-44": (1, 1)}),
        ("1950/2000", {"18-29": (0, 1), "30-44": (0, 1), "45-59": (0, 1), "60+": (0, 1)}),
        ("../1990", {"30-44": (0, 1), "45-59": (0, 1), "60+": (0, 1)}),
        ("../1950", {"60+": (1, 1)}),
        ("2010/..", {"0-17": (1, 1)}),
        (None, {"unknown": (1, 1)}),
    ],
)
def test_person_counts_once_in_each_band_of_ages_that_the_birth_leaves_open(born, expected):
    make_arrest(make_prisoner(born=born), began="2020-08-09")
    settle()
    groups = ask("by=age&on=2024-06-01&recognised=any").groups
    assert {group.slug: (group.figures.at_least, group.figures.at_most) for group in groups} == expected


@pytest.mark.parametrize("side", ["released_from=2020-01-01", "released_to=2023-12-31", "died_from=2020-01-01"])
def test_nobody_still_held_has_been_released_or_died(side):
    make_arrest(began="2020-08-09")
    settle()
    assert ask(f"measure=ever&recognised=any&{side}").total.at_most == 0


def test_recognition_counts_as_was_said_at_the_time():
    arrest = make_arrest(began="2020-08-09")
    recognise(arrest, made_on="2021-02", withdrawn_on="2022-03-01")
    settle()
    days = ("2021-01-31", "2021-02-10", "2021-02-28", "2022-02-28", "2022-03-01")
    assert [held(day, "then") for day in days] == [(0, 0), (0, 1), (1, 1), (1, 1), (0, 0)]
    assert [held(day, "ever") for day in days] == [(1, 1)] * 5
    assert [held(day, "monitor") for day in days] == [(0, 0), (0, 1), (1, 1), (1, 1), (0, 0)]


def test_person_arrested_twice_is_counted_once_among_people_and_twice_among_arrests():
    person = make_prisoner()
    make_arrest(person, began="2020-08-09", ended="2021-01-01")
    make_arrest(person, began="2023-01-01")
    settle()
    period = "measure=arrests&from=2020-01-01&to=2023-12-31&recognised=any"
    assert [ask(f"{period}&unit={unit}").total.at_most for unit in ("people", "arrests")] == [1, 2]


@property_based
@given(population=worlds.populations, data=st.data(), length=st.integers(0, 300))
def test_counts_of_any_population_equal_a_plain_recount(population, data, length):
    with transaction.atomic():
        worlds.settle_population(population)
        settle()
        assert list(differences()) == []
        # Mistakes are by one day at the edges: ask on those days and beside them.
        edge = data.draw(st.sampled_from(plain.edges() or [TODAY]))
        day = edge + timedelta(days=data.draw(st.integers(-1, 1)))
        first, last = day, day + timedelta(days=length)
        lives = list(plain.custodies())
        for sure, side in ((True, "at_least"), (False, "at_most")):
            recounts = {
                f"on={day}&recognised=any": [c for c in lives if c.is_held(day, sure)],
                f"on={day}": [c for c in lives if c.is_held(day, sure) and c.is_recognised(day, sure)],
                f"measure=arrests&from={first}&to={last}&recognised=any": [c for c in lives if c.began_within(first, last, sure)],
                f"measure=releases&from={first}&to={last}&recognised=any": [
                    c for c in lives if c.ended_by(False, sure) and c.ended_within(first, last, sure)
                ],
                f"measure=deaths&from={first}&to={last}&recognised=any": [
                    c for c in lives if c.ended_by(True, sure) and c.ended_within(first, last, sure)
                ],
            }
            if nameable.organisations().filter(slug="watch").exists():
                recounts[f"on={day}&recognised=watch"] = [
                    c
                    for c in lives
                    if c.is_held(day, sure) and c.is_recognised(day, sure, "watch") and c.arrest.prisoner.visibility != "counted"
                ]
            for query, matching in recounts.items():
                assert (query, side, getattr(ask(query).total, side)) == (query, side, plain.people(matching))
        transaction.set_rollback(True)


@property_based
@given(
    population=worlds.populations,
    edits=st.lists(
        st.tuples(
            st.integers(0, 9), st.sampled_from(["dates", "withdraw", "delete", "publish", "counted", "embargo"]), worlds.DAYS
        )
    ),
)
def test_ledger_equals_the_records_after_any_edits(population, edits):
    with transaction.atomic():
        worlds.settle_population(population)
        settle()
        for number, kind, day in edits:
            worlds.unless_refused(lambda number=number, kind=kind, day=day: edit(number, kind, day))
            settle()
        assert list(differences()) == []
        transaction.set_rollback(True)


def edit(number, kind, day):
    people = list(Prisoner.objects.order_by("pk"))
    if not people:
        return
    person = people[number % len(people)]
    if kind == "dates":
        Release.objects.filter(arrest__prisoner=person).delete()
        person.arrests.update(began=day.isoformat(), ended=None)
    elif kind == "withdraw":
        Prisoner.objects.filter(pk=person.pk).update(state="withdrawn")
    elif kind == "publish":
        with as_operator():
            Prisoner.objects.filter(pk=person.pk).update(state="published", visibility="named", embargo_until=None)
    elif kind == "counted":
        with as_operator():
            Prisoner.objects.filter(pk=person.pk).update(state="published", visibility="counted")
    elif kind == "embargo":
        Prisoner.objects.filter(pk=person.pk).update(embargo_until=day)
    elif kind == "delete":
        Release.objects.filter(arrest__prisoner=person).delete()
        person.delete()
    else:
        for arrest in person.arrests.all():
            Treatment.objects.create(arrest=arrest, kind_id="solitary")
            Stay.objects.create(arrest=arrest, facility=Facility.objects.get_or_create(slug="f", name="F", country="BY")[0])


def test_verify_ledger_names_a_difference_and_repairs_it(capsys):
    arrest = make_arrest(region="BY-HM")
    settle()
    LedgerRow.objects.current().update(region="BY-BR")
    with pytest.raises(CommandError, match="differs from the records in 1 arrests"):
        call_command("verify_ledger")
    assert f"arrest {arrest.pk}\n" in capsys.readouterr().out
    call_command("verify_ledger", repair=True)
    assert capsys.readouterr().out.endswith("The ledger has been repaired.\n")
    call_command("verify_ledger")
    assert (capsys.readouterr().out, current(arrest).region) == ("The ledger equals the records.\n", "BY-HM")
