"""Each format of a table: the same rows, types that other programs read, nothing that a spreadsheet would run."""

import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.db import ProgrammingError

from counts.columns import Column, Kind
from counts.exports import workbooks
from counts.exports.csvs import csv_chunks, write_csv
from counts.exports.jsons import json_chunks, jsonl_chunks
from counts.exports.parquets import write_parquet
from counts.exports.tables import Part, Table
from counts.exports.workbooks import TooLong, write_workbook
from tests.counts.exports.reading import about_lines, parquet_types, rows_of, workbook_rows

pytestmark = pytest.mark.django_db
COLUMNS = [
    Column("code", Kind.STRING, "a text", "v.code"),
    Column("number", Kind.INTEGER, "a number", "v.number"),
    Column("share", Kind.NUMBER, "a part", "v.share"),
    Column("is_so", Kind.BOOLEAN, "yes or no", "v.is_so"),
    Column("on", Kind.DATE, "a day", "v.day"),
    Column("kinds", Kind.LIST, "several texts", "v.kinds"),
]
ROWS = [
    {"code": "BY-1", "number": 1, "share": 53.90625, "is_so": True, "on": date(2024, 2, 29), "kinds": ["a", "b c"]},
    {"code": 'ž "quoted", \\N\nnext', "number": -5, "share": -0.5, "is_so": False, "on": date(1888, 1, 1), "kinds": ["один"]},
    {"code": "BY-3", "number": None, "share": None, "is_so": None, "on": None, "kinds": None},
]
FORMS = ["csv", "json", "jsonl", "xlsx", "parquet"]
FORMULAS = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x"]


def part(rows: list[dict]) -> Part:
    shown = [
        {"code": r["code"], "number": r["number"], "share": r["share"], "is_so": r["is_so"], "day": r["on"], "kinds": r["kinds"]}
        for r in rows
    ]
    types = "code text, number bigint, share double precision, is_so boolean, day date, kinds text[]"
    return Part(f"jsonb_to_recordset(%s::jsonb) AS v ({types})", [json.dumps(shown, default=str)])


def table(*parts: list[dict]) -> Table:
    return Table(COLUMNS, [part(rows) for rows in parts])


def written(form: str, asked: Table, folder: Path) -> bytes:
    path = folder / f"file.{form}"
    match form:
        case "csv":
            return b"".join(csv_chunks(asked))
        case "json":
            return b"".join(json_chunks(asked, {"what": "a test"}))
        case "jsonl":
            return b"".join(jsonl_chunks(asked))
        case "xlsx":
            write_workbook(asked, path, [("What", "=a test")], title="Rows")
        case _:
            write_parquet(asked, path, {"what": "it's a tést"})
    assert [found.name for found in folder.iterdir()] == [path.name]
    return path.read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_rows_come_back_from_a_file_as_they_were(form: str, tmp_path: Path) -> None:
    body = written(form, table(ROWS[:1], [], ROWS[1:]), tmp_path)
    assert rows_of(form, body, COLUMNS, tmp_path) == ROWS


@pytest.mark.parametrize("form", FORMS)
def test_file_of_nobody_is_whole_too(form: str, tmp_path: Path) -> None:
    body = written(form, table([]), tmp_path)
    assert rows_of(form, body, COLUMNS, tmp_path) == []


def test_csv_begins_with_its_header_and_leaves_unknown_values_empty() -> None:
    assert (
        b"".join(csv_chunks(table(ROWS)))
        == (
            "code,number,share,is_so,on,kinds\n"
            'BY-1,1,53.90625,true,2024-02-29,"a;b c"\n'
            '"ž ""quoted"", \\N\nnext",-5,-0.5,false,1888-01-01,"один"\n'
            "BY-3,,,,,\n"
        ).encode()
    )


def test_csv_into_a_file_is_the_same(tmp_path: Path) -> None:
    with (tmp_path / "rows.csv").open("wb") as file:
        write_csv(table(ROWS), file)
    assert (tmp_path / "rows.csv").read_bytes() == b"".join(csv_chunks(table(ROWS)))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(form: str, tmp_path: Path) -> None:
    asked = table([{**ROWS[0], "code": text, "kinds": [text, text]} for text in FORMULAS])
    found = rows_of(form, written(form, asked, tmp_path), COLUMNS, tmp_path)
    assert [(row["code"], row["kinds"]) for row in found] == [(f"'{text}", [f"'{text}", text]) for text in FORMULAS]


