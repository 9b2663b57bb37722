"""Rows with types: what a row says of a person and of one arrest, or the problems that it has."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from prisoners.dates import UncertainDate

from . import values
from .columns import COLUMNS, REQUIRED
from .lists import KnownPardon, Lists
from .problems import BadValue, Problem, shorten
from .translation import Cells


@dataclass(slots=True)
class Row:
    """One row: a field for each column, and what is derived from them.

    `values` holds the same as texts, by column: what is compared when the row comes again.
    """

    line: int
    language: str = "und"
    aliases: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    digest: str = ""
    is_confirmed_by_list: bool = False
    is_end_derived: bool = False

    case_id: str = ""
    person_id: str = ""
    name: str = ""
    names: list[tuple[str, str]] = field(default_factory=list)
    gender: str = ""
    born: UncertainDate | None = None
    died: UncertainDate | None = None
    country: str = ""
    region: str = ""
    place: str = ""
    home_region: str = ""
    occupations: list[str] = field(default_factory=list)
    arrested: UncertainDate | None = None
    released: UncertainDate | None = None
    mechanism: str = ""
    pardon: KnownPardon | None = None
    articles: list[int] = field(default_factory=list)
    context: str = ""
    case: str = ""
    facility: str = ""
    sentence_kind: str = ""
    sentence_months: int | None = None
    sentence_ends: UncertainDate | None = None
    recognised: UncertainDate | None = None
    recognised_by: str = ""
    treatments: list[str] = field(default_factory=list)
    last_confirmed: datetime.date | None = None
    visibility: str = ""
    summary: str = ""
    source_url: list[str] = field(default_factory=list)
    source_title: str = ""
    source_date: UncertainDate | None = None

    @property
    def has_sentence(self) -> bool:
        return bool(self.sentence_kind or self.sentence_months or self.sentence_ends)

    @property
    def has_source(self) -> bool:
        return bool(self.source_url or self.source_title)

    @property
    def birth_bounds(self) -> tuple[datetime.date | None, datetime.date | None]:
        return (self.born.earliest, self.born.latest) if self.born else (None, None)

    @property
    def has_end(self) -> bool:
        return bool(self.released or self.mechanism or self.pardon)


Parser = Callable[[str], Any]


class RowParser:
    """Reads rows by the lists of one database. `header_of` gives back the name that the file has for a column."""

    def __init__(self, lists: Lists, header_of: Mapping[str, str]) -> None:
        self.lists = lists
        self.header_of = header_of
        special: dict[str, Parser] = {
            "country": values.country,
            "gender": values.gender,
            "visibility": values.visibility,
            "home_region": values.home_region,
            "sentence_kind": values.sentence_kind,
            "sentence_months": values.months,
            "last_confirmed": values.day,
            "names": values.named_in,
            "source_url": values.url,
            "occupations": lists.occupations.code,
            "treatments": lists.treatments.code,
            "mechanism": lists.mechanisms.code,
            "pardon": lists.pardon,
            "summary": partial(values.sized, "summary"),
        }
        self.parsers: dict[str, Parser] = {
            column.name: special.get(column.name) or (values.date if column.is_date else partial(values.line, column.name))
            for column in COLUMNS.values()
        }

    def parse(self, cells: Cells) -> Row | list[Problem]:
        """The row, or every problem that its values have."""
        row = Row(cells.line, language=cells.language, notes=cells.notes)
        problems = cells.problems
        if problems and not cells.texts:
            return problems
        for name, text in cells.texts.items():
            if name != "region":
                self._read(problems, row, name, text, self.parsers[name])
        if "region" in cells.texts and row.country:
            self._read(problems, row, "region", cells.texts["region"], partial(values.region, of_country=row.country))
        for name, parts in cells.lists.items():
            self._read_list(problems, row, name, parts)
        if cells.aliases:
            row.aliases = self._all(problems, row, "name", cells.aliases, partial(values.line, "name"))
            row.values["aliases"] = "|".join(row.aliases)
        problems.extend(
            Problem(row.line, self.header_of.get(name, name), "", _("It is empty, and every row needs it."))
            for name in REQUIRED
            if name not in cells.texts
        )
        return problems or row

    def _read(self, problems: list[Problem], row: Row, name: str, text: str, parser: Parser) -> None:
        try:
            value = parser(text)
        except BadValue as error:
            problems.append(self.problem(row.line, name, text, str(error)))
            return
        setattr(row, name, value)
        row.values[name] = value if value.__class__ is str else text

    def _read_list(self, problems: list[Problem], row: Row, name: str, parts: list[str]) -> None:
        parser = partial(self.lists.statute, row.country) if name == "articles" else self.parsers[name]
        setattr(row, name, self._all(problems, row, name, parts, parser))
        row.values[name] = (COLUMNS[name].separator or " ").join(parts)

    def _all(self, problems: list[Problem], row: Row, name: str, parts: list[str], parser: Parser) -> list[Any]:
        """Each part once, in the order of the cell."""
        found: dict[Any, None] = {}
        for part in parts:
            try:
                found[parser(part)] = None
            except BadValue as error:
                problems.append(self.problem(row.line, name, part, str(error)))
        return list(found)

    def problem(self, line: int, name: str, value: str, reason: str) -> Problem:
        """A line of the report, which names the column as the file does."""
        return Problem(line, self.header_of.get(name, name), shorten(value), reason)
