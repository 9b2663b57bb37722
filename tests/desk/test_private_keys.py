"""Changing keys: what rotation does, what it says, and what happens to a text whose key is gone."""

import json
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.views.debug import SafeExceptionReporterFilter
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from desk.kept.models import KeptPost
from desk.models import FamilyContact, InternalNote
from desk.private import rotation
from desk.private.envelope import MISPLACED, NO_KEY
from desk.private.keys import KeyRing, NoKeyFits, new_key
from desk.private.rotation import Rotation, encrypted_models, rotate_private_keys
from tests.desk.private_world import KINDS, encrypted, make_private, raw, write_raw

OLD, NEW = new_key(), new_key()
VALUES = sum(len(encrypted(kind)) for kind in KINDS)

pytestmark = pytest.mark.django_db


@pytest.fixture
def records(settings):
    """One record of each kind under the old key; the new one is there too, and used from now on."""
    settings.PRIVATE_KEYS = [OLD]
    records = [make_private(kind, text="Анна, ") for kind in KINDS]
    settings.PRIVATE_KEYS = [NEW, OLD]
    return records


def tokens(records):
    return {(record.pk, field.name): raw(record, field.name) for record in records for field in encrypted(type(record))}


def rotate(*keys, dry_run=False):
    return rotate_private_keys(ring=KeyRing(keys), dry_run=dry_run)


def call(*arguments):
    """What the command prints, and what it complains of."""
    printed = StringIO()
    try:
        call_command("rotate_private_keys", *arguments, stdout=printed)
    except CommandError as error:
        return printed.getvalue(), str(error)
    return printed.getvalue(), ""


def test_every_model_with_encrypted_fields_is_rotated():
    found = {model: {field.name for field in fields} for model, fields in encrypted_models()}
    everywhere = {model for model in apps.get_models(include_auto_created=True) if encrypted(model)}
    assert found == {kind: {field.name for field in encrypted(kind)} for kind in [*KINDS, KeptPost]}
    assert {model for model in everywhere if getattr(model, "pgh_tracked_model", None) is None} == set(found)


def test_rotation_makes_every_text_readable_without_the_old_key(records, settings):
    assert rotate(NEW, OLD) == Rotation(values=VALUES, newest=0, rotated=VALUES)
    settings.PRIVATE_KEYS = [NEW]
    read = {
        (record.pk, f.name): getattr(type(record).objects.get(pk=record.pk), f.name)
        for record in records
        for f in encrypted(type(record))
    }
    assert read == {place: f"Анна, {place[1]}" for place in read}


def test_rotation_done_again_changes_nothing(records):
    rotate(NEW, OLD)
    before = tokens(records)
    assert rotate(NEW, OLD) == Rotation(values=VALUES, newest=VALUES, rotated=0)
    assert tokens(records) == before


def test_dry_run_counts_and_changes_nothing(records):
    before = tokens(records)
    assert rotate(NEW, OLD, dry_run=True) == Rotation(values=VALUES, newest=0, rotated=VALUES)
    assert tokens(records) == before


def test_rotation_leaves_when_a_record_was_changed(records):
    before = [type(record).objects.get(pk=record.pk).changed_at for record in records]
    rotate(NEW, OLD)
    assert [type(record).objects.get(pk=record.pk).changed_at for record in records] == before


def test_rotation_counts_no_empty_text(settings):
    settings.PRIVATE_KEYS = [OLD]
    record = make_private(FamilyContact, relation="", reach="", speaks="", note="")
    assert rotate(NEW, OLD) == Rotation(values=1, newest=0, rotated=1)
    assert raw(record, "reach") is None


@hypothesis(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(codec="utf-8"), min_size=1))
def test_any_text_is_the_same_after_a_rotation(text, settings):
    with transaction.atomic():
        settings.PRIVATE_KEYS = [OLD]
        note = make_private(InternalNote, text="")
        note.text = text
        note.save()
        assert rotate(NEW, OLD).rotated == 1
        settings.PRIVATE_KEYS = [NEW]
        assert InternalNote.objects.get().text == text
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_interrupted_rotation_keeps_what_is_done_and_the_next_does_the_rest(monkeypatch, settings):
    settings.PRIVATE_KEYS = [OLD]
    for _number in range(5):
        make_private(InternalNote)
    monkeypatch.setattr(rotation, "BATCH", 2)

    def interrupt(rows):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate_private_keys(ring=KeyRing([NEW, OLD]), dry_run=False, progress=interrupt)
    assert rotate(NEW, OLD, dry_run=True) == Rotation(values=5, newest=2, rotated=3)
    settings.PRIVATE_KEYS = [NEW, OLD]
    assert {note.text for note in InternalNote.objects.all()} == {"text"}
    assert rotate(NEW, OLD) == Rotation(values=5, newest=2, rotated=3)
    assert rotate(NEW) == Rotation(values=5, newest=5, rotated=0)


