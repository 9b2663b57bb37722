"""What the history keeps of each change, whatever path it takes."""

import pytest
from django.db import connection, transaction

from prisoners.acting import acting
from prisoners.models import Arrest, HistoryEntry, Name, Prisoner
from tests.factories import make_arrest, make_prisoner

pytestmark = pytest.mark.django_db


def raw(query, *values):
    with connection.cursor() as cursor:
        cursor.execute(query, values)


def since(entry):
    """What was kept after an entry, oldest first."""
    return list(HistoryEntry.objects.filter(id__gt=entry).order_by("id"))


@pytest.fixture
def newest(db):
    def find():
        return HistoryEntry.objects.values_list("id", flat=True).first() or 0

    return find


def test_insert_update_and_delete_keep_the_row_before_and_after(newest):
    person = make_prisoner("Jan Novik", state="draft")
    start = newest()
    name = Name.objects.create(prisoner=person, text="Ян Новик", language="ru", script="Cyrl")
    name.text = "Ян Новік"
    name.save()
    key = name.pk
    name.delete()
    found = since(start)
    texts = [(e.before and e.before["text"], e.after and e.after["text"]) for e in found]
    assert [e.action for e in found] == ["insert", "update", "delete"]
    assert texts == [(None, "Ян Новик"), ("Ян Новик", "Ян Новік"), ("Ян Новік", None)]
    assert {(e.subject, e.belongs_to) for e in found} == {(f"prisoners_name:{key}", f"prisoners_prisoner:{person.pk}")}


def test_row_is_kept_whole_but_for_derived_columns(newest):
    arrest = make_arrest(began="2020-08")
    kept = HistoryEntry.objects.get(subject=f"prisoners_arrest:{arrest.pk}").after
    derived = {field.column for field in Arrest._meta.concrete_fields if field.generated}
    assert set(kept) == {field.column for field in Arrest._meta.concrete_fields} - derived
    assert (kept["began"], kept["prisoner_id"]) == ("2020-08", arrest.prisoner_id)


def test_bulk_and_raw_changes_are_kept_row_by_row(newest):
    people = [make_prisoner(state="draft"), make_prisoner(state="draft")]
    start = newest()
    Prisoner.objects.filter(pk__in=[p.pk for p in people]).update(gender="female")
    raw("UPDATE prisoners_prisoner SET gender = 'other' WHERE id = %s", people[0].pk)
    Name.objects.filter(prisoner__in=people).delete()
    changes = [(e.subject.split(":")[0], e.action) for e in since(start)]
    assert changes == [("prisoners_prisoner", "update")] * 3 + [("prisoners_name", "delete")] * 2


def test_update_that_changes_nothing_leaves_no_entry(newest):
    person = make_prisoner()
    start = newest()
    person.save()
    raw("UPDATE prisoners_prisoner SET gender = gender")
    assert since(start) == []


def test_link_between_records_is_kept_as_the_person_s(newest):
    person = make_prisoner(state="draft")
    start = newest()
    person.occupations.set(["writer"])
    person.occupations.set(["lawyer"])
    kept = [(e.action, (e.after or e.before)["occupation_id"], e.belongs_to) for e in since(start)]
    owner = f"prisoners_prisoner:{person.pk}"
    assert sorted(kept) == [("delete", "writer", owner), ("insert", "lawyer", owner), ("insert", "writer", owner)]


def test_review_that_a_change_opens_is_kept_and_belongs_to_nobody(newest):
    person = make_prisoner()
    start = newest()
    with acting(actor="alena"):
        Prisoner.objects.filter(pk=person.pk).update(gender="female")
    kept = {e.subject.split(":")[0]: (e.action, e.actor, e.belongs_to, e.after.get("kind")) for e in since(start)}
    assert kept == {
        "prisoners_prisoner": ("update", "alena", None, None),
        "prisoners_review": ("insert", "alena", None, "change"),
    }


def test_truncated_table_leaves_each_row_in_the_history(newest):
    make_prisoner("Jan Novik")
    start = newest()
    connection.check_constraints()  # what waits for the commit would keep the table from being emptied
    raw("TRUNCATE prisoners_name CASCADE")
    assert [(e.action, e.before["text"]) for e in since(start)] == [("delete", "Jan Novik")]


def test_new_key_is_a_deletion_and_an_addition(newest):
    raw("INSERT INTO prisoners_agency (code, label, labels, standard, position) VALUES ('guards', 'guards', '{}', '', 0)")
    start = newest()
    raw("UPDATE prisoners_agency SET code = 'wardens' WHERE code = 'guards'")
    kept = sorted((e.subject, e.action) for e in since(start))
    assert kept == [("prisoners_agency:guards", "delete"), ("prisoners_agency:wardens", "insert")]


def test_entry_says_who_and_why(newest):
    start = newest()
    with acting(actor="alena", reason="a letter came"):
        person = Prisoner.objects.create(country="BY")
        with acting(actor="import", reason=""):
            Prisoner.objects.update(gender="male")
        Prisoner.objects.update(gender="female")
    Prisoner.objects.update(gender="other")
    said = [(e.actor, e.reason) for e in since(start) if e.subject == f"prisoners_prisoner:{person.pk}"]
    assert said[:3] == [("alena", "a letter came"), ("import", ""), ("alena", "a letter came")]


def test_changes_made_together_are_one_action_and_what_was_rolled_back_is_none(newest):
    start = newest()
    with transaction.atomic():
        person = make_prisoner()
        point = transaction.savepoint()
        Prisoner.objects.filter(pk=person.pk).update(gender="male")
        transaction.savepoint_rollback(point)
        make_arrest(person)
    found = since(start)
    assert len({e.batch for e in found}) == 1
    assert [e.action for e in found] == ["insert"] * len(found)


@pytest.mark.parametrize(
    "query",
    [
        "UPDATE history_entry SET actor = 'nobody'",
        "DELETE FROM history_entry",
        "TRUNCATE history_entry",
        "UPDATE history_seal SET hash = ''",
        "DELETE FROM history_seal",
        "TRUNCATE history_seal",
    ],
)
def test_history_can_not_be_changed_or_deleted(query):
    make_prisoner()
    with pytest.raises(Exception, match="History is kept") as refused:
        raw(query)
    assert refused.value.__cause__.diag.constraint_name == "history_is_kept"


def test_database_role_of_the_application_has_no_right_to_change_history():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, a.privilege_type FROM pg_class c, aclexplode(c.relacl) a "
            "WHERE c.relname IN ('history_entry', 'history_seal') AND a.grantee = c.relowner "
            "AND a.privilege_type IN ('INSERT', 'SELECT', 'UPDATE', 'DELETE', 'TRUNCATE') ORDER BY 1, 2"
        )
        granted = cursor.fetchall()
    assert granted == [(name, right) for name in ("history_entry", "history_seal") for right in ("INSERT", "SELECT")]
