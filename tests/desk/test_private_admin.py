"""Private records at the desk: who sees them, where they never show, what happens to those that can't be read."""

import pytest
from django.contrib.admin.models import LogEntry
from django.views.debug import ExceptionReporter

from desk.admin.labels import page_of
from desk.admin.private import PrivateAdmin
from desk.admin.private_page import SHOWN, private_page_of
from desk.models import FamilyContact, InternalNote, SourceIdentity
from desk.private.envelope import NO_KEY
from desk.private.keys import new_key
from prisoners.models import Prisoner, Source
from tests.desk.accounts import signed_in
from tests.desk.admin_forms import add_page, complaints, filled_in, list_page, save
from tests.desk.private_world import KINDS, OF_PERSON, encrypted, everything_stored, make_private, raw
from tests.factories import make_arrest, make_prisoner, make_source

pytestmark = pytest.mark.django_db
CANARY = "CANARY"


@pytest.fixture
def publisher(db):
    """Somebody who reads every case, and has no business with families."""
    return signed_in("publisher", publisher=[])


def owner_of(kind):
    return make_source() if kind is SourceIdentity else make_prisoner()


def typed(kind, owner):
    """What an editor types into the form of a new record."""
    return {kind.belongs_to[0]: owner.pk, **{field.name: f"{CANARY} {field.name}" for field in encrypted(kind)}}


def tie(kind):
    return kind.belongs_to[0]


