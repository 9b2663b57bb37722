"""The history in a real browser: from a mistake to what was there before."""

import re

import pytest
from playwright.sync_api import expect

from prisoners.models import HistoryEntry, Prisoner
from tests.cases import make_full_case
from tests.conftest import PASSWORD

pytestmark = pytest.mark.browser


def sign_in(page, live_server):
    page.goto(f"{live_server.url}/desk/")
    page.get_by_label("Username:").fill("editor")
    page.get_by_label("Password:").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def test_editor_restores_a_version_and_a_deleted_person(page, live_server, editor):
    make_full_case(state="draft")
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None)
    sign_in(page, live_server)
    page.get_by_role("link", name="People", exact=True).first.click()
    page.get_by_role("link", name="Taras Vymyšleny").click()
    page.get_by_label("Born:").fill("1978")
    page.get_by_label("Why:").fill("a new document")
    page.get_by_role("button", name="Save and continue editing").click()
    page.get_by_role("link", name="History", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("History of Taras Vymyšleny")
    newest = page.get_by_role("article").first
    expect(newest).to_contain_text("Why: a new document")
    expect(newest.get_by_role("row", name=re.compile("Born"))).to_contain_text("1978")
    page.get_by_role("link", name="Undo this whole action …").first.click()
    page.get_by_label("Why").fill("it was another person’s")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Done.")
    assert str(Prisoner.objects.get().born) == "1988-03"

    page.get_by_role("link", name="Taras Vymyšleny").first.click()
    page.get_by_role("link", name="Delete", exact=True).first.click()
    page.get_by_label("Why (kept in the history, never published):").fill("entered twice")
    page.get_by_role("button", name="Yes, I’m sure").click()
    assert Prisoner.objects.count() == 0
    page.goto(f"{live_server.url}/desk/")
    page.get_by_role("link", name="Deleted records").click()
    expect(page.get_by_role("row", name=re.compile("Taras Vymyšleny"))).to_contain_text("entered twice")
    page.get_by_role("link", name="Restore … Taras").first.click()
    expect(page.locator("main")).to_contain_text("The person comes back as a draft")
    page.get_by_label("Why").fill("it was the other record")
    page.get_by_role("button", name="Restore").click()
    expect(page.locator(".messagelist")).to_contain_text("Done.")
    person = Prisoner.objects.get()
    assert (str(person.name()), person.arrests.get().judgments.count(), person.state) == ("Taras Vymyšleny", 1, "draft")
    assert HistoryEntry.objects.first().reason.endswith(": it was the other record")
    assert complaints == []


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_history_fit_the_screen(page, live_server, editor, width):
    make_full_case(state="draft")
    entry = HistoryEntry.objects.filter(subject__startswith="prisoners_prisoner:").last()
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, live_server)
    root = f"/desk/history/{entry.subject.replace(':', '/')}/"
    addresses = [root, f"{root}versions/", f"/desk/history/entries/{entry.id}/", "/desk/deleted/"]
    addresses += [f"/desk/history/entries/{entry.id}/{way}/" for way in ("restore", "undo")]
    wide = {}
    for address in addresses:
        assert page.goto(f"{live_server.url}{address}").status == 200
        wide[address] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == dict.fromkeys(addresses, 0)
