"""A whole intake in a real browser, by keyboard alone."""

import pytest
from playwright.sync_api import expect

from desk.intake.models import Intake
from prisoners.models import Arrest
from releases.models import PardonLine, Release
from tests.conftest import PASSWORD
from tests.desk.intake.scene import begin, held, make_pardon

pytestmark = pytest.mark.browser


def sign_in(page, live_server):
    page.goto(f"{live_server.url}/desk/")
    page.get_by_label("Username:").fill("editor")
    page.get_by_label("Password:").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def tab_to(page, locator, most=80):
    """Press Tab until this has the focus."""
    for _ in range(most):
        if locator.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {locator}")


def test_intake_is_done_by_keyboard_alone(page, live_server, editor):
    first, second, other = held("Siarhei Kavaliou", native="Сергей Ковалёв"), held("Anna Sidorova"), held("Maria Novak")
    make_pardon()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None)
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/desk/intake/")
    tab_to(page, page.get_by_role("link", name="Begin with a new list"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/new/")
    tab_to(page, page.get_by_label("The list"))
    page.keyboard.type(
        "1. Ковалев Сергей, 1987\n2. Сидорова Анна\n3. Новак М., г. Брест\nand some others whose names nobody told"
    )
    tab_to(page, page.get_by_label("Pardon", exact=True))
    page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_label("Title").last)
    page.keyboard.type("The decree")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Line 1:")).to_be_visible()

    line = page.get_by_role("group", name="Line 1:")
    expect(line.get_by_label("Leave unidentified")).to_be_checked()
    tab_to(page, line.get_by_label("Leave unidentified"))
    page.keyboard.press("ArrowDown")
    expect(line.get_by_label("Siarhei Kavaliou")).to_be_checked()
    line = page.get_by_role("group", name="Line 2:")
    tab_to(page, line.get_by_label("Leave unidentified"))
    page.keyboard.press("ArrowDown")
    search = page.get_by_role("group", name="Line 3:").get_by_role("button", name="Keep, and search for somebody else")
    tab_to(page, search)
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Search a name in any script, or a code"))
    page.keyboard.type("Новак Мария")
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Leave unidentified"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Maria Novak")).to_be_checked()
    tab_to(page, page.get_by_role("button", name="Keep, and back to the lines"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Line 3:").get_by_label("Maria Novak")).to_be_checked()

    line = page.get_by_role("group", name="Line 4:")
    tab_to(page, line.get_by_label("Leave unidentified"))
    page.keyboard.press("ArrowDown")
    tab_to(page, line.get_by_label("Why this is not a person"))
    page.keyboard.type("names nobody")
    tab_to(page, page.get_by_role("button", name="Keep, and see what confirming would do"))
    page.keyboard.press("Enter")
    expect(page.locator(".intake-plan")).to_contain_text("3 people are released")
    assert Release.objects.count() == 0
    tab_to(page, page.get_by_role("button", name="Confirm"))
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Done: 3 released, 0 tied to what was on record, 0 left unidentified.")
    assert list(PardonLine.objects.values_list("as_written", "arrest")) == [
        ("1. Ковалев Сергей, 1987", first.pk),
        ("2. Сидорова Анна", second.pk),
        ("3. Новак М., г. Брест", other.pk),
    ]

    tab_to(page, page.get_by_role("link", name="Take it back"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Why"))
    page.keyboard.type("the wrong decree")
    tab_to(page, page.get_by_role("button", name="Take it back"))
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Taken back.")
    assert (PardonLine.objects.count(), Release.objects.count()) == (0, 0)
    assert list(Arrest.objects.values_list("ended", flat=True)) == [None] * 3
    assert complaints == []


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_the_intake_fit_the_screen(page, live_server, editor, width):
    held("Siarhei Kavaliou", native="Сергей Ковалёв", born="1960")
    begin("1. Ковалев Сергей, 1987 г.р., ст. 342 ч. 1, г. Гомель\nand some others whose names nobody told")
    pk = Intake.objects.get().pk
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, live_server)
    wide = {}
    addresses = ["", "new/", "unidentified/", *(f"{pk}/{rest}" for rest in ("", "all/", "lines/1/", "confirm/"))]
    for address in addresses:
        assert page.goto(f"{live_server.url}/desk/intake/{address}").status == 200
        wide[address] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == dict.fromkeys(addresses, 0)
