"""Restoring at the desk: shown first, with a reason, and only by those who may."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.urls import reverse

from prisoners.acting import acting
from prisoners.history.subjects import Subject
from prisoners.models import HistoryEntry, Name, Prisoner, State, Summary
from tests.cases import make_full_case
from tests.desk.accounts import signed_in
from tests.factories import make_prisoner

pytestmark = pytest.mark.django_db
WHY = {"reason": "misread"}


def entry_of(record, back=0):
    return HistoryEntry.objects.filter(subject=str(Subject.of(record)))[back]


def address(name, entry, *more):
    return reverse(f"desk-history-{name}", args=[entry.id, *more])


def action(change, *args, **kwargs):
    connection.check_constraints()
    with acting(actor="jan"):
        change(*args, **kwargs)
    connection.check_constraints()


@pytest.fixture
def person(db):
    person = make_prisoner("Jan Novik", born="1988-03")
    action(Prisoner.objects.update, born="1990", gender="male")
    return person


class TestVersion:
    def test_page_shows_what_would_change_and_changes_nothing(self, desk, person):
        response = desk.get(address("restore", entry_of(person, back=1)))
        changes = [(change.label, change.before, change.after) for change in response.context["changes"]]
        assert changes == [("Gender", "male", "unknown"), ("Born", "1990", "1988-03")]
        assert str(Prisoner.objects.get().born) == "1990"

    def test_restored_version_is_kept_as_the_editor_s_with_the_reason(self, desk, person):
        then = entry_of(person, back=1)
        response = desk.post(address("restore", then), WHY)
        subject = Subject.of(person)
        assert (response.status_code, response.url) == (302, reverse("desk-history", args=[subject.table, subject.key]))
        assert [str(message) for message in get_messages(response.wsgi_request)] == [
            "Done. The history says what was changed back."
        ]
        last = entry_of(person)
        assert (str(Prisoner.objects.get().born), last.actor, last.reason.split(": ")[1]) == ("1988-03", "editor", "misread")

    @pytest.mark.parametrize("reason", ["", "   "])
    def test_without_a_reason_nothing_is_restored(self, desk, person, reason):
        response = desk.post(address("restore", entry_of(person, back=1)), {"reason": reason})
        assert (response.status_code, response.context["form"].errors) == (
            200,
            {"reason": ["Say why: a colleague will want to know."]},
        )
        assert str(Prisoner.objects.get().born) == "1990"

    def test_one_field_is_offered_and_restored_alone(self, desk, person):
        then = entry_of(person, back=1)
        assert address("field", then, "born") in desk.get(address("restore", then)).content.decode()
        shown = desk.get(address("field", then, "born")).context["changes"]
        assert [change.label for change in shown] == ["Born"]
        assert desk.post(address("field", then, "born"), WHY).status_code == 302
        assert Prisoner.objects.values_list("born", "gender").get()[1] == "male"
        assert str(Prisoner.objects.get().born) == "1988-03"

    def test_publication_is_neither_shown_nor_restored(self, desk, person):
        then = entry_of(person)
        Prisoner.objects.update(state=State.WITHDRAWN)
        page = desk.get(address("restore", then))
        assert (page.context["changes"], "there is nothing to restore" in page.content.decode()) == ([], True)
        assert desk.post(address("restore", then), WHY).status_code == 409
        assert desk.post(address("field", then, "state"), WHY).status_code == 409
        assert Prisoner.objects.get().state == State.WITHDRAWN

    def test_rule_speaks_as_it_does_in_forms(self, desk, person):
        name = Name.objects.create(prisoner=person, text="Ян")
        action(Name.objects.filter(pk=name.pk).update, text="Янка")
        Name.objects.create(prisoner=person, text="Ян")
        response = desk.post(address("restore", entry_of(name, back=1)), WHY)
        assert (response.status_code, response.context["cannot"]) == (409, ["This person has this name already."])

    def test_request_without_a_token_is_refused(self, editor, person):
        client = Client(enforce_csrf_checks=True)
        client.force_login(editor)
        assert client.post(address("restore", entry_of(person, back=1)), WHY).status_code == 403
        assert str(Prisoner.objects.get().born) == "1990"


class TestDeleted:
    def test_page_lists_what_comes_back_and_restores_it(self, desk):
        person = make_full_case()
        key = person.pk
        action(person.delete)
        then = HistoryEntry.objects.get(subject=f"prisoners_prisoner:{key}", action="delete")
        sheets = desk.get(address("restore", then)).context["sheets"]
        kinds = {sheet.kind for sheet in sheets}
        assert [line.value for line in sheets[0].lines if line.label == "State"] == ["draft"]
        assert {"Person", "Name", "Arrest", "Stay", "Judgment", "Recognition", "Release", "Citation"} <= kinds
        assert desk.post(address("restore", then), WHY).status_code == 302
        assert (Prisoner.objects.get().state, Prisoner.objects.get().arrests.count()) == (State.DRAFT, 1)

    def test_part_of_what_is_gone_says_what_to_restore_first(self, desk):
        person = make_prisoner("Jan Novik")
        name = entry_of(person.names.get())
        action(person.delete)
        response = desk.post(address("restore", name), WHY)
        code = person.code
        assert response.context["cannot"] == [
            f"name: Jan Novik belongs to person: Jan Novik ({code}), which is deleted: restore that first."
        ]


class TestUndo:
    def test_whole_action_is_shown_and_undone(self, desk, person):
        def change():
            Prisoner.objects.update(gender="female")
            Summary.objects.create(prisoner=person, language="en", text="Taken at home.")

        action(change)
        entry = HistoryEntry.objects.first()
        page = desk.get(address("undo", entry))
        assert [record.kind for action in page.context["actions"] for record in action.records] == ["Person", "Summary"]
        assert desk.post(address("undo", entry), WHY).status_code == 302
        assert (Prisoner.objects.get().gender, Summary.objects.count()) == ("male", 0)

    def test_what_stands_against_it_is_listed_and_nothing_is_offered(self, desk, person):
        entry = entry_of(person)
        action(Prisoner.objects.update, born="1991")
        page = desk.get(address("undo", entry))
        assert [words.split(" was changed since, by jan on ")[1][12:] for words in page.context["cannot"]] == ["born."]
        assert "<textarea" not in page.content.decode()
        assert desk.post(address("undo", entry), WHY).status_code == 409


class TestAccess:
    def test_who_may_only_see_can_not_restore(self, person):
        client, then = signed_in("auditor", auditor=[]), entry_of(person, back=1)
        assert client.get(address("moment", then)).status_code == 200
        refused = [
            client.post(address(*way), WHY).status_code for way in (("restore", then), ("field", then, "born"), ("undo", then))
        ]
        assert (refused, str(Prisoner.objects.get().born)) == ([403] * 3, "1990")

    def test_editor_of_every_country_restores_what_is_there_and_what_is_gone(self, person):
        client, then = signed_in("editor", editor=[]), entry_of(person, back=1)
        assert client.post(address("restore", then), WHY).status_code == 302
        action(person.delete)
        assert (client.post(address("restore", then), WHY).status_code, Prisoner.objects.count()) == (302, 1)

    def test_editor_of_one_country_restores_nothing(self, person):
        client, then = signed_in("editor", editor=["BY"]), entry_of(person, back=1)
        assert client.get(address("moment", then)).status_code == 200
        assert client.post(address("restore", then), WHY).status_code == 403
        action(person.delete)
        assert (client.post(address("restore", then), WHY).status_code, Prisoner.objects.count()) == (403, 0)

    def test_way_to_restore_is_not_another_method(self, desk, person):
        assert desk.put(address("restore", entry_of(person))).status_code == 405
