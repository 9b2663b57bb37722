"""Delimited text (CSV): its encoding, its cells."""

import codecs
import csv
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import BinaryIO

from django.utils.translation import gettext as _

from .problems import FileFault

BLOCK = 1 << 20
PARSER_LIMIT = 16 * BLOCK  # above the limit for a cell, so that too large a cell is named with its column
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def inspect_text(file: BinaryIO, encoding: str) -> int:
    """Read the whole file once and count its lines. Raises FileFault, with line and byte, for what is not text in `encoding`.

    Without an encoding the file must be UTF-8: an 8-bit encoding fits any bytes, so a guess would be found out only when
    somebody reads a wrong name.
    """
    start = file.read(2)
    file.seek(0)
    if not encoding and start in _UTF_16_MARKS:
        raise _not_in("UTF-8", line=1, byte=1, looks_like="UTF-16")
    decoder = codecs.getincrementaldecoder(encoding or "utf-8-sig")("strict")
    lines = read = 0
    while True:
        block = file.read(BLOCK)
        pending = len(decoder.getstate()[0])
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            lines += error.object[: error.start].count(b"\n")
            raise _not_in(encoding or "UTF-8", line=lines + 1, byte=read - pending + error.start + 1) from None
        if "\0" in text:
            raise _holds_nul(lines + text[: text.index("\0")].count("\n") + 1)
        lines += text.count("\n")
        read += len(block)
        if not block:
            file.seek(0)
            return lines


def _not_in(encoding: str, *, line: int, byte: int, looks_like: str = "") -> FileFault:
    message = _("The file is not %(encoding)s: on line %(line)s, byte %(byte)s of the file can't be read.") % {
        "encoding": encoding,
        "line": line,
        "byte": byte,
    }
    if looks_like:
        message += " " + _("It looks like %(other)s.") % {"other": looks_like}
    return FileFault(
        f"{message} "
        + _(
            "Save it as “CSV UTF-8”, or convert it, as in: iconv -f %(example)s -t UTF-8 FILE > NEW.csv. "
            'Or name its encoding in a mapping, as in: encoding = "%(example)s".'
        )
        % {"example": looks_like or "WINDOWS-1251"}
    )


def _holds_nul(line: int) -> FileFault:
    return FileFault(
        _("Line %(line)s holds a NUL character: the file is damaged, not a spreadsheet, or not in the encoding it was read in.")
        % {"line": line}
    )


@contextmanager
def read_delimited(file: BinaryIO, encoding: str, delimiter: str) -> Iterator[Iterator[tuple[int, list[str]]]]:
    """Each row with the line on which it begins. Raises FileFault where the quotes don't match."""
    text = TextIOWrapper(file, encoding=encoding or "utf-8-sig", newline="")
    limit_before = csv.field_size_limit(PARSER_LIMIT)
    try:
        yield _rows(text, delimiter)
    finally:
        csv.field_size_limit(limit_before)
        text.detach()


def _rows(text: TextIOWrapper, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise FileFault(
            _("The row that begins on line %(line)s can't be read: %(error)s. Is a quotation mark missing or too many?")
            % {"line": line, "error": error}
        ) from None
