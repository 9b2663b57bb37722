"""What each role meets at the desk: pages, lists, choices, and what it can send, in its countries and outside them."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from desk.actors import actor_of, names_of_those_who_may
from desk.admin.labels import page_of
from prisoners.models import Arrest, Name, Prisoner, Source, State
from prisoners.roles import Action, Grant, Role, everywhere
from releases.models import Pardon, PardonLine, Wave
from tests.desk.accounts import signed_in
from tests.desk.admin_forms import add_page, filled_in, list_page, rows
from tests.factories import make_arrest, make_prisoner, make_source

pytestmark = pytest.mark.django_db
ALL = list(State.values)


def make(state=State.DRAFT, country="BY", name=""):
    person = make_prisoner(name, state=state, country=country)
    make_arrest(person)
    return person


def listed(client, model):
    return set(client.get(list_page(model)).context["cl"].result_list)


@pytest.mark.parametrize(
    ("role", "sees", "changes"),
    [
        ("contributor", ["draft"], ["draft"]),
        ("editor", ALL, ALL),
        ("publisher", ALL, []),
        ("auditor", ALL, []),
    ],
)
def test_role_sees_and_changes_people_in_its_states_and_countries(role, sees, changes):
    client = signed_in("anna", **{role: ["BY"]})
    people = {(state, country): make(state, country) for state in ALL for country in ("BY", "RU")}
    within = {person for (state, country), person in people.items() if country == "BY" and state in sees}
    assert listed(client, Prisoner) == within
    assert {arrest.prisoner for arrest in listed(client, Arrest)} == within
    for (state, country), person in people.items():
        page = client.get(page_of(person))
        assert page.status_code == (200 if person in within else 302)
        client.post(page_of(person), {**({} if page.status_code == 302 else filled_in(page)), "home_region": f"{country}-HM"})
        is_changed = Prisoner.objects.get(pk=person.pk).home_region != ""
        assert is_changed == (country == "BY" and state in changes), (state, country)


def test_auditor_changes_nothing_at_all():
    client = signed_in("anna", auditor=[])
    people = [make(state) for state in ALL]
    actions = ("send_people", "publish_people", "send_back_people", "withdraw_people", "delete_selected")
    for action in actions:
        sent = {"action": action, "_selected_action": [p.pk for p in people], "confirmed": "yes", "reason": "x", "post": "yes"}
        client.post(list_page(Prisoner), sent)
    assert [Prisoner.objects.get(pk=person.pk).state for person in people] == ALL
    source = make_source()
    client.post(page_of(source), {"title": "Changed"})
    client.post(add_page(Source), {"title": "Added"})
    assert list(Source.objects.exclude(pk=source.pk).filter(title__in=["Changed", "Added"])) == []
    assert [client.get(add_page(model)).status_code for model in (Prisoner, Arrest, Source)] == [403, 403, 403]
    assert client.get(list_page(Prisoner)).context["action_form"] is None


def test_contributor_adds_drafts_in_their_countries_and_sources_but_publishes_nothing():
    client = signed_in("anna", contributor=["BY"])
    page = filled_in(client.get(add_page(Prisoner)))
    for country in ("BY", "RU"):
        name = rows("names", {"text": "A name", "language": "be", "kind": "legal"})
        response = client.post(add_page(Prisoner), {**page, "country": country, **name, "_send": "1"})
    assert response.context["adminform"].form.errors == {"country": ["Your roles don’t cover this country."]}
    assert list(Prisoner.objects.values_list("country", "state", "last_changed_by")) == [("BY", "draft", "anna")]
    assert client.get(add_page(Source)).status_code == 200
    assert 'name="_send"' not in client.get(page_of(Prisoner.objects.get())).content.decode()


def test_administrator_keeps_accounts_and_sees_no_record():
    client = signed_in("anna", administrator=[])
    person = make()
    assert client.get(list_page(User)).status_code == 200
    assert [client.get(list_page(model)).status_code for model in (Prisoner, Arrest, Source)] == [403, 403, 403]
    assert client.get(page_of(person)).status_code in (302, 403)
    assert client.get("/desk/review/").status_code == 403


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        ("contributor", {"Prisoner", "Arrest", "Release", "Source", "Facility", "Occupation"}),
        ("auditor", {"Prisoner", "Arrest", "Release", "Source", "Facility", "Occupation"}),
        ("administrator", {"User", "Occupation"}),
    ],
)
def test_front_page_offers_what_the_role_may_see(role, offered):
    apps = signed_in("anna", **{role: []}).get("/desk/admin/").context["app_list"]
    asked = {"Prisoner", "Arrest", "Release", "Source", "Facility", "Occupation", "User"}
    assert {model["object_name"] for app in apps for model in app["models"]} & asked == offered


def test_administrator_does_not_reach_accounts_above_all_roles(editor):
    client = signed_in("anna", administrator=[])
    page = page_of(editor)
    client.post(page, {"username": "editor", "is_active": ""})
    assert User.objects.get(pk=editor.pk).is_active


@pytest.mark.parametrize("role", ["contributor", "editor", "publisher", "auditor"])
def test_nobody_else_keeps_accounts(role):
    client = signed_in("anna", **{role: []})
    assert client.get(list_page(User)).status_code == 403


def test_country_limits_what_can_be_chosen_and_what_is_accepted():
    client = signed_in("anna", editor=["BY"])
    own, foreign = make(name="Own Person"), make(country="RU", name="Foreign Person")
    query = {"app_label": "prisoners", "model_name": "arrest", "field_name": "prisoner", "term": "Person"}
    found = client.get("/desk/admin/autocomplete/", query).json()["results"]
    assert [choice["id"] for choice in found] == [str(own.pk)]
    page = filled_in(client.get(add_page(Arrest)))
    response = client.post(add_page(Arrest), {**page, "prisoner": foreign.pk, "began": "2024", "country": "RU"})
    assert "prisoner" in response.context["adminform"].form.errors
    assert foreign.arrests.count() == 1


def test_contributor_can_not_write_into_a_published_person_by_sending_its_number():
    client = signed_in("anna", contributor=[])
    public = make(State.PUBLISHED)
    page = filled_in(client.get(add_page(Arrest)))
    client.post(add_page(Arrest), {**page, "prisoner": public.pk, "began": "2015", "ended": "2016"})
    client.post(page_of(public.arrests.get()), {"began": "2019"})
    assert [str(arrest.began) for arrest in public.arrests.all()] == ["2020-08-09"]


def test_shared_records_name_nobody_outside_the_countries():
    client = signed_in("anna", editor=["BY"])
    own, foreign = make(name="Own Person"), make(country="RU", name="Foreign Person")
    pardon = Pardon.objects.create(slug="p", title="p", wave=Wave.objects.create(slug="w", title="w"))
    for position, person in enumerate((own, foreign)):
        PardonLine.objects.create(pardon=pardon, position=position, as_written=f"line {position}", arrest=person.arrests.get())
        person.arrests.get().citations.update(source=make_source(title="Shared") if position == 0 else Source.objects.last())
    pages = [page_of(pardon), list_page(PardonLine), page_of(Source.objects.last())]
    html = "".join(client.get(page).content.decode() for page in pages)
    assert ("Own Person" in html, "Foreign Person" in html, foreign.code in html) == (True, False, False)


class TestActorOf:
    def test_first_account_can_do_everything_but_approve_its_own_work(self, editor):
        assert actor_of(editor).grants == everywhere([Role.ADMINISTRATOR, Role.EDITOR, Role.PUBLISHER])

    def test_first_account_with_roles_of_its_own_has_those_and_administers(self, editor):
        editor.assignments.create(role="auditor", countries=["BY"])
        assert actor_of(User.objects.get(pk=editor.pk)).grants == (
            Grant(Role.AUDITOR, frozenset({"BY"})),
            Grant(Role.ADMINISTRATOR),
        )

    def test_account_that_is_not_active_has_no_role(self, editor):
        editor.is_active = False
        assert actor_of(editor).grants == ()

    def test_staff_without_a_role_has_no_business_at_the_desk(self, stranger, outside):
        User.objects.update(is_staff=True)
        assert outside.get(list_page(Prisoner)).status_code == 302

    def test_those_who_may_are_named_without_the_one_who_may_not(self, editor):
        for name, role, countries in (
            ("a", "publisher", []),
            ("b", "publisher", ["RU"]),
            ("c", "editor", []),
            ("d", "publisher", []),
        ):
            User.objects.create_user(name).assignments.create(role=role, countries=countries)
        assert names_of_those_who_may(Action.PUBLISH, "BY", but="d") == ["a", "editor"]


def test_signing_in_needs_a_role_and_no_other_mark():
    for name, role in (("anna", "auditor"), ("stranger", None)):
        user = User.objects.create_user(name, password="correct horse battery staple")
        if role:
            user.assignments.create(role=role)
        client = Client()
        assert client.login(username=name, password="correct horse battery staple")
        assert client.get("/desk/admin/").status_code == (200 if role else 302)


def test_change_of_a_part_by_an_editor_is_kept_as_theirs(desk):
    person = make()
    desk.post(page_of(person), {**filled_in(desk.get(page_of(person))), "names-0-text": "Another"})
    assert (Name.objects.get().text, Prisoner.objects.get().last_changed_by) == ("Another", "editor")
