"""A whole action is taken back, unless something since stands on it."""

import pytest
from django.db import connection

from prisoners.acting import acting
from prisoners.history import undoing
from prisoners.history.refusing import NotRestored
from prisoners.history.subjects import Subject
from prisoners.history.undoing import undo
from prisoners.models import Arrest, HistoryEntry, Name, Prisoner, State, Summary
from prisoners.services import set_heading, withdraw
from tests.cases import everything, make_full_case
from tests.factories import make_arrest, make_prisoner

pytestmark = pytest.mark.django_db
SAID = {"by": "alena", "reason": "wrong person"}


def action(change, *args, **kwargs):
    """Do something as one action, and give an entry of it."""
    connection.check_constraints()
    with acting(actor="jan"):
        change(*args, **kwargs)
    connection.check_constraints()
    return HistoryEntry.objects.first()


def against(entry):
    before = everything()
    with pytest.raises(NotRestored) as refused:
        undo(entry=entry, **SAID)
    assert everything() == before
    return refused.value.messages


def test_changes_of_many_records_are_taken_back_in_one_go():
    person = make_full_case()
    second = person.names.get(script="Cyrl")
    before = everything()

    def change():
        Prisoner.objects.update(born="1990")
        set_heading(name=second)
        person.occupations.set(["lawyer", "blogger"])
        Summary.objects.create(prisoner=person, language="be", text="Жыццё")
        person.arrests.get().release.delete()
        Arrest.objects.update(ended="2024")

    entry = action(change)
    assert everything() != before
    undo(entry=entry, **SAID)
    assert everything() == before
    last = HistoryEntry.objects.first()
    assert (last.actor, last.reason[:19], last.reason[-14:]) == ("alena", "undid the action of", ": wrong person")


def test_added_case_is_deleted_and_deleted_one_comes_back_as_a_draft():
    before = everything()
    entry = action(make_arrest)
    after = everything()
    undo(entry=entry, **SAID)
    assert everything() == before
    undo(entry=action_of_now(), **SAID)
    for image in after.values():
        image |= {"state": "draft", "published_on": None} if image.get("state") else {}
    assert everything() == after


def action_of_now():
    connection.check_constraints()
    return HistoryEntry.objects.first()


def test_field_changed_since_stands_against_it_and_others_do_not():
    person = make_prisoner(born="1988")
    entry = action(Prisoner.objects.update, born="1990")
    action(Prisoner.objects.update, gender="male")
    undo(entry=entry, **SAID)
    now = Prisoner.objects.get()
    assert (str(now.born), now.gender) == ("1988", "male")
    again = action(Prisoner.objects.update, born="1991")
    later = action(Prisoner.objects.update, born="1992")
    assert against(again) == [f"person: {person} was changed since, by jan on {later.recorded_at:%Y-%m-%d}: born."]


def test_record_that_got_something_since_is_not_deleted():
    entry = action(make_prisoner, "Jan")
    person = Prisoner.objects.get()
    action(Summary.objects.create, prisoner=person, language="be", text="Жыццё")
    assert against(entry) == [f"person: {person} has got since: summary: Жыццё."]


def test_record_deleted_since_is_named():
    person = make_prisoner("Jan")
    entry = action(Name.objects.create, prisoner=person, text="Ян")
    later = action(Name.objects.filter(text="Ян").delete)
    assert against(entry) == [f"name: Ян was deleted since, by jan on {later.recorded_at:%Y-%m-%d}."]


def test_publication_is_not_undone():
    person = make_prisoner()
    entry = action(withdraw, people=[person])
    assert against(entry) == ["Nothing of this action can be undone here: publication is changed on the person's page."]
    assert Prisoner.objects.get().state == State.WITHDRAWN


def test_change_of_accounts_is_not_undone(editor):
    editor.is_superuser = False
    entry = action(editor.save)
    assert against(entry) == ["user: editor: records of this kind are not restored."]
    assert entry.subject == str(Subject.of(editor))


def test_action_on_too_many_records_is_refused(monkeypatch):
    monkeypatch.setattr(undoing, "AT_ONCE", 2)
    entry = action(make_arrest)
    assert against(entry) == ["This action changed more than 2 records: too many to undo here."]
