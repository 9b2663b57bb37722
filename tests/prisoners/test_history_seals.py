"""A change of the past shows: each way of tampering is tried, by somebody who can switch triggers off."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from prisoners.acting import acting
from prisoners.history.verifying import breaches, head
from prisoners.models import Name, Prisoner
from tests.factories import make_prisoner

pytestmark = pytest.mark.django_db(transaction=True)


def raw(query, *values):
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall() if cursor.description else []


def tamper(table, query):
    """As the owner of the database could."""
    raw(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    raw(query)
    raw(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture
def person():
    with acting(actor="alena"):
        person = make_prisoner("Jan Novik", state="draft")
        Prisoner.objects.filter(pk=person.pk).update(gender="male")
        Prisoner.objects.filter(pk=person.pk).update(gender="other")
    return person


def test_history_of_honest_changes_is_whole(person):
    Name.objects.all().delete()
    raw("TRUNCATE prisoners_name CASCADE")
    assert list(breaches()) == []
    assert raw("SELECT number - lag(number) OVER (ORDER BY number) FROM history_seal OFFSET 1")[-1] == (1,)


TAMPERING = {
    "entry changed": ("history_entry", "UPDATE history_entry SET actor = 'boris' WHERE id = {last}", {"seal"}),
    "entry removed": ("history_entry", "DELETE FROM history_entry WHERE id = {last}", {"seal", "record"}),
    "entry forged": (
        "history_entry",
        "INSERT INTO history_entry (batch, subject, action, before, actor, reason, recorded_at) "
        "SELECT nextval('history_batch'), subject, 'delete', after, actor, reason, now() FROM history_entry WHERE id = {last}",
        {"seal", "record"},
    ),
    "seal changed": ("history_seal", "UPDATE history_seal SET sealed_at = now() WHERE number = {seal}", {"chain"}),
    "seal removed": ("history_seal", "DELETE FROM history_seal WHERE number = {seal}", {"chain", "seal"}),
    "record changed": ("prisoners_prisoner", "UPDATE prisoners_prisoner SET gender = 'female'", {"record"}),
    "record removed": ("prisoners_name", "DELETE FROM prisoners_name", {"record"}),
    "record added": (
        "prisoners_agency",
        "INSERT INTO prisoners_agency (code, label, labels, standard, position) VALUES ('x', 'x', '{{}}', '', 0)",
        {"record"},
    ),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_shows(person, what):
    table, query, kinds = TAMPERING[what]
    (last,), (seal,) = raw("SELECT max(id) FROM history_entry")[0], raw("SELECT max(number) - 1 FROM history_seal")[0]
    tamper(table, query.format(last=last, seal=seal))
    assert {breach.kind for breach in breaches()} == kinds


def test_trigger_left_off_shows(person):
    raw("ALTER TABLE prisoners_name DISABLE TRIGGER history_update")
    assert [(breach.kind, breach.where) for breach in breaches()] == [("table", "prisoners_name")]


def test_end_cut_off_with_its_records_shows_by_a_seal_noted_before(person):
    _number, noted = head()
    tamper("history_seal", "DELETE FROM history_seal WHERE number = (SELECT max(number) FROM history_seal)")
    tamper("history_entry", "DELETE FROM history_entry WHERE id = (SELECT max(id) FROM history_entry)")
    tamper("prisoners_prisoner", "UPDATE prisoners_prisoner SET gender = 'male'")
    assert list(breaches()) == []
    assert [breach.kind for breach in breaches(expected=noted)] == ["chain"]


def test_column_added_later_changes_no_seal_and_no_comparison(person):
    raw("ALTER TABLE prisoners_prisoner ADD COLUMN height integer NOT NULL DEFAULT 170")
    assert list(breaches()) == []


def test_command_prints_the_newest_seal_or_what_is_wrong(person):
    out = StringIO()
    call_command("verify_history", json=True, stdout=out)
    number, noted = head()
    assert json.loads(out.getvalue()) == {"breaches": [], "seal": number, "hash": noted}
    tamper("prisoners_prisoner", "UPDATE prisoners_prisoner SET gender = 'female'")
    out = StringIO()
    with pytest.raises(CommandError, match="1 things"):
        call_command("verify_history", stdout=out)
    assert out.getvalue() == f"prisoners_prisoner:{person.pk}: Changed without a trace: gender.\n"
