"""The data package is whole, true, valid to other people's tools, and of the present state at every moment."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from frictionless import Package as FrictionlessPackage

from counts.ledger import settle
from counts.package import kept
from counts.tables import TABLES
from prisoners.models import Arrest, Citation, Name, Photo, Prisoner, Source, State, Summary, Visibility
from releases.models import Pardon, Release
from tests.factories import as_operator, make_arrest, make_prisoner, make_source
from tests.packages import ENTITIES, PACKAGE, Package, content_of, taken_entities
from tests.public import canaries
from tests.public.worlds import make_case, make_wave

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media", "data_dir")]


@pytest.fixture
def data_dir(settings: Any, tmp_path: Path) -> Path:
    """An empty folder for the prepared files of one test."""
    settings.DATA_DIR = tmp_path / "data"
    return settings.DATA_DIR


@pytest.fixture
def world() -> None:
    """Everything that readers may see, with somebody of each visibility and a record in every table."""
    make_case(arrests=2)
    make_wave()
    terms = canaries.terms()
    for place, kind in enumerate(canaries.VISIBLE):
        canaries.Hidden(kind, f"BY-CANA0{place}", terms).make_all()
    settle()


def test_package_is_valid_to_the_tool_of_the_standard(client: Client, world: None, tmp_path: Path) -> None:
    path = tmp_path / "taken.zip"
    path.write_bytes(Package.taken(client).content)
    report = FrictionlessPackage(str(path)).validate()
    assert [(task.name, error.message) for task in report.tasks for error in task.errors] == []
    assert (report.valid, report.errors, len(report.tasks)) == (True, [], 2 * len(TABLES))


def test_tool_of_the_standard_finds_what_is_wrong(client: Client, world: None, tmp_path: Path) -> None:
    package = Package.taken(client)
    for name, content in package.files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.replace(b"BY-CANA00-1,", b"BY-CANA09-1,") if name == "csv/stays.csv" else content)
    report = FrictionlessPackage(str(tmp_path / "datapackage.json")).validate()
    wrong = {(task.name, error.type) for task in report.tasks for error in task.errors}
    assert wrong == {("stays", "hash-count"), ("stays", "foreign-key")}


def test_every_table_has_rows_and_the_descriptor_counts_them_truly(client: Client, world: None, tmp_path: Path) -> None:
    package = Package.taken(client)
    resources = {resource["path"]: resource for resource in package.described["resources"]}
    assert set(resources) == set(package.files) - {"datapackage.json"}
    for path, resource in resources.items():
        content = package.files[path]
        assert (resource["bytes"], resource["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}"), path
    rows = {table.name: len(package.rows(table.name)) for table in TABLES}
    assert {table.name: resources[f"csv/{table.name}.csv"]["rows"] for table in TABLES} == rows
    assert {table.name: len(package.typed_rows(table.name, tmp_path)) for table in TABLES} == rows
    assert [name for name, number in rows.items() if not number] == []


def test_both_forms_of_a_table_say_the_same(client: Client, world: None, tmp_path: Path) -> None:
    package = Package.taken(client)
    for table in TABLES:
        typed = [{name: _as_csv(value) for name, value in row.items()} for row in package.typed_rows(table.name, tmp_path)]
        assert typed == package.rows(table.name), table.name


def _as_csv(value: Any) -> str:
    """As the CSV writes it, where no formula is in it."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.5f}" if isinstance(value, float) else str(value)


def test_columns_have_the_types_that_the_descriptor_says(client: Client, world: None, tmp_path: Path) -> None:
    [row] = [row for row in Package.taken(client).typed_rows("prisoners", tmp_path) if row["name"] == "Taras Vymyšleny"]
    assert (row["born"], str(row["born_earliest"]), str(row["born_latest"])) == ("1988-03", "1988-03-01", "1988-03-31")
    assert (row["occupations"], row["died"], row["is_fictional"]) == (["engineer"], None, False)


def test_formulas_are_neutral_in_csv_and_as_they_are_in_parquet(client: Client, tmp_path: Path) -> None:
    make_arrest(make_prisoner('=HYPERLINK("http://x")'))
    settle()
    package = Package.taken(client)
    assert [row["text"] for row in package.rows("names")] == ['\'=HYPERLINK("http://x")']
    assert [row["text"] for row in package.typed_rows("names", tmp_path)] == ['=HYPERLINK("http://x")']


