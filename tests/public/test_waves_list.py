"""The list of all waves: what narrows it, and releases of every kind by year."""

import re

import pytest
from django.test import Client

from counts.ledger import settle
from prisoners.models import Visibility
from releases.models import Pardon, Release
from tests.factories import make_arrest, make_prisoner
from tests.public.worlds import make_freed, make_wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def waves() -> None:
    for slug, year in (("early", 2021), ("late", 2024)):
        make_wave(slug)
        Pardon.objects.filter(wave__slug=slug).update(announced_on=f"{year}-08-11")
    Pardon.objects.filter(wave__slug="early").update(legal_form="amnesty")
    Release.objects.filter(pardon__wave__slug="early").update(mechanism="amnesty")
    settle()


def shown(client: Client, query: str) -> list[str]:
    return re.findall('<h2 id="wave-(.*?)"', client.get(f"/releases/{query}").content.decode())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["late", "early"]),
        ("?year=&mechanism=&form=", ["late", "early"]),
        ("?year=2021", ["early"]),
        ("?mechanism=pardon", ["late"]),
        ("?mechanism=parole", []),
        ("?form=amnesty", ["early"]),
        ("?year=2024&form=amnesty", []),
    ],
)
def test_waves_are_narrowed_by_year_mechanism_and_form(client: Client, waves, query: str, found: list[str]) -> None:
    assert shown(client, query) == found


def test_wave_of_an_uncertain_day_is_in_each_year_that_it_can_be_of(client: Client, waves) -> None:
    Pardon.objects.filter(wave__slug="late").update(announced_on="2023-12/2024-01")
    assert (shown(client, "?year=2023"), shown(client, "?year=2024")) == (["late"], ["late"])


@pytest.mark.parametrize(("day", "found"), [("2024-12/..", ["2021", "2024"]), ("../2024-03-01", ["2021", "2024"])])
def test_wave_of_which_one_side_of_its_days_is_open_is_found_under_the_years_that_it_can_be_of(
    client: Client, waves, day: str, found: list[str]
) -> None:
    Pardon.objects.filter(wave__slug="late").update(announced_on=day)
    options = re.findall('value="([0-9]{4})"', client.get("/releases/").content.decode())
    assert sorted(set(options)) == found
    assert (shown(client, "?year=2024"), "late" in shown(client, "?year=2021")) == (["late"], day.startswith(".."))


def test_ratio_without_anybody_released_is_said_to_have_none(client: Client, waves) -> None:
    Release.objects.update(pardon=None)
    settle()
    assert "nobody released" in client.get("/releases/").content.decode()


@pytest.mark.parametrize("query", ["year=2020", "year=x", "mechanism=x", "form=x", "colour=red", "year=2021&year=2024", "q=x"])
def test_value_that_does_not_exist_is_refused_with_what_is_valid(client: Client, waves, query: str) -> None:
    answer = client.get(f"/releases/?{query}")
    assert answer.status_code == 400
    assert f"<code>{query.partition('=')[0]}=" in answer.content.decode()


def test_form_offers_only_mechanisms_by_which_somebody_named_came_out_under_an_act(client: Client, waves) -> None:
    act = Pardon.objects.first()
    hidden = make_freed(act, visibility=Visibility.INITIALS)
    Release.objects.filter(arrest=hidden).update(mechanism="medical")
    Release.objects.create(arrest=make_arrest(ended="2024-01-01"), mechanism_id="parole")
    settle()
    html = client.get("/releases/").content.decode()
    select = re.search('<select id="waves-mechanism".*?</select>', html, re.S)
    assert select is not None
    assert re.findall('value="(.*?)"', select[0]) == ["", "pardon", "amnesty"]
    assert shown(client, "?mechanism=medical") == []


def test_releases_by_year_are_of_every_kind_and_no_death_is_among_them(client: Client, waves) -> None:
    Release.objects.create(arrest=make_arrest(ended="2024-03-01"), mechanism_id="sentence_served")
    dead = make_arrest(make_prisoner(died="2024-04-01"), ended="2024-04-01")
    Release.objects.create(arrest=dead, mechanism_id="death_in_custody")
    settle()
    html = client.get("/releases/").content.decode()
    table = html.partition('id="by-year"')[2]
    rows = [
        [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", table)
    ]
    assert rows == [
        ["How", "2024"],
        ["Amnesty", "2"],
        ["Pardon", "2"],
        ["Sentence served", "1"],
        ["All", "5"],
    ]


def test_numbers_of_releases_by_year_lead_to_their_people(client: Client, waves) -> None:
    html = client.get("/releases/").content.decode().partition('id="by-year"')[2]
    links = re.findall(r'<a href="(/prisoners/[^"]*)">(\d+)</a>', html)
    assert len(links) == 3
    for link, number in links:
        page = client.get(link.replace("&amp;", "&")).content.decode()
        assert len(re.findall("<h2><a href=", page)) == int(number)
