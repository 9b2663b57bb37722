"""Private texts: plain on their record, encrypted in the database, readable on the record and field they were written for."""

import uuid

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.kept.models import KeptPost
from desk.models import FamilyContact, InternalNote
from desk.private.envelope import MISPLACED, NO_KEY, Unreadable
from desk.private.fields import EncryptedTextField
from desk.private.keys import new_key
from desk.private.models import PrivateRecord
from tests.desk.private_world import KINDS, encrypted, make_private, raw, write_raw
from tests.factories import make_arrest, make_prisoner
from tests.own import own_apps

pytestmark = pytest.mark.django_db
SHAPE = "desk_familycontact_reach_check"


def again(record):
    """As the database gives it."""
    return type(record)._default_manager.get(pk=record.pk)


def texts(record):
    return {field.name: getattr(record, field.name) for field in encrypted(type(record))}


def reason(value):
    assert isinstance(value, Unreadable), value
    return value.reason


@pytest.mark.parametrize("kind", KINDS)
def test_record_gives_back_what_was_written(kind):
    record = make_private(kind, text="Анна Новік, ")
    assert texts(again(record)) == {field.name: f"Анна Новік, {field.name}" for field in encrypted(kind)}


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(codec="utf-8")))
def test_any_text_comes_back_as_it_was(text):
    with transaction.atomic():
        record = make_private(FamilyContact, note=text)
        assert again(record).note == text
        transaction.set_rollback(True)


@pytest.mark.parametrize("empty", ["", None])
def test_empty_text_is_null_and_comes_back_empty(empty):
    record = make_private(FamilyContact, reach=empty)
    assert (raw(record, "reach"), again(record).reach) == (None, "")
    assert list(FamilyContact.objects.filter(reach__isnull=True)) == [record]
    assert list(FamilyContact.objects.filter(note__isnull=True)) == []


def test_empty_text_where_one_is_needed_is_refused():
    with pytest.raises(IntegrityError, match='null value in column "name"'):
        make_private(FamilyContact, name="")


def test_same_text_is_never_encrypted_alike():
    one, other = make_private(FamilyContact, name="Anna"), make_private(FamilyContact, name="Anna")
    assert raw(one, "name") != raw(other, "name")


def test_unchanged_text_keeps_its_ciphertext_and_a_changed_one_does_not():
    record = make_private(FamilyContact)
    before = {name: raw(record, name) for name in ("name", "reach")}
    record = again(record)
    record.name, record.reach = "name", "another"
    record.save()
    assert (raw(record, "name") == before["name"], raw(record, "reach") == before["reach"]) == (True, False)
    assert (again(record).name, again(record).reach) == ("name", "another")


def test_record_saved_twice_without_change_keeps_its_ciphertext():
    record = make_private(FamilyContact)
    before = raw(record, "name")
    record.save()
    assert (raw(record, "name"), record.name) == (before, "name")


def test_field_left_out_when_read_is_not_emptied():
    record = make_private(FamilyContact)
    partly = FamilyContact.objects.defer("name", "note").get()
    partly.save(update_fields=["name", "changed_at"])
    partly.save()
    assert texts(again(record)) == texts(record)


def test_refreshed_record_shows_what_a_colleague_wrote():
    record, colleagues = make_private(FamilyContact), FamilyContact.objects.get()
    colleagues.name = "Another"
    colleagues.save()
    record.refresh_from_db()
    assert record.name == "Another"


def test_bulk_create_encrypts_too():
    person = make_prisoner()
    InternalNote.objects.bulk_create([InternalNote(prisoner=person, entered_by="e", text=f"Note {n}") for n in (1, 2)])
    assert sorted(note.text for note in InternalNote.objects.all()) == ["Note 1", "Note 2"]
    assert all(raw(note, "text").startswith("gAAAA") for note in InternalNote.objects.all())