@pytest.mark.parametrize("kind", KINDS)
class TestOneKind:
    def test_typed_record_is_kept_encrypted_with_who_typed_it(self, desk, kind):
        owner = owner_of(kind)
        response = desk.post(add_page(kind), typed(kind, owner))
        record = kind.objects.get()
        assert (response.status_code, response.url) == (302, private_page_of(owner))
        assert {field.name: getattr(record, field.name) for field in encrypted(kind)} == {
            field.name: f"{CANARY} {field.name}" for field in encrypted(kind)
        }
        assert (record.entered_by, record.owner) == ("editor", owner)

    def test_record_written_changed_and_deleted_leaves_its_text_nowhere(self, desk, kind):
        owner = owner_of(kind)
        desk.post(add_page(kind), {**typed(kind, owner), "_continue": "1"})
        record = kind.objects.get()
        name = encrypted(kind)[0].name
        assert complaints(save(desk, page_of(record), {name: f"Another {CANARY}"})) == {}
        assert getattr(kind.objects.get(), name) == f"Another {CANARY}"
        for address in (
            private_page_of(owner),
            list_page(kind),
            page_of(record),
            page_of(record).replace("change", "history"),
            "/desk/admin/",
        ):
            desk.get(address)
        assert CANARY not in everything_stored()
        desk.post(page_of(record).replace("change", "delete"), {"post": "yes", "reason": "Asked for."})
        assert (kind.objects.count(), LogEntry.objects.count()) == (0, 3)
        assert CANARY not in everything_stored()

    def test_text_shows_on_its_own_pages_alone(self, desk, kind):
        record = make_private(kind, text=f"{CANARY} ")
        owner = record.owner
        shown = [page_of(record), private_page_of(owner)]
        hidden = [
            "/desk/admin/",
            list_page(kind),
            f"{list_page(kind)}?q={CANARY}",
            add_page(kind),
            page_of(record).replace("change", "history"),
            page_of(record).replace("change", "delete"),
            page_of(owner),
            page_of(owner).replace("change", "history"),
            page_of(owner).replace("change", "delete"),
            list_page(type(owner)),
        ]
        assert [address for address in shown if f"{CANARY} " not in desk.get(address).content.decode()] == []
        assert [address for address in hidden if f"{CANARY} " in desk.get(address).content.decode()] == []

    def test_page_is_kept_by_no_browser(self, desk, kind):
        record = make_private(kind)
        for address in (page_of(record), add_page(kind), private_page_of(record.owner)):
            response = desk.get(address)
            assert (response.status_code, "no-store" in response["Cache-Control"]) == (200, True)
        form = desk.get(page_of(record)).context["adminform"].form
        told = {
            name: (form.fields[name].widget.attrs["autocomplete"], form.fields[name].widget.attrs["spellcheck"])
            for name in texts(kind)
        }
        assert told == dict.fromkeys(texts(kind), ("off", "false"))

    def test_record_without_its_key_is_shown_with_the_reason_and_saved_unharmed(self, desk, kind, settings):
        record = make_private(kind)
        before = {name: raw(record, name) for name in texts(kind)}
        settings.PRIVATE_KEYS = [new_key()]
        for address in (page_of(record), private_page_of(record.owner)):
            response = desk.get(address)
            assert response.status_code == 200
            assert response.content.decode().count(str(NO_KEY)) == len(before)
        assert complaints(save(desk, page_of(record), {})) == {}
        assert complaints(save(desk, page_of(record), dict.fromkeys(before, "Written over"))) == {}
        assert {name: raw(record, name) for name in before} == before

    def test_error_report_leaves_out_what_was_typed(self, desk, kind, monkeypatch):
        seen = []

        def fail(self, request, *args):
            seen.append(request)
            raise ZeroDivisionError

        monkeypatch.setattr(PrivateAdmin, "save_model", fail)
        with pytest.raises(ZeroDivisionError) as failed:
            desk.post(add_page(kind), typed(kind, owner_of(kind)))
        report = ExceptionReporter(seen[0], failed.type, failed.value, failed.tb).get_traceback_text()
        assert ("csrfmiddlewaretoken" in report or "POST" in report, CANARY in report) == (True, False)

    def test_publisher_is_refused_and_sees_no_way_there(self, publisher, kind):
        record = make_private(kind, text=f"{CANARY} ")
        addresses = [page_of(record), list_page(kind), add_page(kind), private_page_of(record.owner)]
        assert [publisher.get(address).status_code for address in addresses] == [403] * len(addresses)
        page = publisher.get(page_of(record.owner))
        assert (page.status_code, "private" in page.content.decode().lower()) == (200, False)
        assert "private" not in publisher.get("/desk/admin/").content.decode().lower()

    def test_publisher_learns_nothing_of_owners_that_do_not_exist(self, publisher, kind):
        record = make_private(kind)
        missing = type(record.owner)(pk=record.owner.pk + 1000)
        assert publisher.get(private_page_of(missing)).status_code == 403

    def test_auditor_reads_all_and_changes_nothing(self, kind):
        record = make_private(kind, text=f"{CANARY} ")
        auditor = signed_in("auditor", auditor=[])
        page = auditor.get(private_page_of(record.owner))
        assert f"{CANARY} " in page.content.decode()
        assert {section["add"] for section in page.context["sections"]} == {""}
        assert auditor.get(page_of(record)).status_code == 200
        assert auditor.post(page_of(record), typed(kind, record.owner)).status_code == 403

    def test_roles_of_another_country_are_not_enough(self, kind):
        record = make_private(kind)
        there = signed_in("editor-there", editor=["LT"])
        status = {address: there.get(address).status_code for address in (private_page_of(record.owner), page_of(record))}
        # A source is of no country.
        assert set(status.values()) == ({200} if kind is SourceIdentity else {302, 404} & set(status.values()))
        rows = there.get(list_page(kind)).context["cl"].result_list
        assert list(rows) == ([record] if kind is SourceIdentity else [])


@pytest.mark.parametrize("kind", OF_PERSON)
def test_another_role_in_the_country_opens_nothing_private(kind):
    record = make_private(kind, make_prisoner(state="draft"), text=f"{CANARY} ")
    client = signed_in("both", editor=["LT"], publisher=["BY"], contributor=["BY"])
    page = client.get(page_of(record.owner))
    assert (page.status_code, "/private/" in page.content.decode()) == (200, False)
    assert client.get(private_page_of(record.owner)).status_code == 403
    assert f"{CANARY} " not in client.get(page_of(record)).content.decode()
    assert complaints(client.post(add_page(kind), typed(kind, record.owner))).keys() >= {"prisoner"}
    assert kind.objects.count() == 1


def texts(kind):
    return [field.name for field in encrypted(kind)]


def test_key_that_comes_back_while_the_page_is_open_costs_nothing(desk, settings):
    record, old, new = make_private(FamilyContact), settings.PRIVATE_KEYS, [new_key()]
    settings.PRIVATE_KEYS = new
    record.name = "Known again"
    record.save()
    before = {name: raw(record, name) for name in texts(FamilyContact)}
    sent = filled_in(desk.get(page_of(record)))
    assert (sent["name"], set(sent) & set(before)) == ("Known again", {"name"})
    settings.PRIVATE_KEYS = [*new, *old]
    assert desk.post(page_of(record), sent).status_code == 302
    assert {name: raw(record, name) for name in before} == before


