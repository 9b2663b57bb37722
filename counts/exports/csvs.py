"""CSV: UTF-8 with a header row, ISO dates, empty for unknown, nothing that a spreadsheet would run."""

from collections.abc import Iterator, Sequence
from typing import IO

from ..columns import Column, Kind
from .copying import CSV, copied, copy_out
from .tables import Table, texts


def csv_chunks(table: Table) -> Iterator[bytes]:
    """The file: first its header, then part by part."""
    yield header(table.columns)
    for part in table.parts:
        yield copied(texts(table.columns, part), part.params, _options(table.columns))


def write_csv(table: Table, file: IO[bytes]) -> int:
    """The same into a file, without holding a part: one part may be a whole table of the database. Returns how many rows."""
    file.write(header(table.columns))
    return sum(copy_out(texts(table.columns, part), part.params, _options(table.columns), file) for part in table.parts)


def header(columns: Sequence[Column]) -> bytes:
    """The first line."""
    return (",".join(column.name for column in columns) + "\n").encode()


def _options(columns: Sequence[Column]) -> str:
    """Lists are quoted: where a semicolon parts the cells of a spreadsheet, a value inside could begin a cell, and be run."""
    lists = [f'"{column.name}"' for column in columns if column.kind == Kind.LIST]
    return f"{CSV}, FORCE_QUOTE ({', '.join(lists)})" if lists else CSV
