"""Readers' pages in a real browser: accessible, readable without a script, on a phone, from the right, on paper."""

from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from releases.models import Release
from tests.factories import make_arrest, make_prisoner
from tests.public.test_every_page import PAGES, WITH_CHART
from tests.public.worlds import make_case, make_wave

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What a small phone shows; WCAG asks that nothing need scrolling sideways at 320.
PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 800}


@pytest.fixture
def code() -> str:
    """The code of a person in a world with every standing and every kind of row in it."""
    person = make_case(arrests=2, is_fictional=True)
    make_arrest(make_prisoner("A Very-Long-Name Of-Somebody-Invented"), began="2020", ended="2099")
    dead = make_arrest(make_prisoner(died="2024-05-07"), ended="2024-05-07", last_confirmed_on=date(2024, 1, 1))
    Release.objects.create(arrest=dead, mechanism_id="death_in_custody")
    make_wave(acts=3)
    return person.code


def visit_each(page: Page, live_server, code: str):
    for path in PAGES:
        page.goto(f"{live_server.url}{path.format(code=code)}")
        yield path


def broken_rules(page: Page, **options: Any) -> list[tuple[str, str]]:
    found = Axe().run(page, options=options).response
    assert found["passes"] != []
    return [(rule["id"], node["html"]) for rule in found["violations"] for node in rule["nodes"]]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_page_breaks_no_rule_of_accessibility(page: Page, live_server, code: str, size) -> None:
    """Dark pages differ in nothing but their colours, so of them only the rules on colours are asked."""
    page.set_viewport_size(size)
    broken = {}
    for path in visit_each(page, live_server, code):
        page.emulate_media(color_scheme="light")
        in_light = broken_rules(page)
        page.emulate_media(color_scheme="dark")
        broken[path] = in_light + broken_rules(page, runOnly=["cat.color"])
    assert broken == {path: [] for path in PAGES}


def test_page_from_the_right_breaks_no_rule_of_accessibility(page: Page, live_server, code: str) -> None:
    broken = {}
    for path in visit_each(page, live_server, code):
        page.evaluate("document.documentElement.dir = 'rtl'")
        broken[path] = broken_rules(page)
    assert broken == {path: [] for path in PAGES}


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_page_needs_no_scrolling_sideways_on_a_small_phone(page: Page, live_server, code: str, direction: str) -> None:
    page.set_viewport_size(PHONE)
    too_wide = {}
    for path in visit_each(page, live_server, code):
        page.evaluate(f"document.documentElement.dir = '{direction}'")
        too_wide[path] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert too_wide == dict.fromkeys(PAGES, 0)


def test_first_view_asks_for_the_page_its_stylesheet_and_its_chart_from_this_host_alone(
    page: Page, live_server, code: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in visit_each(page, live_server, code):
        first, sheet, *chart = [url.removeprefix(live_server.url) for url in asked if not url.startswith("data:")]
        assert (first, sheet) == (path.format(code=code), "/static/site.css")
        assert [url.partition("?")[0] for url in chart] == (["/counts.svg"] if path in WITH_CHART else [])
        asked.clear()
    assert page.context.cookies() == []


def test_keyboard_reaches_the_content_first(page: Page, live_server, code: str) -> None:
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"


def test_facets_collapse_on_a_phone_and_open_without_a_script(page: Page, live_server, code: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}/prisoners/")
    facet = page.locator(".facet-list")
    assert facet.is_visible() is False
    page.get_by_label("Show what narrows the list").check(force=True)
    assert facet.is_visible() is True


def test_reader_finds_a_person_by_name_and_narrows_the_list(page: Page, live_server, code: str) -> None:
    page.goto(live_server.url)
    page.get_by_label("Name or code").fill("vymyš")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Taras Vymyšleny").click()
    assert page.url == f"{live_server.url}/prisoners/{code}/"
    assert page.get_by_role("heading", level=1).inner_text().startswith("Taras Vymyšleny")


def test_reader_builds_a_count_with_the_form(page: Page, live_server, code: str) -> None:
    page.goto(f"{live_server.url}/counts/")
    form = page.get_by_role("form", name="Ask for a number")
    form.get_by_label("And", exact=True).select_option("any")
    form.get_by_label("Broken down by").select_option("region")
    form.get_by_label("On the day, or until").fill("2021-06-01")
    form.get_by_role("button", name="Count", exact=True).click()
    assert page.locator(".answer").inner_text().startswith("On 1 June 2021 at least")
    assert page.get_by_role("heading", name="By region").is_visible()
    # Going on to a period takes the day along as its last one.
    page.get_by_text("Ask for a number").click()
    form.get_by_label("Count who was").select_option("arrests")
    form.get_by_label("From", exact=True).fill("2021-01-01")
    form.get_by_role("button", name="Count", exact=True).click()
    assert page.locator(".answer").inner_text().startswith("From 1 January 2021 to 1 June 2021")


def test_reader_narrows_a_count_by_keyboard_alone_and_goes_back(page: Page, live_server, code: str) -> None:
    page.goto(f"{live_server.url}/counts/")
    page.get_by_text("Only some people").focus()
    for key in ("Enter", "Tab", "Tab", "Tab", "Enter", "Tab", "Tab", "Space", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url("**gender=male**")
    assert "of those selected (Gender: male)" in page.locator(".answer").inner_text()
    assert page.get_by_label("Male", exact=True).is_checked() is True
    page.go_back()
    assert page.url == f"{live_server.url}/counts/"


def test_reader_mends_what_was_wrong_in_the_form(page: Page, live_server, code: str) -> None:
    page.goto(f"{live_server.url}/counts/?measure=arrests&to=next+week&recognised=any")
    field = page.get_by_label("On the day, or until")
    assert (field.input_value(), field.get_attribute("aria-invalid")) == ("next week", "true")
    field.fill("2021-06-01")
    page.get_by_role("button", name="Count", exact=True).click()
    assert page.locator(".answer").inner_text().startswith("Up to 1 June 2021 at least")


def test_reporter_walks_from_the_first_page_to_a_source_and_takes_a_count_along(page: Page, live_server, code: str) -> None:
    page.goto(live_server.url)
    page.get_by_role("navigation").get_by_role("link", name="Prisoners").click()
    page.locator(".facets").get_by_role("link", name="held", exact=False).first.click()
    assert "status=held" in page.url
    page.get_by_role("link", name="Taras Vymyšleny").first.click()
    assert page.url.endswith(f"/prisoners/{code}/")
    footnote = page.locator("sup a").first
    target = footnote.get_attribute("href")
    footnote.click()
    source = page.locator(target)
    assert (source.is_visible(), source.inner_text().startswith("Source ")) == (True, True)
    page.get_by_role("navigation").get_by_role("link", name="Counts").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    header = download.value.path().read_text(encoding="utf-8").splitlines()[0]
    assert header.split(",")[:2] == ["measure", "unit"]


def test_paper_shows_the_case_without_the_frame(page: Page, live_server, code: str) -> None:
    page.goto(f"{live_server.url}/prisoners/{code}/")
    page.emulate_media(media="print")
    shown = {name: page.locator(name).first.is_visible() for name in ("h1", ".timeline", ".leave", ".search", ".site-head nav")}
    assert shown == {"h1": True, ".timeline": True, ".leave": False, ".search": False, ".site-head nav": False}
