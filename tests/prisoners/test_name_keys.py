"""The keys of names follow every change of every name, whatever path it takes, and are no part of any record's history."""

import json
import random
import string
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prisoners.finding import find
from prisoners.history.refusing import NotRestored
from prisoners.history.restoring import restore
from prisoners.history.undoing import undo
from prisoners.models import HistoryEntry, Name, Prisoner
from prisoners.name_keys import fill, kept
from prisoners.names import VERSION, keys
from tests.factories import as_operator, make_prisoner

pytestmark = pytest.mark.django_db
property_based = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEXTS = ["Siarhei Barysevich", "Сергей Борисевич", "محمد کریمی", "刘小波", "Aung San", "Nguyễn Văn Bình", "Ales", "…", "12"]


def stored():
    """What is kept of each name: its text as it is, and its keys."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT name.id, name.text, kept.keys, kept.version FROM prisoners_name AS name
               FULL JOIN prisoners_namekeys AS kept ON kept.name_id = name.id"""
        )
        return cursor.fetchall()


def everything_is_right_or_wanting():
    """Keys are those of the text, or there are none; none are kept of no name; and everybody is spelt as their names are.

    Gives how many names want keys.
    """
    assert spelt() == spelt_by_names()
    for key, text, there, version in stored():
        assert key is not None
        assert (there, version) == (None, None) or (set(there), version) == (keys(text), VERSION), text
    return sum(there is None for _key, _text, there, _version in stored())


def spelt():
    with connection.cursor() as cursor:
        cursor.execute("SELECT prisoner_id, text FROM prisoners_spellings")
        return dict(cursor.fetchall())


def spelt_by_names():
    by_person = {}
    for name in Name.objects.order_by("pk"):
        by_person[name.prisoner_id] = by_person.get(name.prisoner_id, "") + f" {name.text.upper()}"
    return by_person


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_models_write_keys_with_names():
    person = make_prisoner("Siarhei Barysevich")
    name = person.names.get()
    name.text = "Taras Zubko"
    name.save()
    Name.objects.bulk_create([Name(prisoner=person, text=text) for text in TEXTS])
    Name.objects.filter(text="Ales").update(text="Alesia")
    changed = list(Name.objects.filter(text__in=TEXTS))
    for one in changed:
        one.text += " Zubko"
    Name.objects.bulk_update(changed, ["text"])
    assert everything_is_right_or_wanting() == 0
    assert len(stored()) == 1 + len(TEXTS)


def test_name_changed_behind_the_models_back_wants_keys_and_is_found_all_the_same():
    person = make_prisoner("Siarhei Barysevich")
    run("UPDATE prisoners_name SET text = 'Taras Zubko' WHERE prisoner_id = %s", person.pk)
    assert everything_is_right_or_wanting() == 1
    assert [[one.prisoner_id for one in each] for each in find(["Тарас Зубко", "Siarhei Barysevich"])] == [[person.pk], []]
    assert fill() == 1
    assert everything_is_right_or_wanting() == 0
    assert [[one.prisoner_id for one in each] for each in find(["Тарас Зубко", "Siarhei Barysevich"])] == [[person.pk], []]


def test_changes_of_anything_else_leave_the_keys():
    person = make_prisoner("Siarhei Barysevich")
    other = make_prisoner("Taras Zubko")
    run("UPDATE prisoners_name SET is_primary = false, prisoner_id = %s WHERE prisoner_id = %s AND is_heading", other.pk, 0)
    run("UPDATE prisoners_name SET kind = 'alias' WHERE prisoner_id = %s", person.pk)
    assert everything_is_right_or_wanting() == 0


def test_name_with_another_key_takes_its_own_with_it():
    name = make_prisoner("Siarhei Barysevich").names.get()
    run("UPDATE prisoners_name SET id = id + 1000000 WHERE id = %s", name.pk)
    assert [row[0] for row in stored()] == [name.pk + 1_000_000]
    assert everything_is_right_or_wanting() == 1


def test_deleted_names_leave_no_keys_and_come_back_with_them():
    person = make_prisoner("Siarhei Barysevich")
    name = person.names.create(text="Сергей Борисевич")
    key = name.pk
    name.delete()
    assert [row[0] for row in stored()] == [person.names.get().pk]
    restore(entry=HistoryEntry.objects.filter(subject=f"prisoners_name:{key}").first(), by="editor", reason="a slip")
    assert everything_is_right_or_wanting() == 0
    assert {row[0] for row in stored()} == {key, person.names.get(is_heading=True).pk}


def test_undone_change_has_the_keys_of_the_name_as_it_was():
    name = make_prisoner("Siarhei Barysevich").names.get()
    with transaction.atomic():
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run("SET CONSTRAINTS ALL DEFERRED")
        Name.objects.filter(pk=name.pk).update(text="Taras Zubko")
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run("SET CONSTRAINTS ALL DEFERRED")
    changed = HistoryEntry.objects.filter(subject=f"prisoners_name:{name.pk}", action="update").first()
    undo(entry=changed, by="editor", reason="a slip")
    assert Name.objects.get(pk=name.pk).text == "Siarhei Barysevich"
    assert everything_is_right_or_wanting() == 0


def test_emptied_table_has_no_keys():
    make_prisoner("Siarhei Barysevich")
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("TRUNCATE prisoners_name CASCADE")
    assert stored() == []


