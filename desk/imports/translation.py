"""A row of cells into what the columns of the format say, by the header and the mapping."""

import re
import unicodedata
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .columns import COLUMNS
from .dateforms import to_iso
from .header import FileColumn
from .mapping import ColumnRule, FileMapping, fold
from .problems import BadValue, Problem, not_one_of, shorten

# Control characters, marks that turn the direction of text round, and the sign of a failed conversion.
_DAMAGE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffd\ufffe\uffff]")
_ERRORS = {"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}


@dataclass(slots=True)
class Cells:
    """What a row says: texts and lists of texts by column of the format, and what is only kept.

    A row without texts but with problems can't be read at all.
    """

    line: int
    texts: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)
    aliases: list[str] = field(default_factory=list)
    language: str = "und"
    notes: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class Translator:
    """Knows the header of one file."""

    def __init__(self, columns: list[FileColumn], mapping: FileMapping) -> None:
        self.columns = columns
        self.mapping = mapping
        self.width = len(columns)
        self.header_of = {column.rule.to: column.header for column in columns if column.rule}
        # Most columns of most files need no translation; they go straight through.
        targets = [(place, _plain_target(column, mapping)) for place, column in enumerate(columns)]
        self._plain = [(place, name) for place, name in targets if name]
        self._others = [(place, columns[place]) for place, name in targets if not name]

    def translate(self, line: int, cells: list[str]) -> Cells:
        """What the row says, or the problems that it has."""
        found = Cells(line)
        if len(cells) != self.width:
            found.problems.append(self._ragged(line, cells))
            return found
        cells = self._clean(found, cells)
        if found.problems:
            return found
        found.texts = {name: cells[place] for place, name in self._plain if cells[place]}
        for place, column in self._others:
            if cells[place]:
                self._read(found, column, cells[place])
        for name, value in self.mapping.constants.items():
            _say(found, name, value, COLUMNS[name].separator)
        return found

    def _ragged(self, line: int, cells: list[str]) -> Problem:
        reason = _("The row has %(found)s cells, the header %(wanted)s. Is a comma or a quotation mark missing or too many?")
        return Problem(line, "", shorten(", ".join(cells)), reason % {"found": len(cells), "wanted": self.width})

    def _clean(self, found: Cells, cells: list[str]) -> list[str]:
        """Without white space around, in one Unicode form; damaged cells become problems."""
        cells = [cell.strip() for cell in cells]
        whole = "\n".join(cells)
        if not whole.isascii() and not unicodedata.is_normalized("NFC", whole):
            cells = [unicodedata.normalize("NFC", cell) for cell in cells]
        if "\n=" in whole or "#" in whole or whole[:1] == "=" or _DAMAGE.search(whole):
            for column, text in zip(self.columns, cells, strict=True):
                reason = _damage(text)
                if reason:
                    found.problems.append(Problem(found.line, column.header, shorten(text), reason))
        return cells

    def _read(self, found: Cells, column: FileColumn, text: str) -> None:
        if column.is_note:
            found.notes[column.header] = text
        if column.rule is not None:
            try:
                self._apply(found, column.rule, text)
            except BadValue as error:
                found.problems.append(Problem(found.line, column.header, shorten(text), str(error)))
        elif not column.header:
            found.problems.append(Problem(found.line, "", shorten(text), _("The column of this cell has no name.")))

    def _apply(self, found: Cells, rule: ColumnRule, text: str) -> None:
        meaning = rule.values.get(fold(text)) if rule.values else None
        if meaning is not None:
            for name, value in meaning.items():
                _say(found, name, value, COLUMNS[name].separator)
            return
        if not rule.to:
            raise not_one_of(text, rule.values, _("a value that the mapping knows"))
        column = COLUMNS[rule.to]
        if column.is_date:
            text = to_iso(text, rule.dates or self.mapping.dates)
        if rule.aliases_in:
            text, alias = split_alias(text, rule.aliases_in)
            found.aliases.extend(alias)
        if rule.language:
            if rule.to == "name":
                found.language = rule.language
            else:
                text = _in_language(text, rule)
        _say(found, rule.to, text, rule.separator or column.separator)


def _in_language(names: str, rule: ColumnRule) -> str:
    separator = rule.separator or COLUMNS["names"].separator
    return separator.join(f"{rule.language}:{name.strip()}" for name in names.split(separator) if name.strip())


def _plain_target(column: FileColumn, mapping: FileMapping) -> str:
    """The column of the format that takes the cells as they are; empty when there is more to do."""
    if column.rule is None or column.is_note or column.rule != ColumnRule(to=column.rule.to):
        return ""
    target = COLUMNS[column.rule.to]
    return "" if target.separator or (target.is_date and mapping.dates) else target.name


def _say(found: Cells, name: str, value: str, separator: str) -> None:
    """Note what a column says. Raises BadValue when another cell of the row says something else."""
    if not value:
        return
    if separator:
        parts = value.split() if separator == " " else map(str.strip, value.split(separator))
        found.lists.setdefault(name, []).extend(filter(None, parts))
    elif found.texts.setdefault(name, value) != value:
        raise BadValue(_("Another cell of this row says %(name)s is “%(value)s”.") % {"name": name, "value": found.texts[name]})


def _damage(text: str) -> str:
    match = _DAMAGE.search(text)
    if match:
        return _("The text holds the character U+%(code)04X, which no text should: it may have been converted wrongly.") % {
            "code": ord(match[0])
        }
    if text.startswith("="):
        return _("This is a formula: paste its value instead.")
    return _("This is an error of the spreadsheet, not a value.") if text in _ERRORS else ""


def split_alias(text: str, brackets: str) -> tuple[str, list[str]]:
    """“name（alias）” into the name and its alias. Raises BadValue when the brackets don't match."""
    opening, closing = brackets[0], brackets[1]
    if opening not in text and closing not in text:
        return text, []
    name, _opening, rest = text.partition(opening)
    alias = rest.removesuffix(closing).strip()
    if not name.strip() or not alias or not rest.endswith(closing) or opening in alias or closing in alias:
        raise BadValue(_("The brackets are not those of one alias after a name."))
    return name.strip(), [alias]
