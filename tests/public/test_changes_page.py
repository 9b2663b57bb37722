"""The page of what changed: the balance in a table, the people whom it may name, the form that stays."""

import re

import pytest
from django.test import Client

from counts.ledger import settle
from counts.models import Revision
from prisoners.models import Arrest, State
from tests.factories import as_operator, make_arrest, make_prisoner

pytestmark = pytest.mark.django_db


def known_now() -> int:
    settle()
    newest = Revision.objects.first()
    assert newest is not None
    return newest.number


def withdraw(arrest: Arrest) -> None:
    with as_operator():
        arrest.prisoner.state = State.WITHDRAWN
        arrest.prisoner.save()


def page(client: Client, query: str, status: int = 200) -> str:
    response = client.get(f"/counts/changes/?{query}")
    assert response.status_code == status
    return response.content.decode()


def numbers(html: str) -> list[list[str]]:
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", html, re.DOTALL)
    return [re.findall(r'<td class="number">(?:<bdi dir="ltr">)?(.*?)(?:</bdi>)?</td>', row) for row in rows]


def test_page_says_the_balance_and_names_who_may_be_named(client: Client) -> None:
    make_arrest(make_prisoner("Stays There"))
    gone = make_arrest(make_prisoner("Was Withdrawn"))
    first = known_now()
    withdraw(gone)
    make_arrest(make_prisoner("Added Later"))
    known_now()
    html = page(client, f"recognised=any&known_from={first}&from=2021-01-01&to=2021-01-01")
    assert numbers(html) == [["2", "2"], ["+1", "+1"], ["−1", "−1"], ["2", "2"]]
    assert re.findall(r'<ul class="names"><li><a href=".*?"><bdi.*?>(.*?)</bdi>', html) == ["Added Later"]
    assert (gone.prisoner.code in html, "Withdrawn" in html) == (False, False)


def test_page_of_a_wrong_question_keeps_what_was_typed(client: Client) -> None:
    html = page(client, "known_from=yesterday&measure=ever", status=400)
    assert re.findall("<p><code>(.*?)</code></p>", html) == ["known_from=yesterday"]
    assert 'id="known_from" name="known_from" value="yesterday"' in html
    assert '<option value="ever" selected>' in html


def test_programs_get_the_same_balance(client: Client) -> None:
    make_arrest()
    first = known_now()
    make_arrest()
    known_now()
    told = client.get(f"/counts/changes.json?recognised=any&known_from={first}&from=2021-01-01&to=2021-01-01").json()
    assert (told["opening"]["at_least"], told["closing"]["at_most"]) == (1, 2)
    assert told["added"] == [{"reason": "new", "at_least": 1, "at_most": 1}]
    assert (told["removed"], told["entries"], told["exits"], told["redated"]) == ([], [], [], 0)
    assert client.get("/counts/changes.json?known_from=9").json()["problems"][0]["parameter"] == "known_from"


@pytest.mark.parametrize("number", [1, 3])
def test_page_takes_the_same_number_of_queries_for_any_number_of_people(
    client: Client, django_assert_num_queries, number
) -> None:
    make_arrest()
    first = known_now()
    for _ in range(number):
        make_arrest()
    known_now()
    with django_assert_num_queries(13):
        page(client, f"recognised=any&known_from={first}")
