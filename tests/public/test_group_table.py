"""Breakdowns into many groups: the page shows some and says how many there are; files hold all, or there is no answer."""

import csv
import io
import re

import pytest
from django.test import Client

from counts.ledger import settle
from prisoners.models import Case
from tests.factories import make_arrest

pytestmark = pytest.mark.django_db
BY_CASE, BY_MONTH = "recognised=any&by=case", "measure=arrests&recognised=any&to=2026-01-01&by=month"


@pytest.fixture
def cases() -> None:
    """Four trials, of the first one two people; and somebody alone, whose arrest has no day."""
    for number in (0, 0, 1, 2, 3):
        trial, _is_new = Case.objects.get_or_create(slug=f"trial-{number}", defaults={"title": f"Trial {number}"})
        make_arrest(began=f"2021-0{number + 1}-01", case=trial)
    make_arrest(began=None)
    settle()


def rows(client: Client, query: str) -> tuple[list[str], list[str]]:
    """The groups of the page, and what stands below them."""
    response = client.get(f"/counts/?{query}")
    assert response.status_code == 200
    html = response.content.decode()
    [section] = re.findall(r'<section aria-labelledby="groups">(.*?)</section>', html, re.S)
    body = section.partition("<tbody>")[2].partition("</tbody>")[0]
    cut = re.findall('<p class="cut">(.*?)</p>', section)
    return re.findall('<th scope="row">(.*?)</th>', body), [re.sub("<[^>]+>", "", one) for one in cut]


def test_breakdown_that_fits_is_whole(client: Client, cases) -> None:
    assert rows(client, BY_CASE) == (["Trial 0", "Trial 1", "Trial 2", "Trial 3", "No group case told"], [])


def test_page_shows_the_largest_groups_and_those_without_a_value_and_says_how_many_there_are(
    client: Client, cases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("public.group_table.GROUPS_AT_MOST", 2)
    words = "The largest 3 of 5 rows are shown here. All of them, as CSV · as JSON"
    assert rows(client, BY_CASE) == (["Trial 0", "Trial 1", "No group case told"], [words])


def test_of_months_the_latest_are_shown(client: Client, cases, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("public.group_table.GROUPS_AT_MOST", 2)
    words = "The latest 3 of 5 rows are shown here. All of them, as CSV · as JSON"
    assert rows(client, BY_MONTH) == (["2021-03", "2021-04", "Unknown"], [words])


def test_links_below_a_cut_table_hold_all_groups(client: Client, cases, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("public.group_table.GROUPS_AT_MOST", 2)
    html = client.get(f"/counts/?{BY_CASE}").content.decode()
    [cut] = re.findall('<p class="cut">(.*?)</p>', html)
    of_csv, of_json = (link.replace("&amp;", "&") for link in re.findall('href="(.*?)"', cut))
    expected = ["trial-0", "trial-1", "trial-2", "trial-3", "none"]
    assert [group["key"] for group in client.get(of_json).json()["groups"]] == expected
    written = b"".join(client.get(of_csv).streaming_content).decode()
    assert [row["key"] for row in csv.DictReader(io.StringIO(written)) if row["key"]] == expected


@pytest.mark.parametrize("query", [BY_CASE, BY_MONTH, "recognised=any&by=article"])
@pytest.mark.parametrize("suffix", ["/", ".json", ".csv", ".xlsx", ".svg"])
def test_answer_of_too_many_groups_is_refused_and_never_cut(
    client: Client, cases, monkeypatch: pytest.MonkeyPatch, query: str, suffix: str
) -> None:
    groups = len(client.get(f"/counts.json?{query}").json()["groups"])
    monkeypatch.setattr("counts.answering.GROUPS_AT_MOST", groups)
    assert client.get(f"/counts{suffix}?{query}").status_code == 200
    monkeypatch.setattr("counts.answering.GROUPS_AT_MOST", groups - 1)
    assert client.get(f"/counts{suffix}?{query}").status_code == 400
    [problem] = client.get(f"/counts.json?{query}").json()["problems"]
    assert (problem["parameter"], problem["message"].partition(":")[0]) == ("by", f"That would be more than {groups - 1} groups")