def test_keys_are_no_change_of_the_record():
    make_prisoner("Siarhei Barysevich")
    run("UPDATE prisoners_name SET text = 'Taras Zubko'")
    run("SET CONSTRAINTS ALL IMMEDIATE")
    before = (HistoryEntry.objects.count(), *revisions())
    assert fill() == 1
    run("SET CONSTRAINTS ALL IMMEDIATE")
    assert (HistoryEntry.objects.count(), *revisions()) == before


def revisions():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT max(number) FROM counts_revision), stillheld_state(), (SELECT count(*) FROM counts_pending)"
        )
        return cursor.fetchone()


steps = st.lists(
    st.tuples(
        st.sampled_from(["save", "create", "update", "raw", "copy", "delete", "raw delete", "move", "fill", "undo"]),
        st.sampled_from(TEXTS) | st.text(string.ascii_letters + " бвгджзклمحمد刘小", min_size=1, max_size=20),
        st.integers(0, 1000),
    ),
    max_size=12,
)


@property_based
@given(steps)
def test_keys_follow_any_changes(taken):
    with transaction.atomic(), as_operator():
        people = [make_prisoner("Siarhei Barysevich"), make_prisoner("Taras Zubko")]
        for kind, text, pick in taken:
            name = random.Random(pick).choice([*Name.objects.order_by("pk")] or [None])
            try:
                with transaction.atomic():
                    take(kind, f"{text} {pick}", name, people[pick % 2])
            except NothingToDo:
                continue
            everything_is_right_or_wanting()
        while fill():
            pass
        assert everything_is_right_or_wanting() == 0
        transaction.set_rollback(True)


class NothingToDo(Exception):
    pass


def save(text, name, person):
    name.text = text
    name.save()


def copy(text, name, person):
    row = f"{person.pk}\t{text}\tund\t\tlegal\tf\tf\n".replace("\\", "")
    with connection.cursor() as cursor:
        columns = "prisoner_id, text, language, script, kind, is_primary, is_heading"
        cursor.copy_expert(f"COPY prisoners_name ({columns}) FROM STDIN", StringIO(row))


def move(text, name, person):
    change = "is_heading = false, is_primary = false, text = %s, prisoner_id = %s"
    run(f"UPDATE prisoners_name SET {change} WHERE id = %s", text, person.pk, name.pk)


def bring_back(text, name, person):
    entry = HistoryEntry.objects.filter(subject=f"prisoners_name:{name.pk}").order_by("id").first()
    try:
        restore(entry=entry, by="editor", reason="a slip")
    except NotRestored:
        raise NothingToDo from None


STEPS = {
    "save": save,
    "create": lambda text, name, person: Name.objects.bulk_create([Name(prisoner=person, text=text)]),
    "update": lambda text, name, person: Name.objects.filter(pk=name.pk).update(text=text),
    "raw": lambda text, name, person: run("UPDATE prisoners_name SET text = %s WHERE id = %s", text, name.pk),
    "copy": copy,
    "delete": lambda text, name, person: name.delete(),
    "raw delete": lambda text, name, person: run("DELETE FROM prisoners_name WHERE id = %s", name.pk),
    "move": move,
    "fill": lambda text, name, person: fill(),
    "undo": bring_back,
}


def take(kind, text, name, person):
    if (name is None and kind not in ("create", "copy", "fill")) or Name.objects.filter(text=text).exists():
        raise NothingToDo
    STEPS[kind](text, name, person)


def index_names(**options):
    out = StringIO()
    call_command("index_names", json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def test_command_writes_what_is_wanting_older_and_with_all_what_is_wrong():
    for text in TEXTS[:5]:
        make_prisoner(text)
    one, other, third, fourth, _right = Name.objects.order_by("pk")
    run("UPDATE prisoners_name SET text = 'Taras Zubko' WHERE id = %s", one.pk)
    run("UPDATE prisoners_namekeys SET version = 0 WHERE name_id = %s", other.pk)
    run("UPDATE prisoners_namekeys SET keys = '{nonsense}' WHERE name_id = %s", third.pk)
    run("DELETE FROM prisoners_namekeys WHERE name_id = %s", fourth.pk)
    run("INSERT INTO prisoners_namekeys (name_id) VALUES (0)")
    with pytest.raises(CommandError):
        index_names(check=True)
    assert index_names() == {"names": 3, "wanting": 2, "older": 1, "wrong": 0, "left_over": 1, "spellings": 0, "written": 4}
    assert index_names() == {"names": 0, "wanting": 0, "older": 0, "wrong": 0, "left_over": 0, "spellings": 0, "written": 0}
    assert index_names(every=True) == {
        "names": 5,
        "wanting": 0,
        "older": 0,
        "wrong": 1,
        "left_over": 0,
        "spellings": 0,
        "written": 1,
    }
    assert index_names(check=True) == {
        "names": 5,
        "wanting": 0,
        "older": 0,
        "wrong": 0,
        "left_over": 0,
        "spellings": 0,
        "written": 0,
    }
    assert everything_is_right_or_wanting() == 0


def test_names_are_looked_at_in_batches(monkeypatch):
    monkeypatch.setattr("prisoners.name_keys.AT_ONCE", 2)
    for text in TEXTS[:5]:
        make_prisoner(text)
    assert [len(batch) for batch in kept(every=True)] == [2, 2, 1]
    assert Prisoner.objects.count() == 5


def test_command_says_in_words_what_it_did(capsys):
    make_prisoner("Siarhei Barysevich")
    call_command("index_names", every=True)
    assert capsys.readouterr().out == (
        "Names looked at: 1. Without keys: 0; with keys of an older version: 0; with wrong keys: 0; keys of no name: 0. "
        "People whose names were spelt otherwise: 0.\n"
    )