def test_people_are_as_many_as_on_the_list_and_in_the_counts(client: Client, world: None) -> None:
    package = Package.taken(client)
    people = package.rows("prisoners")
    listed = client.get("/prisoners/?sort=name").context["listing"].total.at_most
    counted = client.get("/counts.json?measure=ever&recognised=any").json()
    assert len(people) == listed == counted["total"]["at_most"] - counted["counted_only"]["at_most"]
    named = {row["code"] for row in people if row["visibility"] == "named"}
    assert {one["id"] for one in taken_entities(client) if one["schema"] == "Person"} == named


@pytest.mark.parametrize("day", ["2020-02-15", "2021-12-31", "2024-08-19", "2024-08-20", "2026-01-01"])
def test_days_of_arrests_give_the_numbers_of_the_counts(client: Client, day: str) -> None:
    make_case(arrests=3)
    make_wave()
    make_arrest(began="2019", ended="2021-12/2022-02")
    make_arrest(began=None, ended="../2022-05-01")
    make_arrest(make_prisoner(died="2021-06-01"), began="2020-02")
    make_arrest(make_prisoner(born="1990"), began=None, last_confirmed_on="2022-01-01")
    settle()
    rows = Package.taken(client).rows("arrests")
    certain = [row for row in rows if row["held_certainly_from"] and row["held_certainly_from"] <= day]
    certain = [row for row in certain if not row["held_certainly_until"] or day < row["held_certainly_until"]]
    possible = [row for row in rows if row["held_possibly_from"] <= day]
    possible = [row for row in possible if not row["held_possibly_until"] or day < row["held_possibly_until"]]
    total = client.get(f"/counts.json?on={day}&recognised=any&unit=arrests").json()["total"]
    assert (len(certain), len(possible)) == (total["at_least"], total["at_most"])


def test_same_state_gives_the_same_bytes(client: Client, world: None, data_dir: Path) -> None:
    first = [content_of(client.get(path)) for path in (PACKAGE, ENTITIES)]
    for folder in [path for path in data_dir.iterdir() if path.is_dir()]:
        (folder / "manifest.json").rename(folder / "gone")
        folder.rename(data_dir / "elsewhere")
    assert [content_of(client.get(path)) for path in (PACKAGE, ENTITIES)] == first


def test_change_that_readers_can_not_see_changes_no_byte(client: Client, world: None) -> None:
    before = client.get(PACKAGE)["ETag"]
    make_arrest(make_prisoner(state=State.DRAFT))
    settle()
    assert client.get(PACKAGE)["ETag"] == before


NARROWED = [
    {"state": State.WITHDRAWN},
    {"visibility": Visibility.INTERNAL},
    {"visibility": Visibility.COUNTED},
    {"embargo_until": "2999-01-01"},
]


@pytest.mark.parametrize("narrowed", NARROWED, ids=lambda one: "-".join(one))
def test_narrowed_person_is_gone_from_the_very_next_answer(client: Client, narrowed: dict[str, Any], tmp_path: Path) -> None:
    gone = make_case()
    stays = make_case()
    settle()
    etags = {path: client.get(path)["ETag"] for path in (PACKAGE, ENTITIES)}
    with as_operator():
        Prisoner.objects.filter(pk=gone.pk).update(**narrowed)
    settle()
    for path, etag in etags.items():
        answer = client.get(path, headers={"If-None-Match": etag})
        assert (answer.status_code, answer["ETag"] == etag) == (200, False)
    assert {row["code"] for row in Package.taken(client).rows("prisoners")} == {stays.code}
    assert gone.code not in str(Package.taken(client).texts(tmp_path)) + str(taken_entities(client))
    assert gone.code not in client.get("/data/").content.decode()


def test_files_of_another_state_are_removed_when_new_ones_are_made(client: Client, data_dir: Path) -> None:
    for _round in range(2):
        make_case()
        settle()
        client.get(PACKAGE)
    assert len([path for path in data_dir.iterdir() if path.is_dir()]) == 1


