"""An uploaded list as text: plain text as it is; of a table each row as one line, its cells with tabs between them."""

import csv
from typing import BinaryIO

from django.utils.translation import gettext as _

from ..imports.delimited import inspect_text
from ..imports.mapping import FileMapping
from ..imports.problems import FileFault
from ..imports.reading import ZIP, open_table, refuse_other_kinds
from .opening import MAX_CHARACTERS, MAX_LINES

SAMPLE = 8192
TABLES = (".csv", ".tsv")


def text_of_file(file: BinaryIO, name: str) -> str:
    """The text of a list. Raises FileFault, with words for whoever sent it, when it can't be read or is too long."""
    start = refuse_other_kinds(file)
    if start.startswith(ZIP) or name.lower().endswith(TABLES):
        return _table(file, FileMapping() if start.startswith(ZIP) else FileMapping(delimiter=_delimiter(file)))
    inspect_text(file, "")
    text = file.read(MAX_CHARACTERS * 4 + 4).decode("utf-8-sig", errors="ignore")
    if len(text) > MAX_CHARACTERS:
        raise FileFault(_("The file has more than %(most)s characters: send it in parts.") % {"most": MAX_CHARACTERS})
    return text


def _delimiter(file: BinaryIO) -> str:
    sample = file.read(SAMPLE).decode("utf-8", errors="ignore")
    file.seek(0)
    try:
        return csv.Sniffer().sniff(sample, delimiters=",;\t|").delimiter
    except csv.Error:
        return ","


def _table(file: BinaryIO, mapping: FileMapping) -> str:
    with open_table(file, mapping) as table:
        lines = [_line(table.header)]
        for _number, cells in table.rows:
            lines.append(_line(cells))
            if len(lines) > MAX_LINES + 1:
                raise FileFault(_("The file has more than %(most)s rows: send it in parts.") % {"most": MAX_LINES})
    return "\n".join(line for line in lines if line)


def _line(cells: list[str]) -> str:
    return "\t".join(cell for cell in (" ".join(cell.split()) for cell in cells) if cell)
