"""Arrests and releases by month beside events: the numbers are the ledger's, and events stand where they can first have been."""

import re
from datetime import date
from html import unescape

import pytest
from django.http import QueryDict
from django.test import Client

from counts.ledger import settle
from counts.listing import Listing
from prisoners.models import Visibility
from public import chronicle
from releases.models import Citation, Event, Pardon, Release, Wave
from tests.factories import make_arrest, make_prisoner, make_source

pytestmark = pytest.mark.django_db
PERIOD = "from=2024-07-01&to=2024-09-30"


@pytest.fixture
def months() -> None:
    for began in ("2024-07-03", "2024-08-05", "2024-08/2024-09"):
        make_arrest(began=began)
    Release.objects.create(arrest=make_arrest(began="2020-01-01", ended="2024-08-20"), mechanism_id="pardon")
    dead = make_arrest(make_prisoner(died="2024-09-07"), began="2020-01-01", ended="2024-09-07")
    Release.objects.create(arrest=dead, mechanism_id="death_in_custody")
    wave = Wave.objects.create(slug="summer", title="Summer")
    Pardon.objects.create(slug="act", wave=wave, title="The act", announced_on="2024-08-20", announced_number=30)
    happened("said", "2024-08-21", "statement", "EU", stance="welcomes")
    happened("vote", "2024-08-04/2024-08-20", "election", "Commission")
    happened("talks", "2024-09", "talks", "US")
    happened("before", "2024-05/2024-07", "protest", "Protesters")
    happened("undated", None, "visit", "UN")
    settle()


def happened(slug: str, day: str | None, kind: str, actor: str, **facts) -> Event:
    return Event.objects.create(slug=slug, title=f"Title of {slug}", happened_on=day, kind=kind, actor=actor, **facts)


def told(client: Client, query: str = PERIOD) -> dict:
    return client.get(f"/timeline.json?{query}").json()


def test_months_have_the_numbers_of_the_ledger(client: Client, months) -> None:
    def bounds(low: int, high: int) -> dict[str, int]:
        return {"at_least": low, "at_most": high}

    found = {month["month"]: (month["arrests"], month["releases"], month["deaths"]) for month in told(client)["months"]}
    assert found == {
        "2024-07": (bounds(1, 1), bounds(0, 0), bounds(0, 0)),
        "2024-08": (bounds(1, 2), bounds(1, 1), bounds(0, 0)),
        "2024-09": (bounds(0, 1), bounds(0, 0), bounds(1, 1)),
    }


def test_events_and_acts_stand_in_the_month_where_they_can_first_have_been(client: Client, months) -> None:
    found = {month["month"]: [*month["pardons"], *month["events"]] for month in told(client)["months"]}
    assert found == {"2024-07": ["before"], "2024-08": ["summer/act", "vote", "said"], "2024-09": ["talks"]}


def test_page_stands_in_the_order_of_days_with_acts_before_what_is_said_of_them(client: Client, months) -> None:
    html = client.get(f"/timeline/?{PERIOD}").content.decode()
    august = html.partition('<tr id="2024-08">')[2].partition("</tr>")[0]
    assert re.findall("Title of [a-z]+|The act", august) == ["Title of vote", "The act", "Title of said"]
    assert "(EU, statement, welcomes)" in august


def test_every_number_leads_to_its_people(client: Client, months) -> None:
    html = client.get(f"/timeline/?{PERIOD}").content.decode()
    links = re.findall(r'<a href="(/prisoners/\?[^"]*)">([\d–]+)</a>', html)
    assert [number for _link, number in links] == ["1", "1–2", "1", "0–1", "1"]
    for link, number in links:
        total = Listing(QueryDict(unescape(link).partition("?")[2]), today=date(2026, 1, 1)).total
        assert f"{total.at_least}–{total.at_most}" in (number, f"{number}–{number}")


