"""The first row of a file: which column of the format each of its columns fills."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .columns import COLUMNS, REQUIRED
from .mapping import ColumnRule, FileMapping
from .problems import FileFault, not_one_of, shorten


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column of the file. Without a rule it is only kept as a note, ignored, or nameless."""

    header: str
    rule: ColumnRule | None
    is_note: bool = False


def read_header(cells: list[str], mapping: FileMapping) -> list[FileColumn]:
    """Raises FileFault for a column twice, unknown or missing."""
    headers = [cell.strip() for cell in cells]
    if not any(headers):
        raise FileFault(_("The first row is empty: it must hold the names of the columns."))
    columns = [_column(header, mapping) for header in headers]
    _refuse_twice(headers)
    _refuse_unknown(columns, mapping)
    _refuse_missing(headers, columns, mapping)
    _refuse_filled_twice(columns, mapping)
    return columns


def _column(header: str, mapping: FileMapping) -> FileColumn:
    rule = mapping.columns.get(header)
    if rule is None and _native(header) in COLUMNS and header not in (*mapping.notes, *mapping.ignore):
        rule = ColumnRule(to=_native(header))
    return FileColumn(header, rule, header in mapping.notes)


def _native(header: str) -> str:
    return re.sub(r"[\s_-]+", "_", header.casefold())


def _refuse_twice(headers: list[str]) -> None:
    seen: dict[str, int] = {}
    for position, header in enumerate(headers, start=1):
        if header and seen.setdefault(_native(header), position) != position:
            first = seen[_native(header)]
            raise FileFault(
                _("The column “%(header)s” stands in the header twice (columns %(first)s and %(second)s).")
                % {"header": shorten(header), "first": first, "second": position}
            )


def _refuse_unknown(columns: list[FileColumn], mapping: FileMapping) -> None:
    unknown = [
        column.header
        for column in columns
        if column.header and column.rule is None and not column.is_note and column.header not in mapping.ignore
    ]
    if not unknown:
        return
    reasons = " ".join(str(not_one_of(header, COLUMNS, _("a column known here"))) for header in unknown[:10])
    raise FileFault(
        _("%(reasons)s Known columns: %(known)s. A mapping can translate others, keep them as notes, or ignore them.%(hint)s")
        % {"reasons": reasons, "known": ", ".join(COLUMNS), "hint": _delimiter_hint(columns)}
    )


def _delimiter_hint(columns: list[FileColumn]) -> str:
    """A header that came out as one cell was probably divided by something else."""
    other = next((mark for mark in ("\t", ";", "|") if mark in columns[0].header), "") if len(columns) == 1 else ""
    shown = "\\t" if other == "\t" else other
    return " " + _('If “%(mark)s” divides the cells, say delimiter = "%(mark)s" in a mapping.') % {"mark": shown} if other else ""


def _refuse_missing(headers: list[str], columns: list[FileColumn], mapping: FileMapping) -> None:
    for header in [*mapping.columns, *mapping.notes, *mapping.ignore]:
        if header not in headers:
            raise FileFault(_("The mapping names a column “%(header)s” that the file does not have.") % {"header": header})
    rules = [column.rule for column in columns if column.rule]
    filled = {*mapping.constants, *(rule.to for rule in rules)}
    filled.update(name for rule in rules for meaning in rule.values.values() for name in meaning)
    missing = [name for name in REQUIRED if name not in filled]
    if missing:
        raise FileFault(_("A required column is missing: %(names)s.") % {"names": ", ".join(missing)})


def _refuse_filled_twice(columns: list[FileColumn], mapping: FileMapping) -> None:
    filled = {name: _("a constant of the mapping") for name in mapping.constants}
    for column in columns:
        to = column.rule.to if column.rule else ""
        if not to or (COLUMNS[to].separator and to not in mapping.constants):
            continue
        by = _("the column “%(header)s”") % {"header": column.header}
        if filled.setdefault(to, by) != by:
            raise FileFault(
                _("%(name)s is filled twice: by %(one)s and by %(two)s.") % {"name": to, "one": filled[to], "two": by}
            )