def test_page_of_the_person_links_to_their_private_records(desk):
    person = make_prisoner()
    assert f'href="{private_page_of(person)}"' in desk.get(page_of(person)).content.decode()
    assert "/private/" not in desk.get(add_page(Prisoner)).content.decode()


def test_new_record_begins_with_the_person_whose_page_led_there(desk):
    person = make_prisoner()
    add = desk.get(private_page_of(person)).context["sections"][0]["add"]
    assert desk.get(add).context["adminform"].form.initial == {"prisoner": str(person.pk)}


def test_record_stays_with_its_person(desk):
    record, other = make_private(FamilyContact), make_prisoner()
    assert complaints(save(desk, page_of(record), {"prisoner": other.pk})) == {}
    assert FamilyContact.objects.get().prisoner == record.prisoner


def test_required_text_left_out_is_refused_at_the_field(desk):
    sent = {"prisoner": make_prisoner().pk, "note": "Only a note"}
    assert complaints(desk.post(add_page(FamilyContact), sent)) == {"name": ["This field is required."]}


@pytest.mark.parametrize("owners", [(), ("prisoner", "arrest")])
def test_note_without_one_owner_is_refused_in_words(desk, owners):
    arrest = make_arrest()
    sent = {"text": "Note", **{name: {"prisoner": arrest.prisoner, "arrest": arrest}[name].pk for name in owners}}
    refused = complaints(desk.post(add_page(InternalNote), sent))
    assert refused == {"__all__": ["A note is about a person or about an arrest: choose one of the two."]}


def test_note_on_an_arrest_stands_with_the_arrest_and_with_the_person(desk):
    arrest = make_arrest()
    assert desk.post(add_page(InternalNote), {"arrest": arrest.pk, "text": "Note"}).url == private_page_of(arrest)
    of_arrest, of_person = (
        desk.get(private_page_of(owner)).context["sections"][-1]["records"] for owner in (arrest, arrest.prisoner)
    )
    assert [(len(found), found[0]["about"]) for found in (of_arrest, of_person)] == [(1, ""), (1, "2020-08-09 –")]


def test_page_shows_a_bounded_number_and_where_the_others_are(desk):
    person = make_prisoner()
    for _number in range(SHOWN + 1):
        make_private(InternalNote, person)
    section = desk.get(private_page_of(person)).context["sections"][-1]
    assert (len(section["records"]), section["all"]) == (SHOWN, f"{list_page(InternalNote)}?prisoner={person.pk}")
    assert desk.get(section["all"]).context["cl"].result_count == SHOWN + 1


def test_page_asks_as_often_for_three_records_as_for_one(desk, django_assert_num_queries):
    arrest = make_arrest()
    desk.get(private_page_of(arrest.prisoner))
    for added in (1, 2):
        for _row in range(added):
            for kind in OF_PERSON:
                make_private(kind, arrest.prisoner)
            InternalNote.objects.create(arrest=arrest, entered_by="editor", text="Note")
        with django_assert_num_queries(10):
            assert desk.get(private_page_of(arrest.prisoner)).status_code == 200


@pytest.mark.parametrize("kind", OF_PERSON)
def test_record_is_found_by_the_name_of_its_person_and_not_by_what_it_says(desk, kind):
    record = make_private(kind, make_prisoner("Ян Новік"), text="Ганна ")
    make_private(kind)
    found = [
        list(desk.get(list_page(kind), {"q": asked}).context["cl"].result_list)
        for asked in ("новік", record.prisoner.code, "Ганна")
    ]
    assert found == [[record], [record], []]


def test_identity_is_found_by_its_source(desk):
    record = make_private(SourceIdentity, make_source(title="Statement of the monitor"), text="Ганна ")
    found = [list(desk.get(list_page(SourceIdentity), {"q": asked}).context["cl"].result_list) for asked in ("monitor", "Ганна")]
    assert found == [[record], []]


@pytest.mark.parametrize("owner", [Prisoner, Source])
def test_private_records_go_with_their_owner(desk, owner):
    record = make_private(SourceIdentity) if owner is Source else make_private(FamilyContact, make_prisoner(state="draft"))
    desk.post(page_of(record.owner).replace("change", "delete"), {"post": "yes", "reason": "Asked for."})
    assert (owner.objects.count(), type(record).objects.count()) == (0, 0)