def test_somebody_only_counted_is_in_a_number_without_a_list(client: Client) -> None:
    person = make_prisoner(visibility=Visibility.COUNTED, published_on=date(2025, 1, 1))
    make_arrest(person, began="2024-08-05")
    settle()
    html = client.get(f"/timeline/?{PERIOD}").content.decode()
    assert [month["arrests"] for month in told(client)["months"]] == [{"at_least": 0, "at_most": 1}] * 3
    assert "/prisoners/?on" not in html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=election", ["vote"]),
        ("kind=election&kind=talks", ["vote", "talks"]),
        ("actor=EU", ["said"]),
        ("stance=welcomes", ["said"]),
        ("kind=election&actor=EU", []),
        ("kind=&actor=", ["before", "vote", "said", "talks", "undated"]),
    ],
)
def test_events_are_narrowed_and_numbers_and_acts_are_not(client: Client, months, query: str, found: list[str]) -> None:
    document = told(client, f"{PERIOD}&{query}")
    assert [event["slug"] for event in document["events"]] == found
    assert [act["path"] for act in document["pardons"]] == ["summer/act"]
    assert sum(month["arrests"]["at_least"] for month in document["months"]) == 2


@pytest.mark.parametrize(
    "query",
    [
        *("kind=x", "actor=Nobody", "stance=x", "colour=red", "from=x", "to=2024-13-01", "from=2025-01-01&to=2024-01-01"),
        *("from=2010-01-01&to=2024-01-01", "from=2024-01-01&from=2024-02-01", "page=1", "on=2024-01-01"),
    ],
)
def test_query_that_cannot_be_followed_is_refused(client: Client, months, query: str) -> None:
    answers = [client.get(f"{path}?{query}") for path in ("/timeline/", "/timeline.json")]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert f"<code>{query.partition('=')[0]}=" in answers[0].content.decode()


def test_refusal_names_the_actors_that_there_are(client: Client, months) -> None:
    html = client.get("/timeline/?actor=Nobody").content.decode()
    assert re.findall(r"(Commission|EU|Protesters|UN|US)\b", html.partition("Valid:")[2]) == [
        "Commission",
        "EU",
        "Protesters",
        "UN",
        "US",
    ]


def test_without_days_the_last_three_years_are_shown(client: Client, months) -> None:
    document = told(client, "to=2024-09-30")
    assert (document["from"], document["to"], len(document["months"])) == ("2021-10-01", "2024-09-30", 36)


def test_as_many_months_as_can_be_asked_are_shown(client: Client) -> None:
    assert len(told(client, "from=2014-10-01&to=2024-09-30")["months"]) == chronicle.MONTHS_AT_MOST


def test_sources_of_events_are_numbered_and_confidential_ones_are_not_named(client: Client, months) -> None:
    Citation.objects.create(event=Event.objects.get(slug="said"), source=make_source(title="Press release"))
    secret = make_source(title="Whisper", confidentiality="confidential")
    Citation.objects.create(event=Event.objects.get(slug="vote"), source=secret)
    html = client.get(f"/timeline/?{PERIOD}").content.decode()
    assert ("Press release" in html, "Whisper" in html, "1 source is kept confidential." in html) == (True, False, True)


def test_event_on_an_unknown_day_stands_below_all_months(client: Client, months) -> None:
    happened("by-then", "../2024-08-01", "visit", "UN")
    happened("long-before", "../2024-01-01", "visit", "UN")
    html = client.get(f"/timeline/?{PERIOD}").content.decode()
    assert re.findall("Title of ([a-z-]+)", html.partition('id="undated"')[2]) == ["undated", "by-then"]
    assert html.count("Title of undated") == 1


def test_events_are_called_cut_only_when_some_are_left_out(client: Client, months, monkeypatch: pytest.MonkeyPatch) -> None:
    for most, is_cut in ((5, False), (4, True)):
        monkeypatch.setattr("public.chronicle.EVENTS_AT_MOST", most)
        document = told(client)
        assert (document["is_cut"], len(document["events"])) == (is_cut, most)


@pytest.mark.parametrize("count", [1, 3])
def test_timeline_takes_the_same_number_of_queries(client: Client, django_assert_num_queries, count: int) -> None:
    wave = Wave.objects.create(slug="summer", title="Summer")
    for number in range(count):
        make_arrest(began="2024-08-05")
        happened(f"said-{number}", "2024-08-21", "statement", "EU").waves.add(wave)
        Pardon.objects.create(slug=f"act-{number}", wave=wave, title="Act", announced_on="2024-08-20")
    settle()
    # savepoint, time limit, arrests and releases beside them (10), deaths (6), events with waves and citations (3), acts,
    # events on the chart, actors, notice, savepoint
    with django_assert_num_queries(26):
        client.get(f"/timeline/?{PERIOD}")
