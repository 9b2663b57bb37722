"""Files of lists and counts: the same rows in every format, in one moment of the database, which goes when the reader goes."""

import gzip
import json
import re
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.db import connection
from django.test import Client, RequestFactory

from counts.columns import Column
from counts.exports import people_source
from counts.exports.counting import COUNT_COLUMNS
from counts.exports.people import PEOPLE
from counts.ledger import settle
from prisoners.models import Visibility
from public.views import downloads
from tests.counts.exports.reading import about_lines, rows_of
from tests.factories import make_arrest, make_prisoner, recognise
from tests.public.bodies import FORMATS, text_of
from tests.public.worlds import make_case, make_wave

pytestmark = pytest.mark.django_db
KINDS = {"prisoners": PEOPLE, "counts": COUNT_COLUMNS}
COUNT = "measure=held&on=2024-06-01&recognised=any&by=region"


@pytest.fixture
def world() -> None:
    make_case(arrests=2, gender="female")
    make_case(visibility=Visibility.INITIALS)
    make_wave()
    recognise(make_arrest(make_prisoner('="Formula" Person', gender="female"), began="2021", region="BY-BR"), made_on="2022")
    settle()


def rows(client: Client, form: str, query: str, folder: Path, kind: str = "prisoners") -> list[dict[str, Any]]:
    columns: list[Column] = KINDS[kind]
    return rows_of(form, client.get(f"/{kind}.{form}?{query}").getvalue(), columns, folder)


@pytest.mark.parametrize(("kind", "query"), [("prisoners", "on=2024-06-01&sort=name"), ("counts", COUNT)])
def test_every_format_holds_the_same_rows(client: Client, world, tmp_path: Path, kind: str, query: str) -> None:
    forms = [form for form in FORMATS if (kind, form) != ("counts", "json")]
    found = {form: rows(client, form, query, tmp_path, kind) for form in forms}
    for_people, for_programs = found["csv"], found["jsonl"]
    assert len(for_people) > 2
    assert [form for form in forms if found[form] != (for_people if form in ("csv", "xlsx") else for_programs)] == []
    assert [{**row, "name": None} for row in for_people] == [{**row, "name": None} for row in for_programs]


def test_name_that_a_spreadsheet_would_run_is_neutralised_for_spreadsheets_alone(client: Client, world, tmp_path: Path) -> None:
    names = {form: [row["name"] for row in rows(client, form, "region=BY-BR", tmp_path)] for form in FORMATS}
    plain, safe = ['="Formula" Person'], ['\'="Formula" Person']
    assert names == {"csv": safe, "xlsx": safe, "json": plain, "jsonl": plain, "parquet": plain}


@pytest.mark.parametrize("form", FORMATS)
def test_headers_say_how_many_rows_come_and_a_plain_name(client: Client, world, form: str) -> None:
    answer = client.get(f"/prisoners.{form}?gender=female&on=2024-06-01")
    assert (answer.status_code, answer.headers["X-Total-Rows"]) == (200, "2")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="list-2024-06-01.{form}"'
    assert answer.getvalue()


@pytest.mark.parametrize("path", ["/prisoners.csv?gender=female", "/counts.xlsx?by=region"])
def test_head_says_the_same_and_sends_nothing(client: Client, world, path: str) -> None:
    asked, answer = client.get(path), client.head(path)
    assert asked.getvalue()
    assert answer.getvalue() == b""
    assert {**answer.headers, "Vary": "", "Content-Length": ""} == {**asked.headers, "Vary": "", "Content-Length": ""}


def test_rows_are_those_that_the_count_links_to(client: Client, world, tmp_path: Path) -> None:
    counted = client.get(f"/counts.json?{COUNT}").json()
    page = client.get(f"/counts/?{COUNT}").content.decode()
    query = re.findall(r'href="/prisoners/\?([^"]*)">See who they are', page)[0].replace("&amp;", "&")
    assert len(rows(client, "csv", query, tmp_path)) == counted["total"]["at_most"]


def test_list_offers_each_format_of_exactly_this_list(client: Client, world) -> None:
    html = client.get("/prisoners/?gender=female&sort=name&page=1").content.decode()
    assert re.findall(r'href="(/prisoners\.[^"]*)"', html) == [
        f"/prisoners.{form}?gender=female&amp;sort=name" for form in ("csv", "xlsx", "json", "jsonl", "parquet")
    ]
    assert '<h2 id="take">Download these 2</h2>' in html


