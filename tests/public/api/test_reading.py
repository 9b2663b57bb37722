"""What holds for every address of the API: it reads, strictly, as JSON, in a fixed number of queries."""

import gzip
import json

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.test import Client

from counts.ledger import settle
from prisoners.models import Facility, Stay
from public.api.urls import RESOURCES
from releases.models import Event
from tests.factories import make_arrest, make_prisoner, recognise
from tests.public.worlds import make_case, make_freed, make_wave

pytestmark = pytest.mark.django_db

LISTS = ["prisoners", "arrests", "releases"]
RECORDS = ["pardons", "waves", "events", "facilities", "organisations"]
ALONE = ["pardons/act-1", "waves/late-summer", "events/late-summer-said-1", "facilities/colony-15", "organisations/monitor"]
EVERYTHING = [*LISTS, *RECORDS, *ALONE, "counts"]


def make_rows(count: int) -> None:
    """So many of everything."""
    for number in range(count):
        person = make_case(arrests=2)
        arrest = person.arrests.latest("pk")
        place = Facility.objects.create(slug=f"place-{number}", name="Place", country="BY")
        Stay.objects.create(arrest=arrest, facility=place)
        recognise(arrest, by=f"watch-{number}", made_on=None)
    make_wave(acts=count)
    for number in range(1, count):
        make_wave(f"wave-{number}", acts=2)
    settle()


# Savepoint and time limit first, savepoint last, and whether there are fictional people; then:
QUERIES = {
    # total, rows, people, names, occupations, arrests, judgments, conditions, stays, charges, treatments, recognitions
    "prisoners": 16,
    # total, rows, arrests with people, judgments, conditions, stays, charges, treatments, recognitions
    "arrests": 13,
    "releases": 13,
    "pardons": 8,  # acts, lines, numbers, sources
    "waves": 10,  # waves, events, acts, lines, numbers, sources
    "events": 7,  # events, waves, sources
    "facilities": 5,
    "organisations": 5,
}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", QUERIES)
def test_page_takes_the_same_queries_for_any_number_of_entries(
    client: Client, django_assert_num_queries, name: str, count: int
) -> None:
    make_rows(count)
    with django_assert_num_queries(QUERIES[name]):
        answer = client.get(f"/api/v1/{name}/").json()
    assert len(answer["results"]) >= count


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("waves/late-summer", 26), ("pardons/act-1", 22)])
def test_one_takes_the_same_queries_however_much_belongs_to_it(
    client: Client, django_assert_num_queries, path: str, queries: int, count: int
) -> None:
    make_rows(count)
    with django_assert_num_queries(queries):
        assert client.get(f"/api/v1/{path}/").status_code == 200


def address(path: str) -> str:
    return f"/api/v1/{path}/".replace("//", "/")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(method: str) -> None:
    client = Client(enforce_csrf_checks=True)
    for path in [*EVERYTHING, "", "prisoners/BY-000000", "nothing"]:
        answer = getattr(client, method)(address(path), data="{}", content_type="application/json")
        assert (path, answer.status_code, answer.json()["error"]) == (path, 405, "method not allowed")
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_head_and_options_say_nothing_more(client: Client) -> None:
    make_rows(1)
    for path in [*EVERYTHING, ""]:
        head, options = client.head(address(path)), client.options(address(path))
        assert (path, head.status_code, head.content) == (path, 200, b"")
        assert (options.status_code, options.content, options.headers["Allow"]) == (204, b"", "GET, HEAD, OPTIONS")