def test_rotation_tells_of_each_row_in_batches(monkeypatch):
    for _number in range(5):
        make_private(InternalNote)
    monkeypatch.setattr(rotation, "BATCH", 2)
    heard = []
    rotate_private_keys(ring=KeyRing([NEW]), dry_run=True, progress=heard.append)
    assert (heard, rotation.count_rows()) == ([2, 2, 1], 5)


def test_dropped_key_is_told_by_table_and_row_and_harms_nothing(settings):
    settings.PRIVATE_KEYS = [OLD]
    lost = make_private(InternalNote, text="CANARY ")
    settings.PRIVATE_KEYS = [NEW]
    make_private(FamilyContact)
    before = raw(lost, "text")
    printed, complaint = call()
    assert (
        printed
        == f"6 values: 5 had the newest key, 0 were encrypted with it.\ndesk_internalnote, row {lost.pk}, text: {NO_KEY}\n"
    )
    assert complaint == "1 of 6 values can't be read. Drop no key before they can."
    assert raw(lost, "text") == before


def test_text_out_of_place_is_rotated_and_told(settings):
    settings.PRIVATE_KEYS = [OLD]
    record = make_private(FamilyContact)
    write_raw(record, note=raw(record, "reach"))
    settings.PRIVATE_KEYS = [NEW, OLD]
    printed, complaint = call("--json")
    place = {"table": "desk_familycontact", "row": str(record.pk), "field": "note", "reason": str(MISPLACED)}
    assert json.loads(printed) == {"values": 5, "newest": 0, "rotated": 5, "problems": [place], "dry_run": False}
    assert complaint == "1 of 5 values can't be read. Drop no key before they can."
    settings.PRIVATE_KEYS = [NEW]
    assert str(FamilyContact.objects.get().note) == str(MISPLACED)


def test_command_says_what_it_did(records):
    assert call() == (f"{VALUES} values: 0 had the newest key, {VALUES} were encrypted with it.\n", "")
    assert call("--json") == (
        json.dumps({"values": VALUES, "newest": VALUES, "rotated": 0, "problems": [], "dry_run": False}) + "\n",
        "",
    )


def test_command_with_dry_run_says_what_it_would_do(records):
    assert call("--dry-run") == (f"{VALUES} values: 0 had the newest key, {VALUES} would be encrypted with it.\n", "")


def test_batch_locks_its_rows_unless_it_only_counts(records):
    # Of what was sent in vain there is nothing: it is looked for once.
    for dry_run, locks in ((False, 2 * len(KINDS) + 1), (True, 0)):
        with CaptureQueriesContext(connection) as captured:
            rotate(OLD, dry_run=dry_run)
        assert sum(query["sql"].endswith("FOR UPDATE") for query in captured) == locks


class TestRing:
    def test_newest_key_writes_and_every_key_reads(self):
        ring = KeyRing([NEW, OLD])
        assert KeyRing([NEW]).open(ring.seal("Анна")) == "Анна"
        assert ring.open(KeyRing([OLD]).seal("Анна")) == "Анна"
        with pytest.raises(NoKeyFits):
            KeyRing([OLD]).open(ring.seal("Анна"))

    def test_prints_show_no_key(self):
        assert [key for key in (NEW, OLD) if key in repr(KeyRing([NEW, OLD])) + str(vars(KeyRing([NEW, OLD])))] == []

    def test_error_pages_of_a_developer_hide_the_keys(self):
        assert (
            SafeExceptionReporterFilter().get_safe_settings()["PRIVATE_KEYS"] == SafeExceptionReporterFilter.cleansed_substitute
        )

    def test_new_keys_differ_and_fit(self, capsys):
        call_command("make_private_key")
        call_command("make_private_key", "--json")
        plain, written = capsys.readouterr().out.splitlines()
        keys = [plain, json.loads(written)["key"]]
        assert len(set(keys)) == 2
        assert [KeyRing([key]).open(KeyRing([key]).seal("Анна")) for key in keys] == ["Анна", "Анна"]