class TestMoved:
    """A ciphertext is worth nothing anywhere else."""

    def test_to_another_field_is_refused(self):
        record = make_private(FamilyContact)
        write_raw(record, name=raw(record, "reach"))
        assert (reason(again(record).name), again(record).reach) == (MISPLACED, "reach")

    def test_to_another_row_of_the_same_person_is_refused(self):
        person = make_prisoner()
        one, other = make_private(FamilyContact, person), make_private(FamilyContact, person)
        write_raw(one, reach=raw(other, "reach"))
        assert (reason(again(one).reach), again(one).name) == (MISPLACED, "name")

    def test_with_its_row_to_another_person_is_refused(self):
        record = make_private(FamilyContact)
        write_raw(record, prisoner_id=make_prisoner().pk)
        assert {reason(value) for value in texts(again(record)).values()} == {MISPLACED}

    def test_with_its_row_from_a_person_to_an_arrest_is_refused(self):
        note = make_private(InternalNote)
        write_raw(note, prisoner_id=None, arrest_id=make_arrest().pk)
        assert reason(again(note).text) == MISPLACED

    def test_to_another_table_is_refused(self):
        person, same = make_prisoner(), uuid.uuid4()
        contact = make_private(FamilyContact, person, id=same)
        note = make_private(InternalNote, person, id=same)
        write_raw(note, text=raw(contact, "note"))
        assert reason(again(note).text) == MISPLACED

    @pytest.mark.parametrize("is_read", [True, False])
    def test_with_its_record_given_to_another_person_is_written_anew(self, is_read):
        record, other = again(make_private(FamilyContact)), make_prisoner()
        if is_read:
            assert record.name == "name"
        record.prisoner = other
        record.save()
        assert set(texts(again(record)).items()) == {(name, name) for name in texts(record)}
        assert again(record).prisoner == other

    def test_with_its_record_copied_is_written_anew(self):
        record = again(make_private(InternalNote))
        record.pk, record._state.adding = uuid.uuid4(), True
        record.save()
        assert [note.text for note in InternalNote.objects.all()] == ["text", "text"]

    def test_and_given_to_another_person_stays_refused(self):
        record = make_private(FamilyContact)
        write_raw(record, name=raw(record, "reach"))
        record, before = again(record), raw(record, "name")
        record.prisoner = make_prisoner()
        record.save()
        assert (reason(again(record).name), raw(record, "name"), again(record).reach) == (MISPLACED, before, "reach")


class TestUnreadable:
    @pytest.fixture
    def record(self, settings):
        record = make_private(FamilyContact)
        settings.PRIVATE_KEYS = [new_key()]
        return again(record)

    def test_text_without_its_key_says_what_to_do(self, record):
        assert {reason(value) for value in texts(record).values()} == {NO_KEY}
        assert str(record.name).startswith("This can’t be read: no key in PRIVATE_KEYS opens it. Ask whoever runs the site")

    def test_record_saved_without_its_key_keeps_its_ciphertext(self, record):
        before = {field.name: raw(record, field.name) for field in encrypted(FamilyContact)}
        record.refresh_from_db()
        record.full_clean()
        record.name = record.name
        record.save()
        assert {name: raw(record, name) for name in before} == before

    def test_text_written_over_is_readable_again(self, record):
        record.name = "Known again"
        record.save()
        assert again(record).name == "Known again"

    def test_changed_ciphertext_is_refused(self):
        record = make_private(FamilyContact)
        token = raw(record, "name")
        write_raw(record, name=token[:60] + ("A" if token[60] != "A" else "B") + token[61:])
        assert reason(again(record).name) == NO_KEY

    def test_ciphertext_of_the_right_key_without_a_place_is_refused(self, settings):
        record = make_private(FamilyContact)
        write_raw(record, name=Fernet(settings.PRIVATE_KEYS[0]).encrypt(b"Anna").decode())
        assert reason(again(record).name) == MISPLACED


