"""The rows of this file so far: which cases and which names stood on which line."""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .known import Namesake, name_key
from .rows import Row

# Line, person_id, country, bounds of birth. Plain tuples, and no list where one will do: a file has as many as it has names,
# and the garbage collector would visit anything richer again and again.
Entry = tuple[int, str, str, datetime.date | None, datetime.date | None]


class Seen:
    """Each row is noted once, before it is planned; a row then looks at the lines before its own."""

    def __init__(self) -> None:
        self._cases: dict[str, int] = {}
        self._first: dict[str, Entry] = {}
        self._further: dict[str, list[Entry]] = {}

    def note(self, row: Row) -> None:
        if row.case_id:
            self._cases.setdefault(row.case_id, row.line)
        entry = (row.line, row.person_id, row.country, *row.birth_bounds)
        for name in (row.name, *(text for _language, text in row.names), *row.aliases):
            key = name_key(name)
            if self._first.setdefault(key, entry) is not entry:
                self._further.setdefault(key, []).append(entry)

    def same_case(self, row: Row) -> int | None:
        """The earlier line of the same case."""
        line = self._cases.get(row.case_id, row.line)
        return line if line < row.line else None

    def namesake(self, row: Row) -> Namesake | None:
        """An earlier row that can be about the same person, and doesn't say so by the same person_id."""
        for line, person_id, country, earliest, latest in self._entries(name_key(row.name)):
            if line >= row.line:
                return None
            other = Namesake(_("line %(line)s") % {"line": line}, country, earliest, latest)
            if other.can_be(row) and not (person_id and person_id == row.person_id):
                return other
        return None

    def _entries(self, key: str) -> Iterator[Entry]:
        if key in self._first:
            yield self._first[key]
            yield from self._further.get(key, ())
