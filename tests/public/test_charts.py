"""Counts as pictures: strict, drawn once a revision, plain when they can't be drawn."""

import io
import re
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.html import escape
from django.utils.timezone import now
from PIL import Image

from counts.charts import engine
from counts.charts.palette import STYLE_HASH
from counts.ledger import settle
from prisoners.models import Prisoner, State
from public import charts
from public.figures import ask
from releases.models import Event, EventKind
from tests.factories import as_operator, make_arrest, make_prisoner, recognise

pytestmark = pytest.mark.django_db
HELD = "measure=held&on=2022-06-01&recognised=any"
TEXT = "{http://www.w3.org/2000/svg}text"


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture
def world() -> None:
    """Three people held, one of them since an uncertain day."""
    for region, began in (("BY-HM", "2021-02-03"), ("BY-HM", "2021-03"), ("BY-BR", "2022-06-01/2022-06-30")):
        make_arrest(make_prisoner(), began=began, region=region)
    settle()


@pytest.fixture
def drawings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was really drawn, by its form."""
    drawn: list[str] = []
    for form, draw in list(charts.DRAWERS.items()):

        def counted(*given: Any, form: str = form, draw: Any = draw) -> bytes:
            drawn.append(form)
            return draw(*given)

        monkeypatch.setitem(charts.DRAWERS, form, counted)
    return drawn


def texts(client: Client, query: str) -> str:
    response = client.get(f"/counts.svg?{query}")
    assert response.status_code == 200, response.content
    return " ".join(element.text or "" for element in ET.fromstring(response.content).iter(TEXT))


def test_single_count_is_a_number_with_its_range(client: Client, world) -> None:
    said = texts(client, HELD)
    assert "People held On 1 June 2022 at least 2 people were held." in said
    assert " 2 at least; with uncertain dates 2 to 3 " in said


def test_breakdown_is_bars_and_says_what_it_is_of(client: Client, world) -> None:
    said = texts(client, f"{HELD}&by=region&gender=unknown")
    assert "People held, by region" in said
    assert " 2 0–1 Minsk Brest region " in said
    assert "Only those with: gender = unknown." in said
    assert re.search(r"Still Held, as known on \d{4}-\d\d-\d\d \d\d:\d\d UTC \(revision \d+\)\. testserver/counts/", said)


def test_overlapping_breakdown_says_that_it_does_not_add_up(client: Client, world) -> None:
    assert "A person can be in several groups" in texts(client, f"{HELD}&by=occupation")
    assert "A person can be in several groups" not in texts(client, f"{HELD}&by=region")


def test_breakdown_by_month_is_a_course_in_which_empty_months_are_nought(client: Client, world) -> None:
    asked = ask(date(2022, 12, 31), now(), measure="arrests", recognised="any", by="month", to=date(2022, 12, 31)).answer
    [line] = charts.chart(asked, "testserver").series
    assert [(point.first, point.at_least, point.at_most) for point in line.points][:3] == [
        (date(2021, 2, 1), 1, 1),
        (date(2021, 3, 1), 1, 1),
        (date(2021, 4, 1), 0, 0),
    ]
    assert (len(line.points), line.points[-1].name) == (17, "June 2022")


def test_course_marks_events_whose_day_is_known(client: Client, world) -> None:
    for slug, day in (("talks", "2021-05-03"), ("year", "2021"), ("undated", None), ("long-ago", "1990-01-01")):
        Event.objects.create(slug=slug, title=f"Event {slug}", kind=EventKind.TALKS, happened_on=day)
    said = texts(client, "measure=arrests&recognised=any&by=month&to=2022-12-31")
    assert re.findall(r"Event [\w-]+", said) == ["Event talks"]
    assert "(1) 3 May 2021: Event talks" in said


@pytest.mark.parametrize("form", ["svg", "png"])
@pytest.mark.parametrize(
    "query", ["by=colour", "size=huge", "size=wide&size=narrow", "width=300", "measure=held&from=2020-01-01"]
)
def test_wrong_query_is_refused(client: Client, world, drawings, form: str, query: str) -> None:
    response = client.get(f"/counts.{form}?{query}")
    assert (response.status_code, response["Content-Type"], drawings) == (400, "text/html; charset=utf-8", [])


def test_png_comes_in_both_sizes(client: Client, world) -> None:
    found = [Image.open(io.BytesIO(client.get(f"/counts.png?{HELD}&size={size}").content)) for size in ("wide", "narrow")]
    assert [(picture.format, picture.width) for picture in found] == [("PNG", 1680), ("PNG", 800)]


@pytest.mark.parametrize("words", ["</text><script>alert(1)</script>", '"/><image href="x', "]]>", "&lt;b&gt;", "\u202eabc"])
def test_words_searched_are_text_and_nothing_else(client: Client, world, words: str) -> None:
    response = client.get("/counts.svg", {"q": words, "recognised": "any"})
    assert response.status_code == 200
    tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(response.content).iter()}
    assert tags == {"svg", "title", "desc", "style", "rect", "text"}
    assert b"\xe2\x80\xae" not in response.content


def test_svg_may_use_its_own_style_and_nothing_else(client: Client, world) -> None:
    policy = client.get(f"/counts.svg?{HELD}")["Content-Security-Policy"]
    rules = sorted(rule.strip() for rule in policy.split(";") if rule.strip())
    assert rules == ["default-src 'none'", "frame-ancestors 'none'", f"style-src '{STYLE_HASH}'"]


def test_same_picture_is_drawn_once_and_each_form_size_and_question_by_itself(client: Client, world, drawings) -> None:
    first = client.get(f"/counts.svg?{HELD}")
    assert client.get(f"/counts.svg?{HELD}").content == first.content
    assert client.get(f"/counts.svg?{HELD}&size=wide").content == first.content
    assert drawings == ["svg"]
    for path in (f"/counts.svg?{HELD}&size=narrow", f"/counts.png?{HELD}", f"/counts.svg?{HELD}&by=region"):
        client.get(path)
    assert drawings == ["svg", "svg", "png", "svg"]


def test_picture_that_a_reader_has_is_not_sent_again(client: Client, world, drawings) -> None:
    etag = client.get(f"/counts.png?{HELD}")["ETag"]
    cache.clear()
    again = client.get(f"/counts.png?{HELD}", headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again["ETag"], drawings) == (304, b"", etag, ["png"])


def test_new_revision_makes_a_new_picture(client: Client, world, drawings) -> None:
    before = client.get(f"/counts.svg?{HELD}")
    make_arrest(began="2021-01-01")
    settle()
    after = client.get(f"/counts.svg?{HELD}")
    assert before["ETag"] != after["ETag"]
    assert drawings == ["svg", "svg"]
    assert b">3</text>" in after.content


def test_withdrawn_person_is_in_no_picture_any_more(client: Client, world, drawings) -> None:
    query = f"{HELD}&by=region"
    assert "Brest region" in texts(client, query)
    with as_operator():
        Prisoner.objects.filter(arrests__region="BY-BR").update(state=State.WITHDRAWN)
    settle()
    assert "Brest region" not in texts(client, query)
    assert drawings == ["svg", "svg"]


def test_other_name_of_the_site_makes_a_new_picture(client: Client, world, settings) -> None:
    first = client.get(f"/counts.svg?{HELD}")
    settings.SITE_NAME = "Another <site>"
    assert escape("Another <site>, as known").encode() in client.get(f"/counts.svg?{HELD}").content
    assert first["ETag"] != client.get(f"/counts.svg?{HELD}")["ETag"]


@pytest.mark.parametrize("form", ["svg", "png"])
def test_failure_is_said_in_words_and_not_kept(client: Client, world, monkeypatch, form: str) -> None:
    def fail(*_given: Any) -> bytes:
        raise engine.DrawingFailed("no engine")

    with monkeypatch.context() as patched:
        patched.setitem(charts.DRAWERS, form, fail)
        failed = client.get(f"/counts.{form}?{HELD}")
    assert (failed.status_code, failed["Content-Type"], failed["Retry-After"]) == (503, "text/plain; charset=utf-8", "60")
    assert f"its numbers are at /counts.csv?{HELD}." in failed.content.decode()
    assert ("ETag" in failed, failed["Cache-Control"]) == (False, "no-store")
    assert client.get(f"/counts.{form}?{HELD}").status_code == 200


def test_page_learns_where_the_pictures_are_and_what_they_say(client: Client, world, drawings) -> None:
    picture = charts.picture(ask(date(2022, 6, 1), now(), recognised="any", by="region").answer, "testserver")
    assert drawings == []
    assert [client.get(path).status_code for path in (picture.svg, picture.narrow, picture.png)] == [200] * 3
    assert picture.alt.startswith("People held, by region. Bars of 2 groups. Largest: Minsk, 2; Brest region, 0 to 1. ")
    assert f">{escape(picture.alt)}</desc>" in client.get(picture.svg).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_picture_takes_the_same_number_of_queries_for_any_number_of_groups(
    client: Client, django_assert_num_queries, count: int
) -> None:
    for region in ("BY-HM", "BY-BR", "BY-MI")[:count]:
        recognise(make_arrest(region=region))
    settle()
    # savepoint, time limit, revision, total and groups, those only counted, the same by group, fiction, savepoint
    with django_assert_num_queries(8):
        client.get("/counts.svg?by=region")


def test_address_printed_on_a_chart_gives_its_numbers_for_ever(client: Client) -> None:
    arrest = make_arrest(region="BY-HM")
    recognise(arrest)
    settle()
    drawn = client.get("/counts.svg?by=region&on=2022-01-01").content.decode()
    address = re.search(r"testserver(/counts/\?[^<]*known=[\w.-]+)", drawn.replace("&amp;", "&"))
    assert address is not None
    with as_operator():
        arrest.prisoner.state = State.WITHDRAWN
        arrest.prisoner.save()
    settle()
    again = client.get(address[1].replace("/counts/", "/counts.json"))
    assert (again.status_code, again.json()["groups"][0]["at_least"]) == (200, 1)