def test_list_of_nobody_offers_no_file(client: Client, world) -> None:
    assert "/prisoners.csv" not in client.get("/prisoners/?gender=other").content.decode()


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("query", ["page=2", "region=XX-99", "colour=red", "on=2024-02-30", "known=2024-01-01"])
def test_query_that_cant_be_followed_gives_no_file(client: Client, world, form: str, query: str) -> None:
    answer = client.get(f"/prisoners.{form}?{query}")
    assert (answer.status_code, "Content-Disposition" in answer.headers) == (400, False)
    if form in ("json", "jsonl"):
        assert [problem["parameter"] for problem in answer.json()["problems"]] == [query.split("=")[0]]
    else:
        assert f"<code>{query}</code>" in answer.content.decode()


def test_page_is_told_to_be_left_out(client: Client, world) -> None:
    assert "A file holds all pages of the list: leave “page” out." in client.get("/prisoners.csv?page=2").content.decode()


def test_format_that_there_isnt_is_an_address_that_doesnt_exist(client: Client) -> None:
    assert [client.get(f"/{kind}.exe").status_code for kind in KINDS] == [404, 404]


@pytest.mark.parametrize("form", ["csv", "json", "jsonl"])
def test_text_is_compressed_for_whoever_takes_it(client: Client, world, form: str) -> None:
    plain = client.get(f"/prisoners.{form}").getvalue()
    answer = client.get(f"/prisoners.{form}", headers={"Accept-Encoding": "gzip"})
    assert (answer.headers["Content-Encoding"], gzip.decompress(answer.getvalue())) == ("gzip", plain)


@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_what_is_packed_already_is_not_compressed_again(client: Client, world, form: str) -> None:
    answer = client.get(f"/prisoners.{form}", headers={"Accept-Encoding": "gzip"})
    assert (answer.has_header("Content-Encoding"), answer.getvalue()[:2] in (b"PK", b"PA")) == (False, True)


def test_file_says_what_it_is(client: Client, world, settings) -> None:
    settings.DATA_LICENCE = "CC BY 4.0"
    query = "gender=female&on=2024-06-01"
    meta = json.loads(client.get(f"/prisoners.json?{query}").getvalue())["meta"]
    lines = about_lines(client.get(f"/prisoners.xlsx?{query}").getvalue())
    link = "http://testserver/prisoners/?gender=female&on=2024-06-01&recognised=any"
    assert (meta["link"], meta["on"], meta["recognised"], meta["filters"]) == (link, "2024-06-01", "any", {"gender": ["female"]})
    assert (meta["rows"], meta["licence"], meta["definitions"]) == (2, "CC BY 4.0", "http://testserver/methodology/")
    assert (lines["Link that asks the same"], lines["Filters"], lines["Licence"]) == (link, "gender=female", "CC BY 4.0")
    assert (lines["As known at"], lines["Revision"]) == (meta["known"], str(meta["revision"]))
    assert client.get(link.removeprefix("http://testserver")).status_code == 200


@pytest.mark.parametrize(("kind", "query"), [("prisoners", ""), ("counts", COUNT)])
@pytest.mark.parametrize("is_fictional", [True, False])
def test_demonstration_data_is_said_in_every_file(
    client: Client, tmp_path: Path, is_fictional: bool, kind: str, query: str
) -> None:
    make_arrest(make_prisoner(is_fictional=is_fictional))
    settle()
    column = "is_fictional" if kind == "prisoners" else "demonstration"
    forms = [form for form in FORMATS if (kind, form) != ("counts", "json")]
    said = {form: {row[column] for row in rows(client, form, query, tmp_path, kind)} for form in forms}
    assert said == {form: {is_fictional} for form in forms}
    told = [form for form in ("xlsx", "parquet") if "Demonstration data" in text_of(client.get(f"/{kind}.{form}?{query}"))]
    assert told == (["xlsx", "parquet"] if is_fictional else [])


def test_data_page_explains_the_columns_of_every_file(client: Client) -> None:
    html = client.get("/data/").content.decode()
    for section, columns in (("people-data", PEOPLE), ("counts-data", COUNT_COLUMNS)):
        table = html.split(f'<h2 id="{section}">')[1].split("</table>")[0]
        explained = re.findall(r'<th scope="row"><code>(\w+)</code></th><td>(\w+)</td><td>(.+?)</td>', table)
        assert [(name, kind) for name, kind, _text in explained] == [(one.name, one.kind.value) for one in columns]


