"""The rows of this file so far: which cases and which names stood on which line."""

from dataclasses import replace

from django.utils.translation import gettext as _

from .known import Namesake, name_key
from .rows import Row


class Seen:
    """Each row is noted once, before it is planned; a row then looks at the lines before its own."""

    def __init__(self) -> None:
        self._cases: dict[str, int] = {}
        self._names: dict[str, list[tuple[int, str, Namesake]]] = {}

    def note(self, row: Row) -> None:
        if row.case_id:
            self._cases.setdefault(row.case_id, row.line)
        entry = (row.line, row.person_id, Namesake("", row.country, *row.birth_bounds))
        self._names.setdefault(name_key(row.name), []).append(entry)
        for name in (*(text for _language, text in row.names), *row.aliases):
            self._names.setdefault(name_key(name), []).append(entry)

    def same_case(self, row: Row) -> int | None:
        """The earlier line of the same case."""
        line = self._cases.get(row.case_id, row.line)
        return line if line < row.line else None

    def namesake(self, row: Row) -> Namesake | None:
        """An earlier row that can be about the same person, and doesn't say so by the same person_id."""
        for line, person_id, other in self._names.get(name_key(row.name), ()):
            if line >= row.line:
                return None
            if other.can_be(row) and not (person_id and person_id == row.person_id):
                return replace(other, where=_("line %(line)s") % {"line": line})
        return None
