"""A file's bytes into rows of text, one at a time, whatever the file's size.

A row comes with the line on which a person finds it: of a CSV file the line on which it begins, of a workbook its row.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from .delimited import BLOCK, inspect_text, read_delimited
from .mapping import FileMapping
from .problems import FileFault
from .workbook import read_workbook

MAX_CELL = 100_000
ZIP = b"PK\x03\x04"
RawRow = tuple[int, list[str]]

_OTHER_KINDS = {
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls), or one with a password",
    b"PK\x05\x06": "an empty ZIP archive",
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"{\\rtf": "a text document",
    b"Rar!": "a RAR archive",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"PAR1": "a Parquet file",
    b"SQLite f": "a SQLite database",
}


@dataclass(frozen=True, slots=True)
class Table:
    """The first row of a file that isn't empty, and the rows after it, which are read as they are asked for."""

    header: list[str]
    rows: Iterator[RawRow]
    about_rows: int | None
    notes: list[str]


def digest_of(file: BinaryIO) -> str:
    """The SHA-256 of the whole file, which stands at its start again afterwards."""
    digest = hashlib.sha256()
    while block := file.read(BLOCK):
        digest.update(block)
    file.seek(0)
    return digest.hexdigest()


def refuse_other_kinds(file: BinaryIO) -> bytes:
    """Raises FileFault for a file that is known to be neither text nor a spreadsheet; else gives how it begins."""
    start = file.read(8)
    file.seek(0)
    for magic, kind in _OTHER_KINDS.items():
        if start.startswith(magic):
            raise FileFault(_("The file is %(kind)s, not a spreadsheet: save it as CSV or .xlsx.") % {"kind": kind})
    return start


@contextmanager
def open_table(file: BinaryIO, mapping: FileMapping) -> Iterator[Table]:
    """Raises FileFault when it isn't a table; so may the rows, when the fault lies further down."""
    start = refuse_other_kinds(file)
    if start.startswith(ZIP):
        notes: list[str] = []
        with read_workbook(file, mapping.sheet, notes) as (about_rows, rows):
            yield _table(rows, about_rows, notes)
    else:
        about_rows = inspect_text(file, mapping.encoding)
        with read_delimited(file, mapping.encoding, mapping.delimiter) as rows:
            yield _table(rows, about_rows, [])


def _table(rows: Iterator[RawRow], about_rows: int | None, notes: list[str]) -> Table:
    rows = (row for row in rows if any(map(str.strip, row[1])))
    header = next(rows, None)
    if header is None:
        raise FileFault(_("The file is empty."))
    return Table(header[1], _sized(rows, header[1]), about_rows, notes)


def _sized(rows: Iterator[RawRow], header: list[str]) -> Iterator[RawRow]:
    for line, cells in rows:
        if max(map(len, cells)) > MAX_CELL:
            position = next(place for place, cell in enumerate(cells) if len(cell) > MAX_CELL)
            column = header[position] if position < len(header) else str(position + 1)
            raise FileFault(
                _("Line %(line)s, column “%(column)s”: the cell has %(size)s characters; %(limit)s are the most.")
                % {"line": line, "column": column, "size": len(cells[position]), "limit": MAX_CELL}
            )
        yield line, cells