# From here on there is no transaction around the test, as there is none around a reader.


@pytest.fixture
def watcher(transactional_db) -> Iterator[Any]:
    """Somebody who looks at the database from outside: the state of the connection that serves the reader."""
    for month in range(1, 6):
        make_arrest(began=f"2021-0{month}-01")
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    outside = psycopg2.connect(connection.connection.dsn)
    outside.autocommit = True

    def state() -> str:
        with outside.cursor() as cursor:
            cursor.execute("SELECT state, backend_xmin IS NULL FROM pg_stat_activity WHERE pid = %s", [pid])
            return "{}, {}".format(*cursor.fetchone())

    yield state
    outside.close()


IN_THE_MIDDLE, FREE = "idle in transaction, False", "idle, True"


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people_source, "FIRST_ROWS", 1)
    monkeypatch.setattr(people_source, "ROWS", 1)


@pytest.mark.parametrize("form", ["csv", "json", "jsonl"])
def test_reader_who_goes_away_frees_the_database_at_once(watcher, small_parts, form: str) -> None:
    answer = downloads.people(RequestFactory().get(f"/prisoners.{form}"), form)
    pieces = iter(answer)
    assert [bool(next(pieces)) for _ in range(2)] == [True, True]
    assert watcher() == IN_THE_MIDDLE
    answer.close()
    assert watcher() == FREE


@pytest.mark.parametrize("form", FORMATS)
def test_file_read_to_its_end_frees_the_database(watcher, form: str) -> None:
    answer = downloads.people(RequestFactory().get(f"/prisoners.{form}"), form)
    assert answer.getvalue()
    assert watcher() == FREE


@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_reader_who_goes_away_before_the_file_is_made_frees_the_database(
    watcher, small_parts, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, form: str
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    served, reader = socket.socketpair()
    request = RequestFactory().get(f"/prisoners.{form}", **{"gunicorn.socket": served})
    pieces = iter(downloads.people(request, form))
    assert next(pieces) == b""
    reader.close()
    with pytest.raises(ConnectionResetError):
        next(pieces)
    served.close()
    assert (watcher(), list(tmp_path.iterdir())) == (FREE, [])


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_reader_who_goes_away_while_the_database_works_breaks_its_statement_off(
    watcher, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    served, reader = socket.socketpair()
    pieces = iter(downloads.people(RequestFactory().get(f"/prisoners.{form}", **{"gunicorn.socket": served}), form))
    next(pieces)

    def sleep(people: list[int]) -> dict[int, None]:
        reader.close()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(50)")
        return {}

    monkeypatch.setattr(people_source, "_initials", sleep)
    with pytest.raises(ConnectionResetError):
        next(pieces)
    served.close()
    assert watcher() == FREE


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_reader_who_waits_gets_the_file(watcher, form: str) -> None:
    served, reader = socket.socketpair()
    answer = downloads.people(RequestFactory().get(f"/prisoners.{form}", **{"gunicorn.socket": served}), form)
    assert len(answer.getvalue()) > 100
    served.close()
    reader.close()


@pytest.mark.parametrize("form", FORMATS)
def test_failure_in_the_middle_is_raised_so_that_no_part_looks_whole(
    watcher, small_parts, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    answer = downloads.people(RequestFactory().get(f"/prisoners.{form}"), form)
    monkeypatch.setattr(people_source, "_initials", lambda people: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        answer.getvalue()
    assert watcher() == FREE


def test_file_is_of_one_moment(watcher, small_parts) -> None:
    answer = downloads.people(RequestFactory().get("/prisoners.csv?sort=arrested"), "csv")
    pieces = iter(answer)
    next(pieces)
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(_arrest_elsewhere).result()
    assert (len(list(pieces)), answer.headers["X-Total-Rows"]) == (5, "5")


def _arrest_elsewhere() -> None:
    make_arrest(began="2021-02-15")
    connection.close()


def test_statement_of_a_file_is_limited_in_time(watcher, settings) -> None:
    settings.DOWNLOAD_STATEMENT_TIMEOUT_MS = 4321
    answer = downloads.people(RequestFactory().get("/prisoners.csv"), "csv")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout'), current_setting('transaction_isolation')")
        assert cursor.fetchone() == ("4321ms", "repeatable read")
    answer.close()
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)
