"""Reads files back, each with a library that isn't ours, as rows of plain values: lists as lists, unknown as None."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl

from counts.columns import Column, Kind

Rows = list[dict[str, Any]]


def rows_of(form: str, body: bytes, columns: Iterable[Column], folder: Path) -> Rows:
    """The rows of a file in any format."""
    match form:
        case "csv":
            return [_typed(row, columns) for row in csv.DictReader(io.StringIO(body.decode(), newline=""))]
        case "json":
            return [_dated(row, columns) for row in json.loads(body)["rows"]]
        case "jsonl":
            return [_dated(json.loads(line), columns) for line in body.splitlines()]
        case "xlsx":
            return workbook_rows(body, columns)
    return parquet_rows(body, folder)


def workbook_rows(body: bytes, columns: Iterable[Column]) -> Rows:
    """Of all sheets but the first."""
    book = openpyxl.load_workbook(io.BytesIO(body))
    found: Rows = []
    for sheet in book.worksheets[1:]:
        header, *rows = sheet.iter_rows(values_only=True)
        found += [dict(zip(map(str, header), row, strict=True)) for row in rows]
    return [_from_cells(row, columns) for row in found]


def about_lines(body: bytes) -> dict[str, Any]:
    """The first sheet of a workbook."""
    return {row[0]: row[1] for row in openpyxl.load_workbook(io.BytesIO(body)).worksheets[0].iter_rows(values_only=True)}


def parquet_rows(body: bytes, folder: Path) -> Rows:
    path = folder / "read.parquet"
    path.write_bytes(body)
    with duckdb.connect(":memory:") as database:
        found = database.execute("SELECT * FROM read_parquet(?)", [str(path)])
        names = [column[0] for column in found.description or []]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def parquet_types(body: bytes, folder: Path) -> dict[str, str]:
    path = folder / "types.parquet"
    path.write_bytes(body)
    with duckdb.connect(":memory:") as database:
        found = database.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
    return {name: kind for name, kind, *_rest in found}


def _typed(row: dict[str, str], columns: Iterable[Column]) -> dict[str, Any]:
    return {column.name: _value(row[column.name], column.kind) for column in columns}


def _value(text: str, kind: Kind) -> Any:
    if text == "":
        return None
    match kind:
        case Kind.INTEGER:
            return int(text)
        case Kind.NUMBER:
            return float(text)
        case Kind.BOOLEAN:
            return {"true": True, "false": False}[text]
        case Kind.DATE:
            return date.fromisoformat(text)
        case Kind.LIST:
            return text.split(";")
    return text


def _dated(row: dict[str, Any], columns: Iterable[Column]) -> dict[str, Any]:
    days = {column.name for column in columns if column.kind == Kind.DATE}
    return {name: date.fromisoformat(value) if value and name in days else value for name, value in row.items()}


def _from_cells(row: dict[str, Any], columns: Iterable[Column]) -> dict[str, Any]:
    return {column.name: _from_cell(row[column.name], column.kind) for column in columns}


def _from_cell(value: Any, kind: Kind) -> Any:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str):
        value = value.replace("_x000D_", "\r")  # as the standard writes it, which this reader leaves alone
    if isinstance(value, str) and kind in (Kind.LIST, Kind.DATE):
        return _value(value, kind)
    return value
