"""The ledger is kept by the database whatever path a change takes, and each revision keeps what was known."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from counts.ledger import differences, settle
from counts.models import LedgerRow, Revision
from prisoners.models import (
    Charge,
    Facility,
    Prisoner,
    State,
    Statute,
    Stay,
    Treatment,
    Visibility,
)
from releases.models import Pardon, Release, Wave
from tests.counts import worlds
from tests.counts.asked import current, property_based
from tests.factories import as_operator, make_arrest, make_prisoner, recognise

pytestmark = pytest.mark.django_db


def newest_revision():
    return Revision.objects.values_list("number", flat=True).first() or 0


def raw(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
    settle()


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
