"""What a query of the API may say: the filters of every list, and which page of what is found."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from counts.fields import ChosenField, LedgerFilter, WholeNumberField
from counts.filters import RecordFilters
from counts.listing import DEFAULT_SORT, Listing
from counts.problems import InvalidQuery, Problem

from .cursors import LONGEST, CaseCursor, NotACursor, SlugCursor

LIMIT, LIMIT_AT_MOST = 50, 200
# Not by name: a place in that order can't be found again by an index.
SORTS = ("-arrested", "arrested")


class CursorField(forms.CharField):
    """A cursor that a page gave; the value is what it holds."""

    def __init__(self, *, read: Callable[[str], Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.read = read

    def to_python(self, value: Any) -> Any:
        if value in (None, ""):
            return None
        try:
            # A day such as 2020-13-01 has the shape of one, and no place in a list.
            cursor = self.read(value if len(value) <= LONGEST else "")
            if not str(getattr(cursor, "day", "infinity")).endswith("infinity"):
                date.fromisoformat(cursor.day)
        except (NotACursor, ValueError):
            message = _("This is not a cursor that the API has given: begin without one, and follow “next”.")
            raise ValidationError(message, code="not_a_cursor") from None
        return cursor


class CaseFilters(RecordFilters):
    """The filters of a list, its order, and the page by cursor."""

    sort = LedgerFilter(ChosenField, choices=lambda: SORTS)
    limit = LedgerFilter(WholeNumberField, lowest=1, highest=LIMIT_AT_MOST)
    cursor = LedgerFilter(CursorField, read=CaseCursor.read)

    def contradictions(self) -> Iterable[Problem]:
        yield from super().contradictions()
        cursor, sort = self.value("cursor"), next(iter(self.value("sort") or []), DEFAULT_SORT)
        if cursor is not None and cursor.sort != sort:
            message = _("This cursor is of a list in the order “%(sort)s”.") % {"sort": cursor.sort}
            yield Problem("cursor", self.given["cursor"][0][:80], message)


class CaseListing(Listing):
    """The list that a query of the API asks for."""

    filters_class = CaseFilters
    # A cursor goes on from a day, whatever was searched for.
    ranks_searches = False

    @property
    def limit(self) -> int:
        return self.filters.value("limit") or LIMIT

    @property
    def after(self) -> CaseCursor | None:
        """Where the page begins; None for the first."""
        cursor: CaseCursor | None = self.filters.value("cursor")
        return cursor


class SlugPage:
    """Which page of records in the order of their slugs. Raises InvalidQuery for anything else."""

    PARAMETERS = ("limit", "cursor")

    def __init__(self, query: QueryDict) -> None:
        self.problems = [*refused(query, self.PARAMETERS)]
        self.limit: int = self._value(query, "limit", WholeNumberField(lowest=1, highest=LIMIT_AT_MOST, required=False)) or LIMIT
        self.after: SlugCursor | None = self._value(query, "cursor", CursorField(read=SlugCursor.read, required=False))
        if self.problems:
            raise InvalidQuery(self.problems)

    def _value(self, query: QueryDict, name: str, field: forms.Field) -> Any:
        try:
            return field.clean(query.get(name, ""))
        except ValidationError as error:
            self.problems.append(Problem(name, query.get(name, "")[:80], " ".join(error.messages)))


def refused(query: QueryDict, parameters: Iterable[str]) -> Iterable[Problem]:
    """What no such address takes: another parameter than these, or one of them twice."""
    valid = list(parameters)
    for name, values in query.lists():
        if name not in valid:
            message = _("There is no parameter “%(name)s”.") % {"name": name[:80]}
            yield Problem(name[:80], ", ".join(values)[:80], message, valid)
        elif len(values) > 1:
            message = _("“%(name)s” is given more than once, but takes one value.") % {"name": name}
            yield Problem(name, ", ".join(values)[:80], message)


def nothing_asked(query: QueryDict) -> None:
    """Raises InvalidQuery where a query says anything at all."""
    if problems := list(refused(query, ())):
        raise InvalidQuery(problems)
