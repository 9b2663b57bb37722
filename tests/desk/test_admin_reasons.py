"""A reason is asked where it matters, and kept in the history with the change."""

import pytest

from desk.admin.labels import page_of
from prisoners.models import Arrest, HistoryEntry, Name, Prisoner, Source, State
from tests.desk.admin_forms import complaints, list_page, save
from tests.factories import make_arrest, make_prisoner, make_source, recognise

pytestmark = pytest.mark.django_db
PUBLIC = "The person is public, and this changes what was published: {}. Say why, at the end of the page."


def said(table):
    """Who and why of the newest entry of a table."""
    entry = HistoryEntry.objects.filter(subject__startswith=f"{table}:").first()
    return entry.actor, entry.reason


def delete_page(record):
    return page_of(record).replace("/change/", "/delete/")


class TestChanges:
    def test_reason_typed_is_kept_with_each_row_that_the_page_changed(self, desk):
        person = make_prisoner(state=State.DRAFT)
        save(desk, page_of(person), {"gender": "male", "names-0-text": "Jan", "reason": "  a letter came "})
        assert said("prisoners_prisoner") == said("prisoners_name") == ("editor", "a letter came")

    def test_draft_is_changed_without_a_reason(self, desk):
        person = make_prisoner(state=State.DRAFT, born="1988")
        assert complaints(save(desk, page_of(person), {"born": "1990", "names-0-text": "Jan"})) == {}
        assert said("prisoners_name") == ("editor", "")

    @pytest.mark.parametrize(
        ("change", "refused"),
        [
            ({"born": "1990"}, {"reason": [PUBLIC.format("Born")]}),
            ({"names-0-text": "Jan"}, {"names-0-__all__": [PUBLIC.format("Name")]}),
            ({"arrests-0-began": "2021"}, {"arrests-0-__all__": [PUBLIC.format("Arrested")]}),
        ],
    )
    def test_public_person_s_name_and_dates_need_a_reason(self, desk, change, refused):
        person = make_prisoner(born="1988")
        make_arrest(person)
        assert complaints(save(desk, page_of(person), change)) == refused
        assert complaints(save(desk, page_of(person), {**change, "reason": "court papers"})) == {}

    def test_public_person_s_recognition_needs_a_reason(self, desk):
        recognition = recognise(make_arrest())
        assert complaints(save(desk, page_of(recognition), {"made_on": "2021"})) == {"reason": [PUBLIC.format("Date")]}
        assert complaints(save(desk, page_of(recognition), {"made_on": "2021", "reason": "their list"})) == {}

    def test_what_was_empty_is_filled_in_without_a_reason(self, desk):
        arrest = make_arrest()
        assert complaints(save(desk, page_of(arrest), {"ended": "2023", "place": "Minsk"})) == {}
        assert str(Arrest.objects.get().ended) == "2023"

    def test_rows_are_not_deleted_without_a_reason(self, desk):
        person = make_prisoner(state=State.DRAFT)
        Name.objects.create(prisoner=person, text="Ян")
        refused = complaints(save(desk, page_of(person), {"names-1-DELETE": "on"}))
        assert refused == {"names": ["Say at the end of the page why you delete, or take the mark away."]}
        assert complaints(save(desk, page_of(person), {"names-1-DELETE": "on", "reason": "misspelt"})) == {}
        assert (person.names.count(), said("prisoners_name")) == (1, ("editor", "misspelt"))

    def test_reason_too_long_is_refused(self, desk):
        assert list(complaints(save(desk, page_of(make_source()), {"reason": "x" * 501}))) == ["reason"]

    def test_new_record_asks_no_reason(self, desk):
        assert 'name="reason"' not in desk.get("/desk/admin/prisoners/source/add/").content.decode()


class TestDeletion:
    def test_record_is_deleted_with_a_reason(self, desk):
        person = make_prisoner(state=State.DRAFT)
        response = desk.post(delete_page(person), {"post": "yes", "reason": "entered twice"})
        assert (response.status_code, Prisoner.objects.count()) == (302, 0)
        assert said("prisoners_prisoner") == said("prisoners_name") == ("editor", "entered twice")

    @pytest.mark.parametrize("reason", [{}, {"reason": "   "}])
    def test_record_is_not_deleted_without_a_reason(self, desk, reason):
        person = make_prisoner(state=State.DRAFT)
        response = desk.post(delete_page(person), {"post": "yes", **reason})
        assert (response.status_code, Prisoner.objects.count()) == (200, 1)
        assert "Nothing was deleted yet: say why." in response.content.decode()

    def test_page_that_asks_has_the_field(self, desk):
        html = desk.get(delete_page(make_source())).content.decode()
        assert ('<textarea name="reason"' in html, "Nothing was deleted yet" in html) == (True, False)

    def test_chosen_records_are_deleted_with_a_reason(self, desk):
        chosen = {"action": "delete_selected", "_selected_action": [make_source().pk, make_source().pk]}
        assert '<textarea name="reason"' in desk.post(list_page(Source), chosen).content.decode()
        response = desk.post(list_page(Source), {**chosen, "post": "yes", "reason": "spam"})
        assert (response.status_code, Source.objects.count(), said("prisoners_source")) == (302, 0, ("editor", "spam"))

    def test_chosen_records_are_not_deleted_without_a_reason(self, desk):
        chosen = {"action": "delete_selected", "_selected_action": [make_source().pk, make_source().pk], "post": "yes"}
        response = desk.post(list_page(Source), {**chosen, "reason": " "})
        assert (response.status_code, Source.objects.count()) == (200, 2)
        assert "Nothing was deleted yet: say why." in response.content.decode()
