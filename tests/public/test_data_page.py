"""What /data/ says of the files, and how the files are handed out."""

import hashlib
import re
from typing import Any

import pytest
from django.template.defaultfilters import filesizeformat
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from counts.ledger import settle
from counts.tables import TABLES
from tests.packages import ENTITIES, PACKAGE, PREPARED, Package, content_of
from tests.public.worlds import make_case, make_wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> None:
    make_case()
    make_wave()
    settle()


def test_page_tells_size_rows_and_digest_of_the_very_files(client: Client, world: None) -> None:
    html = client.get("/data/").content.decode()
    package, entities = (content_of(client.get(path)) for path in (PACKAGE, ENTITIES))
    assert re.findall(r'<code class="digest">([0-9a-f]{64})</code>', html) == [
        hashlib.sha256(content).hexdigest() for content in (package, entities)
    ]
    assert re.findall(r'<td class="nowrap"><bdi>(.*?)</bdi></td>', html) == [
        filesizeformat(len(content)) for content in (package, entities)
    ]
    rows = {table.name: len(Package(package).rows(table.name)) for table in TABLES}
    assert f"<td>{sum(rows.values())} rows</td>" in html
    assert f"<td>{entities.count(10)} entities</td>" in html
    told = re.findall(r'<th scope="row" class="nowrap"><a href="/data/dictionary/#(\w+)">.*?<td class="number">(\d+)</td>', html)
    assert {name: int(number) for name, number in told} == rows


def test_page_says_how_to_cite_the_files(client: Client, world: None) -> None:
    html = client.get("/data/").content.decode()
    package = Package.taken(client)
    version, digest = package.described["version"], hashlib.sha256(package.content).hexdigest()
    moment = package.described["created"].replace("T", " ").replace("Z", " UTC")
    cited = f"Still Held: political prisoners. Data set, version {version}, as known on {moment}. SHA-256 {digest}."
    assert f"{cited} http://testserver/data/" in html
    assert f"version = {{{version}}}" in html


def test_page_names_the_licence(client: Client, world: None, settings: Any) -> None:
    assert '<a href="https://creativecommons.org/licenses/by/4.0/" rel="noreferrer license" lang="en">CC BY 4.0</a>' in (
        client.get("/data/").content.decode()
    )
    settings.DATA_LICENCE, settings.DATA_LICENCE_URL = "Ours", ""
    assert '<span lang="en">Ours</span>' in client.get("/data/").content.decode()


@pytest.mark.parametrize("path", PREPARED)
def test_reader_who_has_the_file_is_told_so(client: Client, world: None, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again["ETag"], again["Cache-Control"]) == (304, first["ETag"], "no-cache")
    assert (again.content, int(first["Content-Length"])) == (b"", len(content_of(first)))


@pytest.mark.parametrize("path", PREPARED)
def test_head_says_what_would_come(client: Client, world: None, path: str) -> None:
    asked, taken = client.head(path), client.get(path)
    names = ("Content-Length", "ETag", "Content-Type", "Content-Disposition")
    assert {name: asked[name] for name in names} == {name: taken[name] for name in names}
    assert content_of(asked) == b""


def test_files_are_named_after_their_version(client: Client, world: None) -> None:
    version = Package.taken(client).described["version"].replace("+", "-")
    assert [client.get(path)["Content-Disposition"] for path in PREPARED] == [
        f'attachment; filename="political-prisoners-{version}.{ending}"' for ending in ("zip", "ftm.jsonl")
    ]


@pytest.mark.parametrize("people", [1, 3])
def test_present_files_are_handed_out_in_two_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, people: int
) -> None:
    for _number in range(people):
        make_case()
    settle()
    client.get(PACKAGE)
    # The limits of the moment, the state; around them the savepoint of a test.
    for path in PREPARED:
        with django_assert_num_queries(4):
            client.get(path)


def test_dictionary_explains_every_column(client: Client) -> None:
    html = client.get("/data/dictionary/").content.decode()
    for table in TABLES:
        section = html.partition(f'<section id="{table.name}">')[2].partition("</section>")[0]
        assert re.findall(r"<dt><code>(\w+)</code>", section) == table.column_names
    assert html.count("<dd></dd>") == 0
