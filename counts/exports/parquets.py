"""Parquet: a table with types for programs, written by DuckDB from what the database copied out."""

import tempfile
from collections.abc import Generator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection

from ..columns import Column, Kind
from .copying import CSV, copy_out
from .tables import SEPARATOR, Table, bare_texts

_TYPES = {
    Kind.STRING: "VARCHAR",
    Kind.INTEGER: "BIGINT",
    Kind.NUMBER: "DOUBLE",
    Kind.BOOLEAN: "BOOLEAN",
    Kind.DATE: "DATE",
    Kind.LIST: "VARCHAR",
}
MEMORY = "256MB"


def write_parquet(
    table: Table, path: Path, about: Mapping[str, str] | None = None, database: DuckDBPyConnection | None = None
) -> None:
    """The table as a file: dates as dates, lists as lists. `about` becomes metadata of the file (text by name).

    The rows lie beside it for a while, as the database copied them out.
    """
    for _none in parquet_steps(table, path, about, database):
        pass


def parquet_steps(
    table: Table, path: Path, about: Mapping[str, str] | None = None, database: DuckDBPyConnection | None = None
) -> Generator[None]:
    """The same, a step a part, so that whoever waits for it can stop. `database` comes from `converter`."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        rows = Path(folder, "rows")
        with rows.open("wb") as file:
            for part in table.parts:
                copy_out(bare_texts(table.columns, part), part.params, CSV, file)
                yield
        with nullcontext(database) if database else converter(folder) as reader:
            _convert(table.columns, rows, path, about or {}, reader)


def converter(folder: str | Path) -> DuckDBPyConnection:
    """What converts tables, to be closed afterwards. To begin takes longer than a small table; one serves several."""
    settings: dict[str, Any] = {
        "memory_limit": MEMORY,
        "temp_directory": str(folder),
        "threads": "2",
        "autoinstall_known_extensions": "false",
    }
    return duckdb.connect(":memory:", config=settings)


def _convert(columns: Sequence[Column], rows: Path, path: Path, about: Mapping[str, str], database: DuckDBPyConnection) -> None:
    """DuckDB reads what PostgreSQL wrote; every type is said, none is guessed."""
    types = ", ".join(f"'{column.name}': '{_TYPES[column.kind]}'" for column in columns)
    chosen = ", ".join(_value(column) for column in columns)
    reading = "header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = ''"
    source = f"read_csv({_quoted(rows)}, {reading}, columns = {{{types}}})"
    options = "FORMAT parquet, COMPRESSION zstd" + (f", KV_METADATA {{{_metadata(about)}}}" if about else "")
    database.execute(f"COPY (SELECT {chosen} FROM {source}) TO {_quoted(path)} ({options})")


def _value(column: Column) -> str:
    if column.kind == Kind.LIST:
        return f'string_split("{column.name}", \'{SEPARATOR}\') AS "{column.name}"'
    return f'"{column.name}"'


def _metadata(about: Mapping[str, str]) -> str:
    return ", ".join(f"{_quoted(name)}: {_quoted(text)}" for name, text in about.items())


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"
