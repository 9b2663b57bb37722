"""XLSX: typed cells, a header that stays, and a sheet that says what the file is. Written in constant memory."""

import datetime
import tempfile
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..columns import Column, Kind
from .tables import Table, texts

# What a sheet holds below its header; further rows go on in the next sheet.
ROWS_OF_A_SHEET = 1_048_575
# A spreadsheet knows no day before this one; such days are written as text.
FIRST_DAY = datetime.date(1900, 3, 1)
FETCHED = 1000
_WIDTHS = {Kind.STRING: 18, Kind.INTEGER: 10, Kind.NUMBER: 12, Kind.BOOLEAN: 10, Kind.DATE: 12, Kind.LIST: 24}


class TooLong(ValueError):
    """A text that a cell can't hold: a file that leaves some of it out must not look whole."""


def write_workbook(
    table: Table, path: Path, about: Sequence[tuple[str, str]], *, title: str, known_at: datetime.datetime | None = None
) -> None:
    """The table as a file. `about` are the lines of its first sheet; `title` names the sheets of rows.

    `known_at` stands as the moment at which the file was made, so that the same rows give the same file.
    """
    for _none in workbook_steps(table, path, about, title=title, known_at=known_at):
        pass


def workbook_steps(
    table: Table, path: Path, about: Sequence[tuple[str, str]], *, title: str, known_at: datetime.datetime | None = None
) -> Generator[None]:
    """The same, a step a part, so that whoever waits for it can stop."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        workbook = Workbook(str(path), {"constant_memory": True, "tmpdir": folder})
        workbook.set_properties({"created": known_at} if known_at else {})
        workbook.use_zip64()  # rows without end don't fit into the older form
        try:
            _write_about(workbook, about, table.columns)
            yield from _write_rows(workbook, table, title)
            workbook.close()
        finally:
            _let_go(workbook)


def _write_rows(workbook: Workbook, table: Table, title: str) -> Generator[None]:
    sheets = _Sheets(workbook, table.columns, title)
    for part in table.parts:
        with connection.cursor() as cursor:
            cursor.execute(texts(table.columns, part), part.params or None)
            while rows := cursor.fetchmany(FETCHED):
                for row in rows:
                    sheets.write(row)
                yield


def _let_go(workbook: Workbook) -> None:
    """Close what a workbook that nobody waits for any more keeps open; leaving it by `with` would assemble the file first."""
    for sheet in workbook.worksheets():
        if sheet.row_data_fh is not None:
            sheet.row_data_fh.close()


class _Sheets:
    """The sheets of rows: the next one begins where the last is full."""

    def __init__(self, workbook: Workbook, columns: Sequence[Column], title: str) -> None:
        self.workbook, self.columns, self.title = workbook, columns, title
        self.bold: Format = workbook.add_format({"bold": True})
        self.day: Format = workbook.add_format({"num_format": "yyyy-mm-dd"})
        self.number, self.line = 0, 0
        self._begin()

    def write(self, row: Sequence[Any]) -> None:
        if self.line >= ROWS_OF_A_SHEET:
            self._begin()
        self.line += 1
        for place, value in enumerate(row):
            if value is not None:
                self.writers[place](place, value)

    def _begin(self) -> None:
        self.number, self.line = self.number + 1, 0
        self.sheet: Worksheet = self.workbook.add_worksheet(self.title if self.number == 1 else f"{self.title} {self.number}")
        self.writers = [self._writer(column) for column in self.columns]
        self.sheet.freeze_panes(1, 0)
        for place, column in enumerate(self.columns):
            self.sheet.set_column(place, place, _WIDTHS[column.kind])
        for place, column in enumerate(self.columns):
            self.sheet.write_string(0, place, column.name, self.bold)

    def _writer(self, column: Column) -> Callable[[int, Any], None]:
        match column.kind:
            case Kind.INTEGER | Kind.NUMBER:
                return lambda place, value: self._done(self.sheet.write_number(self.line, place, value))
            case Kind.BOOLEAN:
                return lambda place, value: self._done(self.sheet.write_boolean(self.line, place, value == "true"))
            case Kind.DATE:
                return self._write_day
        return lambda place, value: self._done(self.sheet.write_string(self.line, place, value))

    def _write_day(self, place: int, value: datetime.date) -> None:
        if value < FIRST_DAY:
            self._done(self.sheet.write_string(self.line, place, value.isoformat()))
        else:
            self._done(self.sheet.write_datetime(self.line, place, value, self.day))

    def _done(self, status: int) -> None:
        if status:
            raise TooLong(f"Sheet {self.number}, line {self.line + 1}: a cell can't hold what is on record.")


def _write_about(workbook: Workbook, about: Sequence[tuple[str, str]], columns: Sequence[Column]) -> None:
    """What the file is, and what each column says."""
    sheet, bold = workbook.add_worksheet(_("About this file")), workbook.add_format({"bold": True})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 100)
    lines = [*about, ("", ""), (_("Column"), _("Meaning"))]
    for line, (name, text) in enumerate([*lines, *((column.name, str(column.text)) for column in columns)]):
        sheet.write_string(line, 0, name, bold)
        sheet.write_string(line, 1, text, wrapped)
