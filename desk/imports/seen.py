"""The rows of this file so far: which cases and which names stood on which line."""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext as _

from prisoners.names import LIKELY, query_keys, similarity

from .known import Namesake, name_key
from .rows import Row

# Line, person_id, country, bounds of birth, name. Plain tuples, and no list where one will do: a file has as many as it has
# names, and the garbage collector would visit anything richer again and again.
Entry = tuple[int, str, str, datetime.date | None, datetime.date | None, str]


class Seen:
    """Each row is noted once, before it is planned; a row then looks at the lines before its own."""

    def __init__(self) -> None:
        self._cases: dict[str, int] = {}
        self._first: dict[str, Entry] = {}
        self._further: dict[str, list[Entry]] = {}

    def note(self, row: Row) -> None:
        if row.case_id:
            self._cases.setdefault(row.case_id, row.line)
        for name in (row.name, *(text for _language, text in row.names), *row.aliases):
            entry = (row.line, row.person_id, row.country, *row.birth_bounds, name)
            for key in _keys(name):
                if self._first.setdefault(key, entry) is not entry:
                    self._further.setdefault(key, []).append(entry)

    def same_case(self, row: Row) -> int | None:
        """The earlier line of the same case."""
        line = self._cases.get(row.case_id, row.line)
        return line if line < row.line else None

    def namesake(self, row: Row) -> Namesake | None:
        """An earlier row that can be about the same person, and doesn't say so by the same person_id."""
        before = {entry for key in _keys(row.name) for entry in self._entries(key) if entry[0] < row.line}
        for line, person_id, country, earliest, latest, name in sorted(before, key=lambda entry: entry[0]):
            other = Namesake(_("line %(line)s") % {"line": line}, country, earliest, latest)
            if other.can_be(row) and not (person_id and person_id == row.person_id) and is_one_name(name, row.name):
                return other
        return None

    def _entries(self, key: str) -> Iterator[Entry]:
        if key in self._first:
            yield self._first[key]
            yield from self._further.get(key, ())


def _keys(name: str) -> list[str]:
    """What names of one person share: the very words, or two that sound alike. A name of one word has itself alone."""
    return [name_key(name), *query_keys(name).pairs]


def is_one_name(name: str, other: str) -> bool:
    """Whether two names of a file are likely forms of one; a number in them tells apart, and signs must be the same."""
    if name_key(name) == name_key(other):
        return True
    return _digits(name) == _digits(other) and similarity(name, other) >= LIKELY


def _digits(name: str) -> str:
    return "".join(filter(str.isdecimal, name))