@pytest.mark.parametrize(
    "accept", ["text/html", "text/html,application/xhtml+xml;q=0.9", "application/xml", "image/*", "nonsense"]
)
def test_answer_is_json_whatever_is_asked_for(client: Client, accept: str) -> None:
    answer = client.get("/api/v1/prisoners/", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    assert answer.headers.get("Vary", "") in ("", "Accept-Encoding")


def test_signed_in_editor_is_answered_like_anybody(client: Client, editor: User) -> None:
    make_case()
    settle()
    signed_in = Client()
    signed_in.force_login(editor)
    anybody, editors = client.get("/api/v1/prisoners/"), signed_in.get("/api/v1/prisoners/")
    assert (editors.content, editors.headers) == (anybody.content, anybody.headers)


@pytest.mark.parametrize("query", ["colour=red", "format=api", "page=2", "offset=5"])
def test_parameter_that_does_not_exist_is_refused(client: Client, query: str) -> None:
    make_rows(1)
    name, _equals, value = query.partition("=")
    for path in [*EVERYTHING, "", "prisoners/BY-000000"]:
        answer = client.get(f"{address(path)}?{query}")
        problems = [(problem["parameter"], problem["value"]) for problem in answer.json()["problems"]]
        assert (path, answer.status_code, problems) == (path, 400, [(name, value)])


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    "query", ["status=gone", "on=2024-13-01", "region=XX-1", "age_min=9&age_max=3", "case=none-such", "sort=name"]
)
def test_query_is_refused_as_by_the_pages_that_give_json(client: Client, name: str, query: str) -> None:
    answer = client.get(f"/api/v1/{name}/?{query}")
    assert answer.status_code == 400
    if "sort" not in query:
        of_counts = client.get(f"/counts.json?{query}&measure=ever").json()
        assert answer.json() == of_counts


@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize(
    ("query", "parameter"), [("limit=0", "limit"), ("limit=201", "limit"), ("limit=2&limit=3", "limit"), ("cursor=x", "cursor")]
)
def test_page_of_records_that_does_not_exist_is_refused(client: Client, name: str, query: str, parameter: str) -> None:
    answer = client.get(f"/api/v1/{name}/?{query}")
    assert (answer.status_code, {problem["parameter"] for problem in answer.json()["problems"]}) == (400, {parameter})


@pytest.mark.parametrize(
    "path", ["prisoners/BY-000000/", "prisoners/by-7k3qx2/", "waves/none/", "none", "prisoners/x/y/", "counts.json"]
)
def test_address_without_anything_is_answered_in_one_way(client: Client, path: str) -> None:
    answer, other = client.get(f"/api/v1/{path}"), client.get("/api/v1/prisoners/BY-999999/")
    assert (answer.status_code, answer.content, sorted(answer.headers.items())) == (
        404,
        other.content,
        sorted(other.headers.items()),
    )
    assert answer.json()["error"] == "not found"


def test_question_that_takes_too_long_is_answered_with_503(client: Client, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_long(*_args, **_kwargs):
        raise OperationalError("canceling statement due to statement timeout on db.internal")

    monkeypatch.setattr("public.api.views.people.page_of", too_long)
    answer = client.get("/api/v1/prisoners/")
    assert (answer.status_code, answer.headers["Retry-After"], answer.json()["error"]) == (503, "60", "unavailable")
    assert "internal" not in answer.content.decode()


def test_question_is_limited_in_time(client: Client, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PUBLIC_STATEMENT_TIMEOUT_MS = 4321
    seen = []

    def read(self, request, **kwargs):
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            seen.append(cursor.fetchone()[0])
        return {}

    for resource in {pattern.callback.cls for pattern in RESOURCES}:
        monkeypatch.setattr(resource, "read", read)
    for pattern in RESOURCES:
        route = str(pattern.pattern).replace("<code:code>", "BY-000000").replace("<slug:slug>", "x")
        assert client.get(f"/{route}").json() == {}
    assert seen == ["4321ms"] * len(RESOURCES)


def test_compressed_answer_is_the_same(client: Client) -> None:
    make_rows(3)
    plain = client.get("/api/v1/prisoners/")
    packed = client.get("/api/v1/prisoners/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(packed.content)) == plain.json()


def test_person_of_whom_nothing_matches_is_left_out(client: Client) -> None:
    make_freed(make_wave().pardons.get())
    make_arrest(make_prisoner(gender="female"))
    Event.objects.all().delete()
    settle()
    answer = client.get("/api/v1/prisoners/?gender=female").json()
    assert ([one["gender"] for one in answer["results"]], answer["total"]) == (["female"], {"at_least": 1, "at_most": 1})
