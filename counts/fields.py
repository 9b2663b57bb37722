"""Form fields and filters of a query: each reads its values strictly, and states what it narrows to under uncertainty."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from prisoners.searching import Search

from .bounds import Bounds, Day
from .clock import Known, parsed
from .formerly import keys_then

# How many valid values an error names before it stops.
NAMED_AT_MOST = 60
# How many words a search takes: the longest names have eight or so.
WORDS_AT_MOST = 10
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class NotValid(ValidationError):
    """A value that doesn't exist, with the ones that do."""

    def __init__(self, value: str, valid: Iterable[str]) -> None:
        self.bad_value = value
        self.valid = list(valid)
        super().__init__(_("“%(value)s” is not a valid value.") % {"value": value[:80]}, code="not_valid")


class ChosenField(forms.Field):
    """Several values by repetition, each of which must be one of `choices()`; the value is a list, empty when not given."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, choices: Callable[[], Iterable[str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choices = choices

    def to_python(self, value: Any) -> list[str]:
        given = list(dict.fromkeys(value or []))
        valid = list(self.choices()) if given else []
        for one in given:
            if one not in valid:
                raise NotValid(one, valid[:NAMED_AT_MOST])
        return given


class CheckedField(ChosenField):
    """Several values, each checked by itself against a list too long to be named whole; the check raises ValidationError."""

    def __init__(self, *, check: Callable[[str], None], **kwargs: Any) -> None:
        super().__init__(choices=list, **kwargs)
        self.check = check

    def to_python(self, value: Any) -> list[str]:
        given = list(dict.fromkeys(value or []))
        for one in given:
            self.check(one)
        return given


class RecordsField(ChosenField):
    """Several records by the slug in addresses, or one of the words in `besides`; the value maps each to its key.

    `told`, if set, is the revision at which a sealed question was answered: records are those that had the slugs then.
    """

    told: int | None = None

    def __init__(self, *, records: Callable[[], QuerySet[Any]], by: str = "slug", besides: Iterable[str] = (), **kwargs: Any):
        super().__init__(choices=list, **kwargs)
        self.records, self.by, self.besides = records, by, list(besides)

    def to_python(self, value: Any) -> dict[str, Any]:  # type: ignore[override]
        given = list(dict.fromkeys(value or []))
        if not given:
            return {}
        asked = [one for one in given if one not in self.besides and one.isprintable()]  # a database can't even be asked for NUL
        found = self._keys(asked) if asked else {}
        for one in given:
            if one not in found and one not in self.besides:
                valid = self.records().order_by(self.by).values_list(self.by, flat=True)[:NAMED_AT_MOST]
                raise NotValid(one, [*self.besides, *valid])
        return {one: found.get(one) for one in given}

    def _keys(self, asked: list[str]) -> dict[str, Any]:
        records = self.records()
        if self.told is not None:
            return keys_then(records.model, self.by, asked, self.told)
        return dict(records.filter(**{f"{self.by}__in": asked}).values_list(self.by, "pk"))


class DayField(forms.Field):
    """A day, written as 2024-01-15."""

    def to_python(self, value: Any) -> date | None:
        if value in (None, ""):
            return None
        try:
            return date.fromisoformat(value if _DAY.fullmatch(value) else "")
        except ValueError:
            raise ValidationError(
                _("“%(value)s” is not a day: write it as 2024-01-15.") % {"value": str(value)[:80]}, code="not_a_day"
            ) from None


class KnownField(forms.Field):
    """A moment of knowledge: see `counts.clock.parsed`."""

    def to_python(self, value: Any) -> Known | None:
        return parsed(str(value)) if value not in (None, "") else None


class UnsealedKnownField(KnownField):
    """A moment of knowledge, of which nobody is told more than now: a seal is of a count alone."""

    def to_python(self, value: Any) -> Known | None:
        known = super().to_python(value)
        return replace(known, told=None, seal="") if known else None


class WholeNumberField(forms.Field):
    """A whole number between two bounds, both included."""

    def __init__(self, *, lowest: int, highest: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.lowest, self.highest = lowest, highest

    def to_python(self, value: Any) -> int | None:
        if value in (None, ""):
            return None
        text = str(value)
        if not (text.isascii() and text.isdigit() and len(text) < 10 and self.lowest <= int(text) <= self.highest):
            message = _("“%(value)s” is not a whole number from %(lowest)s to %(highest)s.")
            raise ValidationError(
                message % {"value": text[:80], "lowest": self.lowest, "highest": self.highest}, code="not_a_number"
            )
        return int(text)


class SearchText(str):
    """Words to search for, which say themselves whom they find: the same people wherever the query is asked."""

    __slots__ = ("search",)

    def __new__(cls, text: str) -> "SearchText":
        new = super().__new__(cls, text)
        new.search = Search(text)
        return new

    search: Search


class QueryTextField(forms.CharField):
    """Words to search for; each costs the database a search of its own."""

    def to_python(self, value: Any) -> SearchText:
        return SearchText(super().to_python(value) or "")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=200, **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value.split()) > WORDS_AT_MOST:
            raise ValidationError(_("Search for at most %(most)s words.") % {"most": WORDS_AT_MOST}, code="too_many_words")


Narrow = Callable[[Any, Day], Bounds]


class LedgerFilter(django_filters.Filter):
    """A filter on the ledger. `narrow(value, on)` gives the bounds; without it the parameter narrows nothing itself.

    `of_day` says that the bounds depend on the day asked.
    """

    def __init__(
        self,
        field: type[forms.Field],
        narrow: Narrow | None = None,
        *,
        many: bool = False,
        of_day: bool = False,
        **kwargs: Any,
    ) -> None:
        self.field_class = field
        self.narrow = narrow
        self.is_many = many
        self.is_of_day = of_day
        super().__init__(**kwargs)

    def filter(self, rows: QuerySet[Model], value: Any) -> QuerySet[Model]:
        """Rows that possibly meet the value; the set of filters asks `narrow` itself to know which certainly do."""
        if self.narrow is None or value in (None, "", [], {}):
            return rows
        return rows.filter(self.narrow(value, self.parent.day).possible)
