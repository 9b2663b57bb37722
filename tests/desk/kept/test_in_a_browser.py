"""Signed out in another tab, in a real browser, by keyboard alone."""

import pytest
from playwright.sync_api import expect

from desk.intake.models import Intake
from desk.kept.models import KeptPost
from tests.conftest import PASSWORD
from tests.desk.intake.scene import make_pardon
from tests.desk.intake.test_keyboard import sign_in, tab_to

pytestmark = pytest.mark.browser


def test_list_typed_before_signing_out_is_read_after_signing_in(page, live_server, editor):
    make_pardon()
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/desk/intake/new/")
    tab_to(page, page.get_by_label("The list"))
    page.keyboard.type("1. Ковалев Сергей, 1987\n2. “Петров” <Иван>")
    tab_to(page, page.get_by_label("Pardon", exact=True))
    page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_label("Title").last)
    page.keyboard.type("The decree")
    with page.expect_popup() as opened:
        page.evaluate("window.open('/desk/admin/')")
    other = opened.value
    other.get_by_role("button", name="Log out").click()
    expect(other.get_by_text("Logged out").first).to_be_visible()

    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="You were signed out")).to_be_visible()
    expect(page.get_by_role("link", name="Sign in, and see what is kept")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_label("Username:").fill("editor")
    page.get_by_label("Password:").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Send it again?")).to_be_visible()
    assert Intake.objects.count() == 0
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    tab_to(page, page.get_by_role("button", name="Send it again"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Line 1:")).to_be_visible()
    intake = Intake.objects.get()
    assert [one.source_text for one in intake.lines.all()] == ["1. Ковалев Сергей, 1987\r\n", "2. “Петров” <Иван>"]
    assert (overflow, KeptPost.objects.count()) == (0, 0)
