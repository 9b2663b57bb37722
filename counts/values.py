"""The values of filters in words: “Minsk” for `BY-HM`, the name of a place for its slug."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from prisoners.models import Occupation, TreatmentKind
from prisoners.models.person import Gender
from prisoners.places import country_name, region_name
from releases.models import Mechanism, Pardon, Wave

from . import nameable
from .answers import Answer
from .dimensions import DIMENSIONS, STATUSES
from .fields import DayField
from .filters import NONE, UNKNOWN, RecordFilters
from .listing import parameter_title

# Records by the field that addresses name them by; those alone that a reader may hear of.
RECORDS: dict[str, tuple[Callable[[], QuerySet[Any]], str]] = {
    "occupation": (Occupation.objects.all, "code"),
    "article": (nameable.statutes, "slug"),
    "context": (nameable.contexts, "slug"),
    "case": (nameable.cases, "slug"),
    "facility": (nameable.facilities, "slug"),
    "treatment": (TreatmentKind.objects.all, "code"),
    "mechanism": (Mechanism.objects.all, "code"),
    "pardon": (Pardon.objects.all, "slug"),
    "wave": (Wave.objects.all, "slug"),
}
# A longer choice is cut in a sentence; the address has it whole.
SAID_AT_MOST = 8


def labels(name: str, values: Iterable[str]) -> dict[str, str]:
    """What each value of a filter is called; a value that is no such thing stays as it was written. One query at most."""
    given = list(values)
    dimension = DIMENSIONS.get(name)
    missing = {word: str(dimension.missing.text) for word in (UNKNOWN, NONE) if dimension} if name != "gender" else {}
    asked = [value for value in given if value not in missing]
    found = _records(name, asked) if name in RECORDS else {value: _plain(name, value) for value in asked}
    return {value: missing.get(value) or found.get(value) or value for value in given}


def selected(asked: Answer) -> list[tuple[str, list[str]]]:
    """Whom a count is of, in words: the title of each filter and its values, in the order asked.

    Records of a sealed question are those that were called so then, so they keep the name that its address gives them.
    """
    is_as_now = asked.clock.told == asked.clock.newest
    return [
        (str(parameter_title(name)), list(labels(name, values).values()) if is_as_now or name not in RECORDS else values)
        for name, values in asked.filters.items()
    ]


def selection_words(asked: Answer) -> str:
    """The same as one phrase: “Gender: female; Region: Minsk or Brest region”; empty where nothing narrows the count."""
    between = pgettext("between two filters", "; ")
    return between.join(_("%(title)s: %(values)s") % {"title": title, "values": _any_of(of)} for title, of in selected(asked))


def _any_of(values: Sequence[str]) -> str:
    said = list(values[:SAID_AT_MOST])
    if len(values) > SAID_AT_MOST:
        said.append(_("one of %(number)s more") % {"number": len(values) - SAID_AT_MOST})
    return pgettext("between two values of a filter", " or ").join(said)


def _records(name: str, asked: list[str]) -> dict[str, str]:
    """A database can't even be asked for some signs."""
    records, by = RECORDS[name]
    writable = [value for value in asked if value.isprintable()]
    return {getattr(one, by): str(one) for one in records().filter(**{f"{by}__in": writable})} if writable else {}


def _plain(name: str, value: str) -> str:
    match name:
        case "gender":
            return str(dict(Gender.choices).get(value, ""))
        case "region":
            return region_name(value) or ""
        case "country":
            return country_name(value) or ""
        case "status":
            return str(STATUSES.get(value, ""))
    one = RecordFilters.base_filters.get(name)
    if one is not None and one.field_class is DayField:
        return _day(value)
    return value


def _day(value: str) -> str:
    try:
        day = DayField().to_python(value)
    except ValidationError:
        return value
    return date_format(day, "j F Y") if day else value
