"""A case page with a photo in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.files import make_photo
from tests.public.test_browser import DESK, PHONE
from tests.public.worlds import make_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.value))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 300);
})"""


@pytest.fixture
def address(live_server) -> str:
    photo = make_photo(make_case(), credit="A friend", taken_on="2019-05")
    return f"{live_server.url}{photo.prisoner.get_absolute_url()}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_page_with_a_photo_breaks_no_rule_and_stays_where_it_is(page: Page, address: str, size, scheme: str) -> None:
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    image = page.get_by_role("img", name="A drawing of two squares")
    assert image.evaluate("image => [image.complete, image.naturalWidth, image.clientWidth, image.clientHeight]") == [
        True,
        320,
        240,
        180,
    ]
    assert page.evaluate(SHIFTS) == 0
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert [(rule["id"], node["html"]) for rule in Axe().run(page).response["violations"] for node in rule["nodes"]] == []


def test_page_with_a_photo_asks_for_three_things_from_this_host_alone(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    host = address.partition("/prisoners/")[0]
    assert [url.removeprefix(host).partition("?")[0] for url in asked if not url.startswith("data:")] == [
        address.removeprefix(host),
        "/static/site.css",
        page.get_by_role("img", name="A drawing of two squares").get_attribute("src"),
    ]
    assert page.context.cookies() == []


def test_photo_opens_large_on_its_own(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="A drawing of two squares").click()
    assert page.url.endswith(".jpg")
    assert page.evaluate("document.images[0].naturalWidth") == 400
