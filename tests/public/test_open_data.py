"""Which answers scripts of other sites may read."""

import pytest
from django.test import Client

from counts.ledger import settle
from public.middleware import is_open
from tests.public.worlds import make_case

pytestmark = pytest.mark.django_db
ORIGIN = {"Origin": "https://paper.example"}
OPEN = ["/api/v1/", "/api/v1/prisoners/", "/api/v1/openapi.json", "/counts.json", "/counts.csv", "/prisoners/{code}.json"]
REFUSED = ["/api/v1/prisoners/?colour=red", "/api/v1/prisoners/BY-000000/", "/api/v1/none", "/counts.json?colour=red"]
CLOSED = [
    "/",
    "/prisoners/",
    "/prisoners/{code}/",
    "/counts/",
    "/api/",
    "/healthz",
    "/desk/",
    "/desk/admin/x.json",
    "/no/such/page/",
]


@pytest.fixture
def code() -> str:
    person = make_case()
    settle()
    return person.code


@pytest.mark.parametrize("path", [*OPEN, *REFUSED])
def test_data_may_be_read_by_any_site_without_credentials(client: Client, code: str, path: str) -> None:
    answer = client.get(path.format(code=code), headers=ORIGIN)
    allowed = {name: value for name, value in answer.headers.items() if name.startswith("Access-Control")}
    assert allowed == {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "Content-Disposition, X-Total-Rows",
    }


@pytest.mark.parametrize("path", CLOSED)
def test_page_may_not_be_read_by_other_sites(client: Client, code: str, path: str) -> None:
    answer = client.get(path.format(code=code), headers=ORIGIN)
    assert [name for name in answer.headers if name.startswith("Access-Control")] == []


def test_question_of_a_browser_beforehand_is_answered(client: Client) -> None:
    asked = {**ORIGIN, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "x-own"}
    answer = client.options("/api/v1/prisoners/", headers=asked)
    assert (answer.status_code, answer.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    assert (answer.headers["Access-Control-Allow-Headers"], answer.headers["Access-Control-Allow-Origin"]) == ("*", "*")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/prisoners.jsonl", True),
        ("/counts.svg", True),
        ("/data/all.zip", True),
        ("/prisoners/BY-000000/photos/0.jpg", False),
        ("/desk/export.csv", False),
        ("/api/v1", False),
        ("/api/v10/", False),
    ],
)
def test_openness_goes_by_the_address(path: str, expected: bool) -> None:
    assert is_open(path) is expected
