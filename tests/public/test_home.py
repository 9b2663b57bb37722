"""The first page: how many are held today, how that moved, the newest wave."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from counts.ledger import settle
from releases.models import Release
from tests.factories import make_arrest, make_prisoner, recognise
from tests.public.worlds import make_wave

pytestmark = pytest.mark.django_db


def days_ago(number: int) -> str:
    return (localdate() - timedelta(days=number)).isoformat()


@pytest.fixture
def world() -> None:
    """Two recognised people held, one not; one arrested, one released and one dead within thirty days."""
    for _number in range(2):
        recognise(make_arrest(began="2021-01-01"), made_on="2021-02-01")
    make_arrest(began=days_ago(29))
    make_arrest(began=days_ago(31), ended=days_ago(30))
    for mechanism, died in (("pardon", None), ("death_in_custody", days_ago(3))):
        arrest = make_arrest(make_prisoner(died=died), began="2022-01-01", ended=days_ago(3))
        Release.objects.create(arrest=arrest, mechanism_id=mechanism)
    settle()


def links(client: Client) -> list[tuple[str, str]]:
    html = client.get("/").content.decode()
    return re.findall(r'<a (?:class="figure" )?href="(/prisoners/\?[^"]*)">(.*?)</a>', html)


def test_first_page_tells_who_is_held_and_what_changed(client: Client, world) -> None:
    assert [words for _link, words in links(client)] == ["2", "Recognised or not: 3", "1", "1", "1"]


def test_each_number_of_the_first_page_leads_to_as_many_people(client: Client, world) -> None:
    for link, words in links(client):
        listed = re.findall("<h2><a href=", client.get(link.replace("&amp;", "&")).content.decode())
        assert (link, len(listed)) == (link, int(words.split()[-1]))


def test_first_page_shows_the_newest_wave(client: Client) -> None:
    make_wave("old").pardons.update(announced_on="2020-01-01")
    make_wave("new")
    settle()
    assert re.findall('href="/releases/([a-z]+)/"', client.get("/").content.decode()) == ["new"]


def test_first_page_of_an_empty_site_answers(client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert [words for _link, words in links(client)] == ["0", "0", "0", "0"]


def test_first_page_counts_everybody_where_nobody_records_recognition(client: Client) -> None:
    make_arrest(began="2021-01-01")
    settle()
    html = client.get("/").content.decode()
    assert (links(client)[0][1], "person documented" in html, "recognised as a political prisoner" in html) == ("1", True, False)


def test_first_page_shows_who_was_held_over_time_and_says_it_in_words(client: Client, world) -> None:
    html = client.get("/").content.decode()
    [alt] = re.findall('<img src="/counts.svg[^"]*" alt="(.*?)">', html)
    assert alt.startswith("People held, by month. First 0 (January ")
    assert "last 2 (" in alt
    [link] = re.findall('<a href="([^"]*)">These numbers, with the people behind each', html)
    numbers = client.get(link.replace("&amp;", "&"))
    table = re.findall('<td class="number">(?:<a [^>]*>)?(.*?)(?:</a>)?</td>', numbers.content.decode())
    assert (numbers.status_code, table[0], table[-2:]) == (200, "0", ["2", "2"])


@pytest.mark.parametrize("count", [1, 3])
def test_first_page_takes_the_same_number_of_queries(client: Client, django_assert_num_queries, count: int) -> None:
    make_wave(acts=count)
    recognise(make_arrest())
    settle()
    # savepoint, time limit, whether anybody is recognised, six counts (revision, those only counted, total, fiction), the
    # series and those only counted in it, events, wave, acts, two numbers, notice, savepoint
    with django_assert_num_queries(36):
        client.get("/")
