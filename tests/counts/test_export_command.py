"""`manage.py export`: the same file as the download, whole or not at all."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from counts.exports import people_source
from counts.ledger import settle
from tests.factories import make_arrest, make_prisoner
from tests.public.bodies import FORMATS

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> None:
    make_arrest(make_prisoner(gender="female"), began="2020-08-09", region="BY-HM")
    make_arrest(began="2024")
    settle()


@pytest.mark.parametrize("form", FORMATS)
def test_file_of_people_is_that_of_the_download(client: Client, world, tmp_path: Path, form: str, capsys) -> None:
    path = tmp_path / f"rows.{form}"
    call_command("export", "prisoners", "gender=female", "on=2024-06-01", to=path, site="http://testserver")
    downloaded = client.get(f"/prisoners.{form}?gender=female&on=2024-06-01").getvalue()
    assert path.read_bytes() == downloaded
    assert list(tmp_path.iterdir()) == [path]
    assert capsys.readouterr().out == f"Wrote 1 rows to {path} ({len(downloaded):,} bytes).\n"


def test_file_of_a_count_is_that_of_the_download(client: Client, world, tmp_path: Path) -> None:
    path = tmp_path / "rows"
    call_command("export", "counts", "on=2024-06-01", "by=region", to=path, format="csv", site="http://testserver/")
    assert path.read_bytes() == client.get("/counts.csv?on=2024-06-01&by=region").getvalue()


def test_summary_as_json(world, tmp_path: Path, capsys) -> None:
    path = tmp_path / "rows.jsonl"
    call_command("export", "prisoners", to=path, json=True)
    summary = {"file": str(path), "format": "jsonl", "rows": 2, "bytes": path.stat().st_size}
    assert json.loads(capsys.readouterr().out) == summary


@pytest.mark.parametrize(
    ("words", "name", "said"),
    [
        (["prisoners", "page=2"], "rows.csv", "leave “page” out"),
        (["prisoners", "gender=x"], "rows.csv", "Valid: female, male, other, unknown"),
        (["counts", "by"], "rows.csv", "not of the form NAME=VALUE"),
        (["by=region"], "rows.csv", "say prisoners or counts"),
        (["prisoners"], "rows.exe", "give --format"),
        (["prisoners"], "no/folder/rows.csv", "There is no folder"),
    ],
)
def test_what_cant_be_followed_is_refused_and_writes_nothing(
    world, tmp_path: Path, words: list[str], name: str, said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("export", *words, to=tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_file_that_was_there_stays_until_the_new_one_is_whole(world, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("before")
    monkeypatch.setattr(people_source, "_initials", lambda people: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        call_command("export", "prisoners", to=path)
    assert (path.read_text(), list(tmp_path.iterdir())) == ("before", [path])
