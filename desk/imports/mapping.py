"""Mapping files (TOML): how another group's spreadsheet becomes the columns of an import. docs/import.md explains each key."""

import codecs
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from .columns import COLUMNS
from .dateforms import DateForm, parse_forms
from .problems import BadValue, FileFault, not_one_of
from .section import Section

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
STATUTE_KEYS = ("country", "law", "article", "part", "title")


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """What becomes of one column of the file."""

    to: str = ""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dates: tuple[DateForm, ...] = ()
    separator: str = ""
    language: str = ""
    aliases_in: str = ""


@dataclass(frozen=True, slots=True)
class FileMapping:
    """A whole mapping file. An empty one reads a file whose columns already are those of the format."""

    encoding: str = ""
    delimiter: str = ","
    sheet: str = ""
    list_name: str = ""
    confirm_after_sentence: bool = True
    columns: Mapping[str, ColumnRule] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    dates: tuple[DateForm, ...] = ()
    notes: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    statutes: tuple[Mapping[str, str], ...] = ()


def read_mapping(text: str) -> FileMapping:
    """Raises FileFault, which names the place, when something in it is wrong."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FileFault(_("The mapping is not valid TOML: %(error)s.") % {"error": error}) from None
    top = Section("", data)
    mapping = FileMapping(
        encoding=_encoding(top),
        delimiter=_delimiter(top),
        sheet=top.text("sheet"),
        list_name=_list_name(top),
        confirm_after_sentence=top.flag("confirm_after_sentence", True),
        columns={header.strip(): _rule(header, rule) for header, rule in top.table("columns").items()},
        constants=_constants(top),
        dates=_dates(top),
        notes=tuple(header.strip() for header in top.texts("notes")),
        ignore=tuple(header.strip() for header in top.texts("ignore")),
        statutes=tuple(_statute(number, data) for number, data in enumerate(top.tables("statute"), start=1)),
    )
    top.end()
    _refuse_contradictions(top, mapping)
    return mapping


def _encoding(top: Section) -> str:
    name = top.text("encoding")
    try:
        if name:
            "".encode(codecs.lookup(name).name)
    except LookupError:
        raise top.fault("encoding", _("“%(name)s” is not an encoding known here.") % {"name": name}) from None
    return name


def _delimiter(top: Section) -> str:
    delimiter = top.text("delimiter", ",")
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise top.fault("delimiter", _("must be one character, such as ; or \\t."))
    return delimiter


def _list_name(top: Section) -> str:
    name = top.text("list").strip()
    if len(name) > 60:
        raise top.fault("list", _("must have 60 characters at most."))
    return name


def _dates(section: Section) -> tuple[DateForm, ...]:
    try:
        return parse_forms(section.texts("dates"))
    except ValueError as error:
        raise section.fault("dates", str(error)) from None


def _constants(top: Section) -> dict[str, str]:
    section = Section("constants.", top.table("constants"))
    constants = {name: section.text(_target(section, name, name)).strip() for name in section.data}
    return {name: value for name, value in constants.items() if value}


def _target(section: Section, key: str, name: str) -> str:
    try:
        if name not in COLUMNS:
            raise not_one_of(name, COLUMNS, _("a column of an import"))
    except BadValue as error:
        raise section.fault(key, f"{error} {_('Valid')}: {', '.join(COLUMNS)}.") from None
    return name


def _rule(header: str, rule: Any) -> ColumnRule:
    if isinstance(rule, str):
        rule = {"to": rule}
    if not isinstance(rule, dict):
        raise Section("columns.", {}).fault(header, _("must be the name of a column, or a table."))
    section = Section(f"columns.{header}.", rule)
    found = ColumnRule(
        to=_target(section, "to", section.text("to")) if "to" in rule else "",
        values=_values(section),
        dates=_dates(section),
        separator=section.text("separator"),
        language=section.text("language"),
        aliases_in=section.text("aliases_in"),
    )
    section.end()
    _refuse_misplaced(section, found)
    return found


def _values(section: Section) -> dict[str, dict[str, str]]:
    """By the folded value of the file: what it says, column by column; nothing at all for an empty table."""
    values: dict[str, dict[str, str]] = {}
    for written, meaning in section.table("values").items():
        inner = Section(f"{section.place}values.{written}.", meaning if isinstance(meaning, dict) else {"to": meaning})
        if fold(written) in values:
            raise inner.fault("", _("the same value stands here twice."))
        if isinstance(meaning, dict):
            values[fold(written)] = {_target(inner, name, name): inner.text(name).strip() for name in meaning}
        else:
            values[fold(written)] = {_target(section, "to", section.text("to")): inner.text("to").strip()}
    return values


@lru_cache(maxsize=1 << 16)
def fold(value: str) -> str:
    """How values are compared with those of a table: whatever their case and spacing."""
    return " ".join(value.split()).casefold()


def _refuse_misplaced(section: Section, rule: ColumnRule) -> None:
    if not rule.to and not rule.values:
        raise section.fault("to", _("is missing: name a column, or list the column under `notes` or `ignore`."))
    column = COLUMNS[rule.to] if rule.to else None
    if rule.dates and not (column and column.is_date):
        raise section.fault("dates", _("only a column of dates can have forms of dates."))
    if rule.separator and not (column and column.separator):
        raise section.fault("separator", _("only a column that holds a list can have a separator."))
    if rule.language and (rule.to not in ("name", "names") or not LANGUAGE.fullmatch(rule.language)):
        raise section.fault("language", _("must be a code such as be or zh-Hant, on a column of names."))
    if rule.aliases_in and (rule.to != "name" or len(rule.aliases_in) != 2):
        raise section.fault("aliases_in", _("must be an opening and a closing bracket, on the column of the name."))


def _statute(number: int, data: dict[str, Any]) -> dict[str, str]:
    section = Section(f"statute {number}.", data)
    statute = {key: section.text(key).strip() for key in STATUTE_KEYS}
    section.end()
    for key in STATUTE_KEYS:
        if not statute[key] and key != "part":
            raise section.fault(key, _("is missing."))
    return statute


def _refuse_contradictions(top: Section, mapping: FileMapping) -> None:
    for header in mapping.ignore:
        if header in mapping.columns or header in mapping.notes:
            raise top.fault("ignore", _("“%(header)s” is also imported.") % {"header": header})
