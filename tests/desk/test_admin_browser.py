"""The desk in a real browser, under the site's own content security policy."""

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from prisoners.models import Prisoner, State
from tests.conftest import PASSWORD
from tests.factories import make_source

pytestmark = pytest.mark.browser


def sign_in(page, live_server, name="editor"):
    page.goto(f"{live_server.url}/desk/")
    page.get_by_label("Username:").fill(name)
    page.get_by_label("Password:").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def choose(page, select, words):
    """Type into a searched-for relation and take the first that is found."""
    page.locator(f"#{select} + .select2").click()
    page.locator(".select2-search__field").last.fill(words)
    page.locator(".select2-results__option--highlighted", has_text=words).click()


@pytest.fixture
def publisher(editor):
    user = User.objects.create_user("publisher", password=PASSWORD)
    user.assignments.create(role="publisher")
    return user


def test_editor_logs_an_arrest_and_another_person_publishes_it(page, live_server, editor, publisher):
    make_source(title="Statement of the monitor")
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    sign_in(page, live_server)
    page.get_by_role("link", name="People", exact=True).first.click()
    page.get_by_role("link", name="Add person").click()
    page.get_by_label("Country:").first.fill("by")
    page.locator("#id_names-0-text").fill("Ян Новік")
    page.locator("#id_arrests-0-began").fill("2020-08-32")
    choose(page, "id_citations-0-source", "Statement of the monitor")
    page.get_by_role("button", name="Save and send for review").click()

    expect(page.locator(".errorlist").first).to_contain_text("August 2020 has 31 days, not a day 32.")
    expect(page.locator("#id_arrests-0-began")).to_have_value("2020-08-32")
    page.locator("#id_arrests-0-began").fill("2020-08-09/2020-08-12")
    page.get_by_role("button", name="Save and send for review").click()

    expect(page.locator(".messagelist")).to_contain_text(re.compile(r"1 person was sent for review: BY-\w{6}\."))
    expect(page.get_by_label("Publication")).to_contain_text("You made the last change, so somebody else must approve it.")
    expect(page.get_by_label("Publication")).to_contain_text("These could: publisher.")
    page.get_by_role("button", name="Log out").click()

    sign_in(page, live_server, "publisher")
    page.get_by_role("link", name="Review list").click()
    page.get_by_role("link", name="Ян Новік").click()
    page.get_by_role("button", name="Approve and publish …").click()
    page.get_by_role("button", name="Approve and publish 1 person").click()
    expect(page.locator(".messagelist")).to_contain_text(re.compile(r"1 person was published: BY-\w{6}\."))
    person = Prisoner.objects.get()
    assert (person.state, str(person.name()), str(person.arrests.get().began)) == (
        State.PUBLISHED,
        "Ян Новік",
        "2020-08-09/2020-08-12",
    )
    assert complaints == []

    page.get_by_role("link", name="Ян Новік").click()
    page.get_by_role("button", name="Withdraw …", exact=True).click()
    expect(page.get_by_role("heading", name="Withdraw 1 person?")).to_be_visible()
    page.get_by_label("Reason").fill("The family asked.")
    page.get_by_role("button", name="Withdraw 1 person").click()
    expect(page.locator(".messagelist")).to_contain_text("1 person was withdrawn")
    assert Prisoner.objects.get().state == State.WITHDRAWN
    assert complaints == []