CHANGES = {
    "name": lambda: Name.objects.filter(is_heading=True).update(text="Another Name"),
    "summary": lambda: Summary.objects.update(text="Another life."),
    "source": lambda: Source.objects.update(title="Another source"),
    "source hidden": lambda: Source.objects.update(confidentiality="confidential"),
    "citation": lambda: Citation.objects.update(locator="page 7"),
    "pardon": lambda: Pardon.objects.update(framing="Other words."),
    "release": lambda: Release.objects.update(liberty_after="exiled"),
    "arrest": lambda: Arrest.objects.update(place="Another Square"),
    "photo": lambda: Photo.objects.update(is_public=False),
}


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_that_readers_can_see_makes_other_files(client: Client, world: None, change: str) -> None:
    before = client.get(PACKAGE)["ETag"]
    with as_operator():
        CHANGES[change]()
    settle()
    assert client.get(PACKAGE)["ETag"] != before


def test_version_is_the_revision_and_a_sign_for_the_content(client: Client) -> None:
    make_case()
    settle()
    before = Package.taken(client).described
    with as_operator():
        Name.objects.filter(is_heading=True).update(text="Another Name")
    settle()
    after = Package.taken(client).described
    numbers = [described["version"].split("+") for described in (before, after)]
    assert [int(number) for number, _sign in numbers] == [before["revision"], after["revision"]]
    assert numbers[0][1] != numbers[1][1]


def test_descriptor_says_what_it_is_and_on_what_terms(client: Client, settings: Any) -> None:
    settings.SITE_NAME, settings.SITE_URL = "Monitor", "https://monitor.example.org"
    settings.DATA_LICENCE, settings.DATA_LICENCE_URL = "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"
    make_case(is_fictional=True)
    settle()
    described = Package.taken(client).described
    assert described["title"] == "Monitor: political prisoners"
    assert described["homepage"] == "https://monitor.example.org"
    assert described["licenses"] == [
        {"name": "CC-BY-4.0", "title": "CC BY 4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
    ]
    assert (described["demonstration"], described["description"][:18]) == (True, "DEMONSTRATION DATA")


def test_reader_is_asked_to_come_back_while_another_process_makes_the_files(client: Client, world: None) -> None:
    with kept._alone():
        answers = [client.get(path) for path in (PACKAGE, ENTITIES)]
        page = client.get("/data/")
    assert [(answer.status_code, answer["Retry-After"]) for answer in answers] == [(503, "60")] * 2
    assert (page.status_code, "The files are being prepared." in page.content.decode()) == (200, True)
    assert client.get(PACKAGE).status_code == 200


def test_site_that_makes_files_by_command_alone_hands_out_those_of_the_present_state(client: Client, settings: Any) -> None:
    settings.DATA_ON_REQUEST = False
    make_case()
    settle()
    assert client.get(PACKAGE).status_code == 503
    call_command("publish_data", "--json")
    assert client.get(PACKAGE).status_code == 200
    make_case()
    settle()
    assert client.get(PACKAGE).status_code == 503


def test_command_prints_what_it_made(client: Client, world: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("publish_data", "--json")
    told = json.loads(capsys.readouterr().out)
    package = content_of(client.get(PACKAGE))
    made = told["files"]["package.zip"]
    assert (made["bytes"], made["sha256"]) == (len(package), hashlib.sha256(package).hexdigest())


def test_half_made_files_are_removed(client: Client, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any, **_named: Any) -> None:
        raise MemoryError

    make_case()
    settle()
    monkeypatch.setattr(kept, "build", fail)
    with pytest.raises(MemoryError):
        client.get(PACKAGE)
    assert [path.name for path in data_dir.iterdir()] == ["lock"]


def test_source_is_told_once_and_only_where_something_is_cited_from_it(client: Client) -> None:
    make_case()
    make_source(title="Cited by nobody")
    settle()
    package = Package.taken(client)
    told = {row["id"]: row["title"] for row in package.rows("sources")}
    assert set(told) == {row["source"] for row in package.rows("citations")} - {""}
    assert "Cited by nobody" not in told.values()
