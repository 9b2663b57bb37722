"""Counts: the form, the answer, its links and the same as data."""

import csv
import io
import re

import pytest
from django.test import Client

from counts.exports.counting import COUNT_COLUMNS
from counts.ledger import settle
from releases.models import Release
from tests.factories import make_arrest, make_prisoner, recognise
from tests.public.worlds import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> None:
    """Four arrests, one recognised, two ended, one of which with an uncertain day."""
    make_case(gender="male")
    make_arrest(make_prisoner(gender="female"), began="2021-05", region="BY-HM")
    for ended in ("2022-01-01", "2022"):
        arrest = make_arrest(make_prisoner(gender="female"), began="2021-01-01", ended=ended, region="BY-BR")
        Release.objects.create(arrest=arrest, mechanism_id="pardon")
    settle()


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/counts/?{query}")
    assert response.status_code == 200
    return response.content.decode()


def people_listed(client: Client, link: str) -> int:
    return len(re.findall("<h2><a href=", client.get(link.replace("&amp;", "&")).content.decode()))


def test_count_is_said_in_a_sentence(client: Client, world) -> None:
    html = page(client, "measure=held&on=2021-06-01&recognised=any")
    assert re.findall('<p class="answer">(.*?)</p>', html) == ["On 1 June 2021 at least 4 people were held."]


QUERIES = [
    "measure=held&on=2021-05-10&recognised=any",
    "measure=held&on=2022-06-01&recognised=any&by=region",
    "measure=held&on=2021-06-01&recognised=then&by=gender",
    "measure=arrests&from=2021-01-01&to=2021-05-15&recognised=any&by=month",
    "measure=releases&from=2022-01-01&to=2022-06-30&recognised=any&by=gender",
    "measure=ever&on=2021-12-31&recognised=any&by=article",
]


@pytest.mark.parametrize("query", QUERIES)
def test_each_number_leads_to_as_many_people(client: Client, world, query: str) -> None:
    html = page(client, query)
    total = re.search(r'href="(/prisoners/\?[^"]*)">See who they are:\s*(.*?)</a>', html)
    assert total is not None
    most = int(re.findall(r"\d+", total.group(2))[-1])
    assert people_listed(client, total.group(1)) == most
    for link, number in re.findall(r'<td class="number"><a href="([^"]*)">(\d+)</a></td><td class="bar-cell">', html):
        assert (link, people_listed(client, link)) == (link, int(number))


def test_table_gives_both_bounds_of_each_group(client: Client, world) -> None:
    html = page(client, "measure=held&on=2022-06-01&recognised=any&by=region")
    body = re.search("<tbody>(.*?)</tbody>", html, re.S)
    assert body is not None
    rows = [re.sub(r"<[^>]+>", " ", row).split() for row in body.group(1).split("</tr>")[:-1]]
    assert rows == [["Minsk", "2", "2"], ["Brest", "region", "0", "1"]]


def test_lengths_are_said_of_each_group_too(client: Client, world) -> None:
    html = page(client, "measure=held&on=2021-06-10&recognised=any&by=gender&figures=served")
    [section] = re.findall('<section aria-labelledby="groups">(.*?)</section>', html, re.S)
    rows = re.findall("<tr>(.*?)</tr>", section)
    table = [[words for words in re.split(r"\s*<[^>]+>\s*", row) if words] for row in rows]
    answer = client.get("/counts.json?measure=held&on=2021-06-10&recognised=any&by=gender&figures=served").json()
    medians = [group["served"]["median"] for group in answer["groups"]] + [answer["served"]["median"]]
    told = [f"{m['at_least']:,}" if m["at_least"] == m["at_most"] else f"{m['at_least']:,} to {m['at_most']:,}" for m in medians]
    assert table[0][3] == "Median of days in custody"
    assert [row[3] for row in table[1:]] == told


def test_number_of_a_time_before_anything_was_recorded_says_that_it_says_nothing(client: Client, world) -> None:
    words = "Nothing was on record here at that moment yet, so this 0 says nothing about the world."
    assert words in page(client, "on=2001-01-01&known=2001-02-01")
    assert words not in page(client, "on=2001-01-01&known=1")


def test_overlapping_groups_are_said_to_be(client: Client, world) -> None:
    words = "the rows don’t add up to the total"
    assert words in page(client, "by=occupation")
    assert words not in page(client, "by=gender")


@pytest.mark.parametrize("query", QUERIES)
def test_cited_address_asks_the_same(client: Client, world, query: str) -> None:
    first = client.get(f"/counts.json?{query}").json()
    again = client.get(first["cite"]["url"].replace("http://testserver/counts/", "/counts.json")).json()
    assert again == first


def test_cited_address_of_a_default_question_names_the_day(client: Client, world) -> None:
    url = client.get("/counts.json").json()["cite"]["url"]
    assert re.fullmatch(
        r"http://testserver/counts/\?measure=held&unit=people&on=\d{4}-\d\d-\d\d&recognised=then&known=\d+\.[\w-]{22}", url
    )


@pytest.mark.parametrize("query", ["measure=arrests&on=2021-01-01", "region=XX-99", "by=colour", "unit=cells", "foo=bar"])
def test_question_that_cant_be_answered_keeps_its_form(client: Client, world, query: str) -> None:
    response = client.get(f"/counts/?{query}")
    html = response.content.decode()
    assert response.status_code == 400
    assert re.findall("<p><code>(.*?)</code></p>", html) == [query.split("&")[-1]]
    assert ('id="ask-measure"' in html, 'class="answer"' in html) == (True, False)


@pytest.mark.parametrize("suffix", [".json", ".csv"])
def test_question_that_cant_be_answered_gives_no_data(client: Client, world, suffix: str) -> None:
    response = client.get(f"/counts{suffix}?foo=bar")
    assert response.status_code == 400
    assert "Content-Disposition" not in response.headers


def test_refusal_for_programs_names_the_problem(client: Client, world) -> None:
    refusal = client.get("/counts.json?by=colour").json()
    assert [(problem["parameter"], problem["value"]) for problem in refusal["problems"]] == [("by", "colour")]


def test_csv_holds_the_total_and_the_groups(client: Client, world) -> None:
    response = client.get("/counts.csv?measure=held&on=2022-06-01&recognised=any&by=region")
    rows = list(csv.DictReader(io.StringIO(response.getvalue().decode())))
    assert list(rows[0]) == [column.name for column in COUNT_COLUMNS]
    assert [(row["key"], row["label"], row["at_least"], row["at_most"]) for row in rows] == [
        ("", "total", "2", "3"),
        ("BY-HM", "Minsk", "2", "2"),
        ("BY-BR", "Brest region", "0", "1"),
    ]
    assert {(row["measure"], row["on"], row["from"], row["recognised"], row["demonstration"]) for row in rows} == {
        ("held", "2022-06-01", "", "any", "false")
    }


@pytest.mark.parametrize("count", [1, 3])
def test_count_takes_the_same_number_of_queries_for_any_number_of_groups(
    client: Client, django_assert_num_queries, count: int
) -> None:
    for region in ("BY-HM", "BY-BR", "BY-MI")[:count]:
        recognise(make_arrest(region=region))
    settle()
    # savepoint, time limit; the count; of the form: organisations, places, terms told, articles, contexts, facilities (of
    # vocabularies without a term that is told nothing is asked); savepoint, notice
    with django_assert_num_queries(17):
        client.get("/counts/?by=region")
