"""Nobody but editors sees anything of the desk."""

import pytest
from django.contrib import admin
from django.urls import reverse

from desk.admin.labels import page_of
from prisoners.models import Prisoner
from tests.desk.admin_forms import add_page, list_page
from tests.factories import make_prisoner

ADDRESSES = [
    "/desk/admin/",
    "/desk/admin/autocomplete/?app_label=prisoners&model_name=arrest&field_name=prisoner&term=a",
    "/desk/admin/password_change/",
    "/desk/admin/jsi18n/",
    *(page(model) for model in admin.site._registry for page in (list_page, add_page)),
]
SIGN_IN = reverse("admin:login")


def sign_in_for(address):
    return f"{SIGN_IN}?next={address.replace('?', '%3F').replace('=', '%3D').replace('&', '%26')}"


def test_desk_leads_to_the_record_editor(client):
    response = client.get("/desk/")
    assert (response.status_code, response.url) == (302, "/desk/admin/")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_reader_is_sent_to_sign_in(client, address):
    response = client.get(address)
    assert (response.status_code, response.url) == (302, sign_in_for(address))


@pytest.mark.parametrize("address", ADDRESSES)
def test_stranger_with_an_account_is_sent_to_sign_in(outside, address):
    response = outside.get(address)
    assert (response.status_code, response.url) == (302, sign_in_for(address))


def test_stranger_learns_nothing_of_a_person_by_guessing(outside):
    person = make_prisoner()
    known, unknown = page_of(person), page_of(Prisoner(pk=person.pk + 1))
    assert [outside.get(address).url for address in (known, unknown)] == [sign_in_for(known), sign_in_for(unknown)]


def test_stranger_can_not_publish_or_change(outside):
    person = make_prisoner(state="draft")
    outside.post(list_page(Prisoner), {"action": "publish_people", "_selected_action": [person.pk]})
    outside.post(page_of(person), {"home_region": "BY-HM"})
    person.refresh_from_db()
    assert (person.state, person.home_region) == ("draft", "")


@pytest.mark.parametrize("address", ADDRESSES)
def test_editor_sees_the_page(desk, address):
    assert desk.get(address).status_code == 200


def test_front_page_keeps_together_what_belongs_together(desk):
    apps = desk.get("/desk/admin/").context["app_list"]
    assert [(str(app["name"]), [model["object_name"] for model in app["models"]]) for app in apps] == [
        ("People", ["Prisoner", "Arrest", "Case", "Context"]),
        ("Releases", ["Release", "Pardon", "Wave", "Event"]),
        ("Sources", ["Source", "Organisation"]),
        ("Places and law", ["Facility", "Statute"]),
        (
            "Lists",
            [
                "Occupation",
                "Affiliation",
                "Vulnerability",
                "Agency",
                "Criterion",
                "TreatmentKind",
                "Regime",
                "Mechanism",
                "Condition",
                "Licence",
            ],
        ),
        (
            "Private records",
            ["FamilyContact", "ExactAddress", "HealthFile", "ConsentEvidence", "SourceIdentity", "InternalNote"],
        ),
        ("Accounts", ["User"]),
    ]


def test_title_is_the_name_of_the_site(desk, settings):
    assert f"<title>Records | {settings.SITE_NAME}</title>" in desk.get("/desk/admin/").content.decode()