class TestPlainTextIsRefused:
    @pytest.mark.parametrize("asked", ["name", "name__icontains", "name__in", "name__gt", "name__upper", "name__regex"])
    def test_condition_is_refused_with_the_one_that_is_allowed(self, asked):
        with pytest.raises(
            FieldError, match=r"desk.FamilyContact.name is encrypted: it can’t be searched.*only asked for by isnull"
        ):
            FamilyContact.objects.filter(**{asked: "Anna"}).exists()

    def test_update_is_refused(self):
        make_private(FamilyContact)
        with pytest.raises(TypeError, match="write it by saving its record"):
            FamilyContact.objects.update(name="Anna")

    def test_bulk_update_is_refused(self):
        record = make_private(FamilyContact)
        record.name = "Anna"
        with pytest.raises(TypeError, match="write it by saving its record"):
            FamilyContact.objects.bulk_update([record], ["name"])

    @pytest.mark.parametrize("plain", ["+375 29 000 00 00", "gAAAA", "gAAAAB and more", ""])
    def test_raw_statement_is_refused_by_the_database(self, plain):
        record = make_private(FamilyContact)
        with pytest.raises(IntegrityError, match=SHAPE), transaction.atomic():
            write_raw(record, reach=plain)
        assert again(record).reach == "reach"

    def test_every_column_has_that_rule(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT conname FROM pg_constraint WHERE conname LIKE 'desk%%check'")
            rules = {name for (name,) in cursor.fetchall()}
        assert {f"{kind._meta.db_table}_{field.column}_check" for kind in KINDS for field in encrypted(kind)} - rules == set()

    def test_fixture_holds_the_ciphertext_and_can_not_be_loaded(self):
        record = make_private(FamilyContact, text="CANARY ")
        written = serializers.serialize("json", FamilyContact.objects.all())
        assert ("CANARY" in written, raw(record, "name") in written) == (False, True)
        with pytest.raises(TypeError, match="write it by saving its record"):
            [one.save() for one in serializers.deserialize("json", written)]

    def test_plain_text_travels_in_no_statement(self):
        with CaptureQueriesContext(connection) as captured:
            record = make_private(InternalNote, text="CANARY ")
            record = again(record)
            record.text = "Another CANARY"
            record.full_clean()
            record.save()
        assert len(captured) >= 4
        assert [query["sql"] for query in captured if "CANARY" in query["sql"]] == []

    def test_values_and_prints_show_none(self):
        record = make_private(FamilyContact, text="CANARY ")
        shown = [
            *FamilyContact.objects.values(),
            *FamilyContact.objects.values_list("name"),
            again(record),
            repr(record),
            str(record),
        ]
        shown += [repr(vars(again(record))), str(again(record).prisoner)]
        assert [one for one in shown if "CANARY" in f"{one} {one!r}"] == []
        assert repr(FamilyContact.objects.values_list("name", flat=True)[0]) == "<sealed>"


def test_encrypted_fields_stand_in_private_records_of_the_desk_alone():
    holders = {model for model in apps.get_models(include_auto_created=True) if encrypted(model)}
    ours = {model for model in holders if getattr(model, "pgh_tracked_model", None) is None}
    # What was sent in vain is no record, and is gone after a day.
    assert ours == {*KINDS, KeptPost}
    assert {model._meta.app_label for model in holders} == {"desk"}
    assert {model for app in own_apps() for model in app.get_models() if issubclass(model, PrivateRecord)} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_private_record_holds_no_other_text_than_who_entered_it(kind):
    plain = {field.name for field in kind._meta.concrete_fields if not isinstance(field, EncryptedTextField)}
    assert plain - {field.name for field in kind._meta.concrete_fields if field.is_relation} == {
        "id",
        "entered_by",
        "entered_at",
        "changed_at",
    }


@pytest.mark.parametrize("kind", KINDS)
def test_no_other_record_leads_to_a_private_one(kind):
    owners = [field.related_model for field in kind._meta.concrete_fields if field.is_relation]
    leading = [relation for owner in owners for relation in owner._meta.get_fields() if relation.related_model is kind]
    assert (leading, bool(owners)) == ([], True)


@pytest.mark.parametrize("ties", [{}, {"both": True}])
def test_note_without_one_owner_is_refused(ties):
    arrest = make_arrest()
    owners = {"arrest": arrest, "prisoner": arrest.prisoner} if ties else {}
    with pytest.raises(IntegrityError, match="internal_note_one_owner"):
        InternalNote.objects.create(entered_by="editor", text="Note", **owners)
