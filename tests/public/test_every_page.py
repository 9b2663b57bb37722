"""What holds for each page that a reader can open."""

import gzip
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
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
# Above and below the content: the first page, lists, counts and the like.
LINKS_OF_EVERY_PAGE = 8


@dataclass(frozen=True)
class Answer:
    """What one address answers: its body, whether it depends on cookies, and what it answers to a request to change something."""

    html: str
    cookies: list[str]
    varies: str
    status_of_post: int
    cookies_of_post: list[str]
    links: dict[str, int] = field(default_factory=dict)


@pytest.fixture(scope="module")
def answers(django_db_setup: None, django_db_blocker: Any) -> dict[str, Answer]:
    """What each address answers in a small world with everything in it; of pages also what each link within the site does."""
    with django_db_blocker.unblock(), transaction.atomic():
        person = make_case(arrests=2)
        make_wave()
        settle()
        client, statuses = Client(), dict[str, int]()
        found = {path: _answer(client, path.format(code=person.code)) for path in (*PAGES, *DATA)}
        for path in PAGES:
            for link in _links_within(found[path].html, path.format(code=person.code)):
                statuses.setdefault(link, client.get(link).status_code)
                found[path].links[link] = statuses[link]
        transaction.set_rollback(True)
    return found


def _answer(client: Client, path: str) -> Answer:
    response = client.get(path)
    posted = Client(enforce_csrf_checks=False).post(path)
    body = b"".join(response) if response.streaming else response.content
    html = body.decode() if response.headers["Content-Type"].startswith("text/html") else ""
    return Answer(html, list(response.cookies), response.headers.get("Vary", ""), posted.status_code, list(posted.cookies))


def _links_within(html: str, path: str) -> set[str]:
    links = {link.replace("&amp;", "&") for link in re.findall(r'<a [^>]*href="([^"]*)"', html)}
    base = path.partition("?")[0]
    return {base + link if link.startswith("?") else link for link in links if link.startswith(("/", "?"))}


@pytest.mark.parametrize("path", [*PAGES, *DATA])
def test_page_sets_no_cookie_and_answers_all_readers_alike(answers: dict[str, Answer], path: str) -> None:
    assert (answers[path].cookies, "Cookie" in answers[path].varies) == ([], False)


@pytest.mark.parametrize("path", PAGES)
def test_page_asks_for_its_stylesheet_and_at_most_one_chart(answers: dict[str, Answer], path: str) -> None:
    html = answers[path].html
    assert re.findall(r"<(script|iframe|object|embed|video|audio|style)\b", html) == []
    charts = re.findall(r'<picture><source media="[^"]*" srcset="([^"]*)"><img src="([^"]*)" alt="[^"]+"></picture>', html)
    assert len(charts) == len(re.findall(r"<(?:img|source)\b", html)) / 2 == (path in WITH_CHART)
    assert [link for both in charts for link in both if not link.startswith("/counts.svg?")] == []
    assert re.findall(r'<link rel="(.*?)" href="(.*?)">', html) == [("icon", "data:,"), ("stylesheet", "/static/site.css")]
    assert re.findall(r'\son\w+="|style="|javascript:', html) == []


@pytest.mark.parametrize("path", WITH_CHART)
def test_chart_of_a_page_is_there_and_the_first_view_stays_small(client: Client, path: str) -> None:
    make_case(arrests=2)
    make_wave()
    settle()
    html = client.get(path).content
    sheet = Path(settings.BASE_DIR, "static", "site.css").read_bytes()
    for link in re.findall(r'(?:srcset|src)="(.*?)"', html.decode()):
        chart = client.get(link.replace("&amp;", "&"))
        assert (chart.status_code, chart.headers["Content-Type"]) == (200, "image/svg+xml")
        assert len(gzip.compress(html)) + len(gzip.compress(sheet)) + len(gzip.compress(chart.content)) < 30 * KB


@pytest.mark.parametrize("path", PAGES)
def test_first_view_stays_under_sixty_kilobytes(answers: dict[str, Answer], path: str) -> None:
    sheet = Path(settings.BASE_DIR, "static", "site.css").read_bytes()
    assert 0 < len(answers[path].html.encode()) < 60 * KB - len(sheet)


def test_full_list_stays_under_sixty_kilobytes_over_the_wire(client: Client) -> None:
    for _number in range(50):
        make_case()
    settle()
    sheet = Path(settings.BASE_DIR, "static", "site.css").read_bytes()
    page = client.get("/prisoners/", headers={"Accept-Encoding": "gzip"})
    assert len(re.findall(b"<h2><a href=", gzip.decompress(page.content))) == 50
    assert len(page.content) + len(sheet) < 30 * KB


@pytest.mark.parametrize("path", PAGES)
def test_page_has_landmarks_one_heading_and_a_way_out(answers: dict[str, Answer], path: str) -> None:
    html = answers[path].html
    counted = {tag: len(re.findall(rf"<{tag}\b", html)) for tag in ("html", "main", "header class", "footer", "h1", "title")}
    assert counted == {"html": 1, "main": 1, "header class": 1 + ("case-head" in html), "footer": 1, "h1": 1, "title": 1}
    assert '<a class="skip" href="#main">' in html
    assert '<a class="leave" href="https://www.wikipedia.org/" rel="noreferrer">' in html
    assert '<html lang="en" dir="ltr">' in html


@pytest.mark.parametrize("path", PAGES)
def test_title_names_nobody(answers: dict[str, Answer], path: str) -> None:
    [title] = re.findall("<title>(.*?)</title>", answers[path].html)
    assert title.endswith(" · Still Held")
    assert "Taras" not in title


@pytest.mark.parametrize("path", PAGES)
def test_every_link_within_the_site_leads_somewhere(answers: dict[str, Answer], path: str) -> None:
    html, links = answers[path].html, answers[path].links
    # Taking one of two wrong values away leaves the other, which is refused again.
    assert links == dict.fromkeys(links, 200)
    assert len(links) >= LINKS_OF_EVERY_PAGE
    assert [anchor for anchor in re.findall(r'<a [^>]*href="#([^"]*)"', html) if f'id="{anchor}"' not in html] == []


@pytest.mark.parametrize(
    ("real", "invented", "notice"),
    [
        (True, False, None),
        (False, True, "Demonstration data: the people on this site are fictional."),
        (True, True, "Demonstration data: some of the people on this site are fictional."),
    ],
)
def test_demonstration_data_is_announced(client: Client, real: bool, invented: bool, notice: str | None) -> None:
    make_wave()
    Prisoner.objects.update(state=State.WITHDRAWN)
    for is_fictional, is_wanted in ((False, real), (True, invented)):
        state = State.PUBLISHED if is_wanted else State.DRAFT
        make_arrest(make_prisoner(is_fictional=is_fictional, state=state))
    settle()
    code = Prisoner.objects.published().latest("pk").code
    pages = {path: client.get(path.format(code=code)).content.decode() for path in PAGES}
    said = {path: re.findall(r'<aside class="notice".*?><p>(.*?)</p></aside>', html) for path, html in pages.items()}
    assert said == dict.fromkeys(PAGES, [notice] if notice else [])


@pytest.mark.parametrize("path", [*PAGES, *DATA])
def test_page_can_only_be_read(answers: dict[str, Answer], path: str) -> None:
    assert answers[path].status_of_post in (404, 405)
    assert answers[path].cookies_of_post == []


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
