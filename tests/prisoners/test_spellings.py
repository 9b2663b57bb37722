"""Search by letters, by what is kept of how somebody's names are spelt. That it follows names is tested with their keys."""

import threading

import pytest
from django.db import connection, transaction
from django.db.models.expressions import RawSQL

from prisoners.models import Name, Prisoner
from prisoners.spellings import amiss, holding
from tests.factories import make_prisoner
from tests.prisoners.test_name_keys import run, spelt, spelt_by_names

ADD = """
INSERT INTO prisoners_name (prisoner_id, text, language, script, kind, is_primary, is_heading)
VALUES (%s, %s, %s, '', 'legal', false, false)
"""


@pytest.fixture
def people(db):
    found = {
        "novik": make_prisoner("Ян Новік"),
        "zubko": make_prisoner("Volha Zubko"),
        "odd": make_prisoner("An_n 100% \\ Zima"),
    }
    Name.objects.create(prisoner=found["novik"], text="Jan Novik", language="en")
    return found


@pytest.mark.parametrize(
    ("words", "at_beginning", "expected"),
    [
        (["novik"], [], {"novik"}),
        (["НОВІК", "jan"], [], {"novik"}),  # each in any form
        (["n novik"], [], {"novik"}),
        (["ік jan"], [], {"novik"}),
        (["ubk"], [], {"zubko"}),
        (["novik", "zubko"], [], set()),
        ([], ["zu"], {"zubko"}),
        ([], ["ub"], set()),
        (["vo"], ["zu"], {"zubko"}),
        (["_"], [], {"odd"}),
        (["%"], [], {"odd"}),
        (["\\"], [], {"odd"}),
        (["a_a"], [], set()),
        ([], [], set()),
    ],
)
def test_people_are_found_who_hold_every_word(people, words, at_beginning, expected):
    found = Prisoner.objects.filter(pk__in=RawSQL(*holding(words, at_beginning=at_beginning)))
    assert set(found) == {people[key] for key in expected}


def test_spellings_that_are_amiss_are_told_and_written_anew(people):
    run("UPDATE prisoners_spellings SET text = ' NOBODY' WHERE prisoner_id = %s", people["novik"].pk)
    run("DELETE FROM prisoners_spellings WHERE prisoner_id = %s", people["zubko"].pk)
    run("INSERT INTO prisoners_spellings VALUES (0, ' NOBODY')")
    assert (amiss(repair=False), spelt() == spelt_by_names()) == (3, False)
    assert amiss(repair=True) == 3
    assert (amiss(repair=False), spelt()) == (0, spelt_by_names())


def test_name_given_to_somebody_else_is_spelt_among_theirs(people):
    run(
        "UPDATE prisoners_name SET prisoner_id = %s, is_heading = false, is_primary = false WHERE text = 'Jan Novik'",
        people["zubko"].pk,
    )
    assert spelt() == spelt_by_names()
    assert spelt()[people["zubko"].pk] == " VOLHA ZUBKO JAN NOVIK"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ((ADD, "Olga Zubko", "ru"), ["OLGA", "VOLHA", "ZUBKO", "ZUBKO", "ВОЛЬГА", "ЗУБКО"]),
        (("DELETE FROM prisoners_name WHERE prisoner_id = %s AND is_heading",), ["ВОЛЬГА", "ЗУБКО"]),
    ],
)
def test_name_added_while_somebody_changes_the_others_is_kept(change, expected):
    person = make_prisoner("Volha Zubko")
    # What else follows names would make one wait for the other, sooner or later.
    run("ALTER TABLE prisoners_name DISABLE TRIGGER USER, ENABLE TRIGGER spellings_insert, ENABLE TRIGGER spellings_delete")
    begun = threading.Event()

    def change_others():
        sql, *values = change
        try:
            begun.wait(timeout=20)
            run(sql, person.pk, *values)
        finally:
            connection.close()

    other = threading.Thread(target=change_others)
    other.start()
    with transaction.atomic():
        run(ADD, person.pk, "Вольга Зубко", "be")
        begun.set()
        other.join(timeout=0.5)  # it waits for this transaction
        assert other.is_alive()
    other.join(timeout=20)
    assert spelt() == spelt_by_names()
    assert sorted(spelt()[person.pk].split()) == expected
