"""What holds for each page that a reader can open."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern

from counts.ledger import settle
from prisoners.models import Prisoner, State
from public.urls import urlpatterns
from tests.factories import make_arrest, make_prisoner
from tests.packages import PREPARED
from tests.public.bodies import FILES
from tests.public.worlds import make_case, make_wave

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/prisoners/",
    "/prisoners/{code}/",
    "/releases/",
    "/releases/late-summer/",
    "/releases/late-summer/act-1/",
    "/releases/late-summer/?outcome=released&condition=none&left=unknown",
    "/releases/?year=2024&mechanism=pardon",
    "/timeline/?from=2020-01-01&to=2024-12-31",
    "/counts/",
    "/counts/?by=region&recognised=any",
    "/counts/?step=month&from=2020-01-01&to=2024-12-31&recognised=any",
    "/counts/?by=colour",
    "/counts/?recognised=any&gender=male&region=BY-HM&facility=colony&from=x",
    "/counts/people/?measure=ever&recognised=any&known=1",
    "/counts/changes/",
    "/counts/changes/?known_from=1&recognised=any",
    "/data/",
    "/data/dictionary/",
    "/methodology/",
    "/about/",
    "/prisoners/?colour=red",
    "/no/such/page/",
    "/api/",
    "/api/prisoners/",
    "/api/counts/",
    "/api/nothing-there/",
]
# Pages that show a chart, and so ask for one thing more.
WITH_CHART = [
    "/",
    "/timeline/?from=2020-01-01&to=2024-12-31",
    "/counts/?by=region&recognised=any",
    "/counts/?step=month&from=2020-01-01&to=2024-12-31&recognised=any",
]
NO_PHOTO = f"/prisoners/{{code}}/photos/{'0' * 32}.jpg"  # test_photos.py has those that are there
CHARTS = ["/counts.svg", "/counts.png"]
API = [
    "/api/v1/openapi.json",
    "/api/v1/",
    *(f"/api/v1/{name}/" for name in ("prisoners", "arrests", "releases", "pardons", "waves", "facilities", "events")),
    *("/api/v1/organisations/", "/api/v1/counts/", "/api/v1/prisoners/{code}/", "/api/v1/pardons/act-1/"),
    *("/api/v1/waves/late-summer/", "/api/v1/facilities/colony-15/", "/api/v1/events/late-summer-said-1/"),
    *("/api/v1/organisations/monitor/", "/api/v1/nothing/there"),
]
WAVES = ["/releases/late-summer.json", "/releases/late-summer/act-1.json", "/timeline.json"]
DATA = [
    "/prisoners/{code}.json",
    *WAVES,
    "/counts/ask/",
    NO_PHOTO,
    *FILES,
    *CHARTS,
    *PREPARED,
    "/counts/changes.json",
    *API,
    "/healthz",
]
KB = 1024


@pytest.fixture
def code() -> str:
    """The code of a person in a small world with everything in it."""
    person = make_case(arrests=2)
    make_wave()
    settle()
    return person.code


@pytest.mark.parametrize("path", [*PAGES, *DATA])
def test_page_sets_no_cookie_and_answers_all_readers_alike(client: Client, code: str, path: str) -> None:
    response = client.get(path.format(code=code))
    assert (list(response.cookies), "Cookie" in response.headers.get("Vary", "")) == ([], False)


@pytest.mark.parametrize("path", PAGES)
def test_page_asks_for_its_stylesheet_and_at_most_one_chart(client: Client, code: str, path: str) -> None:
    html = client.get(path.format(code=code)).content.decode()
    assert re.findall(r"<(script|iframe|object|embed|video|audio|style)\b", html) == []
    charts = re.findall(r'<picture><source media="[^"]*" srcset="([^"]*)"><img src="([^"]*)" alt="[^"]+"></picture>', html)
    assert len(charts) == len(re.findall(r"<(?:img|source)\b", html)) / 2 == (path in WITH_CHART)
    assert [link for both in charts for link in both if not link.startswith("/counts.svg?")] == []
    assert re.findall(r'<link rel="(.*?)" href="(.*?)">', html) == [("icon", "data:,"), ("stylesheet", "/static/site.css")]
    assert re.findall(r'\son\w+="|style="|javascript:', html) == []


@pytest.mark.parametrize("path", WITH_CHART)
def test_chart_of_a_page_is_there_and_the_first_view_stays_small(client: Client, code: str, path: str) -> None:
    html = client.get(path).content
    sheet = Path(settings.BASE_DIR, "static", "site.css").read_bytes()
    for link in re.findall(r'(?:srcset|src)="(.*?)"', html.decode()):
        chart = client.get(link.replace("&amp;", "&"))
        assert (chart.status_code, chart.headers["Content-Type"]) == (200, "image/svg+xml")
        assert len(gzip.compress(html)) + len(gzip.compress(sheet)) + len(gzip.compress(chart.content)) < 30 * KB


@pytest.mark.parametrize("path", PAGES)
def test_first_view_stays_under_sixty_kilobytes(client: Client, code: str, path: str) -> None:
    sheet = Path(settings.BASE_DIR, "static", "site.css").read_bytes()
    assert len(client.get(path.format(code=code)).content) + len(sheet) < 60 * KB


def test_full_list_stays_under_sixty_kilobytes_over_the_wire(client: Client) -> None:
    for _number in range(50):
        make_case()
    settle()
    sheet = Path(settings.BASE_DIR, "static", "site.css").read_bytes()
    page = client.get("/prisoners/", headers={"Accept-Encoding": "gzip"})
    assert len(re.findall(b"<h2><a href=", gzip.decompress(page.content))) == 50
    assert len(page.content) + len(sheet) < 30 * KB


@pytest.mark.parametrize("path", PAGES)
def test_page_has_landmarks_one_heading_and_a_way_out(client: Client, code: str, path: str) -> None:
    html = client.get(path.format(code=code)).content.decode()
    counted = {tag: len(re.findall(rf"<{tag}\b", html)) for tag in ("html", "main", "header class", "footer", "h1", "title")}
    assert counted == {"html": 1, "main": 1, "header class": 1 + ("case-head" in html), "footer": 1, "h1": 1, "title": 1}
    assert '<a class="skip" href="#main">' in html
    assert '<a class="leave" href="https://www.wikipedia.org/" rel="noreferrer">' in html
    assert '<html lang="en" dir="ltr">' in html


@pytest.mark.parametrize("path", PAGES)
def test_title_names_nobody(client: Client, code: str, path: str) -> None:
    html = client.get(path.format(code=code)).content.decode()
    [title] = re.findall("<title>(.*?)</title>", html)
    assert title.endswith(" · Still Held")
    assert "Taras" not in title


@pytest.mark.parametrize("path", PAGES)
def test_every_link_within_the_site_leads_somewhere(client: Client, code: str, path: str) -> None:
    html = client.get(path.format(code=code)).content.decode()
    base = path.format(code=code).partition("?")[0]
    links = {link.replace("&amp;", "&") for link in re.findall(r'<a [^>]*href="([^"]*)"', html)}
    inside = {base + link if link.startswith("?") else link for link in links if link.startswith(("/", "?"))}
    anchors = {link for link in links if link.startswith("#")}
    # Taking one of two wrong values away leaves the other, which is refused again.
    answers = {link: client.get(link).status_code for link in inside}
    assert answers == dict.fromkeys(answers, 200)
    assert [anchor for anchor in anchors if f'id="{anchor[1:]}"' not in html] == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("real", "invented", "notice"),
    [
        (True, False, None),
        (False, True, "Demonstration data: the people on this site are fictional."),
        (True, True, "Demonstration data: some of the people on this site are fictional."),
    ],
)
def test_demonstration_data_is_announced(client: Client, path: str, real: bool, invented: bool, notice: str | None) -> None:
    make_wave()
    Prisoner.objects.update(state=State.WITHDRAWN)
    for is_fictional, is_wanted in ((False, real), (True, invented)):
        state = State.PUBLISHED if is_wanted else State.DRAFT
        make_arrest(make_prisoner(is_fictional=is_fictional, state=state))
    settle()
    path = path.format(code=Prisoner.objects.published().latest("pk").code)
    html = client.get(path).content.decode()
    assert re.findall(r'<aside class="notice".*?><p>(.*?)</p></aside>', html) == ([notice] if notice else [])


@pytest.mark.parametrize("path", [*PAGES, *DATA])
def test_page_can_only_be_read(code: str, path: str) -> None:
    answer = Client(enforce_csrf_checks=False).post(path.format(code=code))
    assert answer.status_code in (404, 405)
    assert list(answer.cookies) == []


def test_every_address_is_tested_here() -> None:
    tested = {path.partition("?")[0].format(code="BY-000000") for path in (*PAGES, *DATA)}
    untested = [
        pattern.name
        for pattern in urlpatterns
        if isinstance(pattern, URLPattern) and not any(pattern.resolve(path[1:]) for path in tested)
    ]
    assert untested == []


def test_every_page_that_asks_the_database_is_limited_in_time() -> None:
    unlimited = {pattern.name for pattern in urlpatterns if not getattr(pattern.callback, "is_reading", False)}
    assert unlimited == {"counts-ask", "dictionary", "methodology", "about", "healthz", "api", "api-operation", "api-schema"}