@pytest.mark.parametrize("form", ["json", "jsonl", "parquet"])
def test_programs_get_the_text_as_it_is(form: str, tmp_path: Path) -> None:
    asked = table([{**ROWS[0], "code": text, "kinds": [text, "a;b"]} for text in FORMULAS])
    found = rows_of(form, written(form, asked, tmp_path), COLUMNS, tmp_path)
    assert [(row["code"], row["kinds"]) for row in found] == [(text, [text, "a;b"]) for text in FORMULAS]


def test_lists_are_quoted_and_their_values_hold_no_semicolon() -> None:
    """Where semicolons part cells, the second value of a list would else begin one."""
    body = b"".join(csv_chunks(table([{**ROWS[0], "kinds": ["a;b", "=c"]}]))).decode()
    assert body.splitlines()[1].endswith(',"a,b;=c"')


def test_json_says_what_it_is() -> None:
    assert json.loads(b"".join(json_chunks(table(ROWS), {"what": "ein Test"})))["meta"] == {"what": "ein Test"}


def test_cells_of_a_workbook_have_types_and_no_formula(tmp_path: Path) -> None:
    formula = {**ROWS[0], "code": "=1+1"}
    written("xlsx", table([formula]), tmp_path)
    about, rows = openpyxl.load_workbook(tmp_path / "file.xlsx").worksheets
    assert [cell.data_type for cell in rows[2]] == ["s", "n", "n", "b", "d", "s"]
    assert rows["E2"].number_format == "yyyy-mm-dd"
    assert (rows.freeze_panes, about["B1"].value, about["B1"].data_type) == ("A2", "=a test", "s")


def test_workbook_explains_each_column(tmp_path: Path) -> None:
    lines = about_lines(written("xlsx", table(ROWS), tmp_path))
    assert {column.name: lines[column.name] for column in COLUMNS} == {column.name: column.text for column in COLUMNS}


def test_rows_beyond_what_a_sheet_holds_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(workbooks, "ROWS_OF_A_SHEET", 2)
    many = [{**ROWS[0], "number": number} for number in range(5)]
    body = written("xlsx", table(many[:3], many[3:]), tmp_path)
    sheets = openpyxl.load_workbook(io.BytesIO(body)).worksheets[1:]
    assert [(sheet.title, sheet.max_row, sheet["A1"].value) for sheet in sheets] == [
        ("Rows", 3, "code"),
        ("Rows 2", 3, "code"),
        ("Rows 3", 2, "code"),
    ]
    assert [row["number"] for row in workbook_rows(body, COLUMNS)] == [0, 1, 2, 3, 4]


def test_sheet_holds_as_many_rows_as_a_spreadsheet_can() -> None:
    assert workbooks.ROWS_OF_A_SHEET == 2**20 - 1


def test_text_that_a_cell_cant_hold_is_an_error_and_nothing_is_left(tmp_path: Path) -> None:
    path = tmp_path / "file.xlsx"
    with pytest.raises(TooLong, match="line 2"):
        write_workbook(table([{**ROWS[0], "code": "a" * 32_768}]), path, [], title="Rows")
    assert list(tmp_path.iterdir()) == []


def test_columns_of_parquet_have_types(tmp_path: Path) -> None:
    assert parquet_types(written("parquet", table(ROWS), tmp_path), tmp_path) == {
        "code": "VARCHAR",
        "number": "BIGINT",
        "share": "DOUBLE",
        "is_so": "BOOLEAN",
        "on": "DATE",
        "kinds": "VARCHAR[]",
    }


def test_part_that_fails_is_an_error_of_the_database() -> None:
    chunks = csv_chunks(Table(COLUMNS, [part(ROWS), Part("no_such_table AS v")]))
    assert [len(next(chunks).splitlines()) for _ in range(2)] == [1, 4]
    with pytest.raises(ProgrammingError):
        next(chunks)


def test_every_kind_of_value_is_in_the_table_tried_here() -> None:
    assert {column.kind for column in COLUMNS} == set(Kind)
