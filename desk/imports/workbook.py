"""Workbooks (.xlsx): their cells as text, read row by row."""

import datetime
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from .problems import FileFault

MAX_UNPACKED = 2 << 30
# What openpyxl raises for damaged files, by the part that is damaged.
_DAMAGE = (
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    zlib.error,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
)
Rows = Iterator[tuple[int, list[str]]]


@contextmanager
def read_workbook(file: BinaryIO, sheet_name: str, notes: list[str]) -> Iterator[tuple[int | None, Rows]]:
    """About how many rows, and the rows of one sheet. Raises FileFault when it can't be read; so may the rows."""
    book = _open(file)
    try:
        names = [sheet.title for sheet in book.worksheets]
        if not names or (sheet_name and sheet_name not in names):
            raise FileFault(
                _("The workbook has no sheet “%(name)s”. Its sheets: %(names)s.")
                % {"name": sheet_name, "names": ", ".join(names)}
            )
        if not sheet_name and len(names) > 1:
            notes.append(
                _("Only the sheet “%(name)s” was read. Not read: %(others)s. A mapping can name another.")
                % {"name": names[0], "others": ", ".join(names[1:])}
            )
        sheet = book[sheet_name or names[0]]
        about_rows = sheet.max_row
        sheet.reset_dimensions()  # what a file says of its size is often wrong
        yield about_rows, _rows(sheet)
    finally:
        book.close()


def _open(file: BinaryIO) -> Any:
    try:
        _refuse_bomb(file)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on styles and validations, which an import has no use for
            # Formulas are read as such, because a workbook may hold no values for them.
            return openpyxl.load_workbook(file, read_only=True, data_only=False)
    except _DAMAGE as error:
        raise _damaged(error) from None


def _refuse_bomb(file: BinaryIO) -> None:
    with zipfile.ZipFile(file) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    file.seek(0)
    if unpacked > MAX_UNPACKED:
        raise FileFault(_("The workbook unpacks to more than 2 GB: save it as CSV."))


def _rows(sheet: Any) -> Rows:
    width = 0
    rows = enumerate(sheet.iter_rows(), start=1)
    while True:
        try:
            line, row = next(rows)
        except StopIteration:
            return
        except _DAMAGE as error:
            raise _damaged(error) from None
        cells = _trimmed([_text(cell.value) for cell in row], width)
        width = width or len(cells)
        yield line, cells


def _trimmed(cells: list[str], width: int) -> list[str]:
    """As wide as the header: in a sheet, empty cells at the end of a row are not there, or are there by accident."""
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    return cells + [""] * (width - len(cells))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return str(value)


def _damaged(error: Exception) -> FileFault:
    return FileFault(
        _("The workbook can't be read: it is damaged, cut short, or no .xlsx file (%(error)s).") % {"error": str(error)[:200]}
    )
