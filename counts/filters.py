"""The one set of filters of lists, facets, counts and exports. Strict: nothing is silently ignored."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from prisoners.models import Occupation, Organisation, TreatmentKind
from prisoners.models.person import Gender
from prisoners.places import validate_country, validate_region
from releases.models import Mechanism, Pardon, Wave

from . import bounds, nameable
from .bounds import Bounds, Day, exactly
from .dimensions import STATUSES
from .fields import (
    CheckedField,
    ChosenField,
    DayField,
    LedgerFilter,
    QueryTextField,
    RecordsField,
    SearchText,
    WholeNumberField,
)
from .models import LedgerRow
from .problems import InvalidQuery, Problem

THEN, EVER, ANY = "then", "ever", "any"
UNKNOWN, NONE = "unknown", "none"
# Parameters of which the first must not come after the second.
ORDERED = (
    ("arrested_from", "arrested_to"),
    ("released_from", "released_to"),
    ("died_from", "died_to"),
    ("age_min", "age_max"),
)


def any_of(each: Iterable[Bounds]) -> Bounds:
    """Any of these: values of one filter."""
    first, *others = each
    for other in others:
        first |= other
    return first


def _in_column(column: str, missing: str) -> Any:
    """Values of a text column, among them the word for no value."""
    return lambda values, _on: exactly(Q(**{f"{column}__in": ["" if value == missing else value for value in values]}))


def _in_array(column: str, missing: str) -> Any:
    def narrow(values: list[str], _on: Day) -> Bounds:
        some = Q(**{f"{column}__overlap": [value for value in values if value != missing]})
        return exactly(some | Q(**{column: []}) if missing in values else some)

    return narrow


def _by_id(column: str) -> Any:
    """Records by their key; the word for none has no key."""
    return lambda found, _on: any_of(exactly(Q(**{column: pk})) for pk in found.values())


def _articles(found: dict[str, int | None], _on: Day) -> Bounds:
    some = Q(articles__overlap=[pk for pk in found.values() if pk])
    return exactly(some | Q(articles=[]) if UNKNOWN in found else some)


def _facilities(found: dict[str, int | None], on: Day) -> Bounds:
    return any_of(bounds.at_facility(pk, on) if pk else bounds.at_no_known_facility(on) for pk in found.values())


def _status(values: list[str], on: Day) -> Bounds:
    rules = {"held": bounds.held, "unconfirmed": bounds.unconfirmed, "released": bounds.released, "died": bounds.died}
    return any_of(rules[value](on) for value in values)


def _found(text: SearchText, _on: Day) -> Bounds:
    """Named is whom the ledger says to be, so that nobody can be told of who was hidden since they were found."""
    return exactly(text.search.condition & Q(visibility="named"))


def _age(edge: str) -> Any:
    def narrow(years: int, on: Day) -> Bounds:
        return bounds.age_on(on, years, None) if edge == "min" else bounds.age_on(on, None, years)

    return narrow


class RecordFilters(django_filters.FilterSet):
    """What narrows any listing and any count. `today` is the day that is counted where the query names none."""

    q = LedgerFilter(QueryTextField, _found)
    status = LedgerFilter(ChosenField, _status, many=True, of_day=True, choices=lambda: STATUSES)
    on = LedgerFilter(DayField)
    recognised = LedgerFilter(RecordsField, records=nameable.organisations, besides=[THEN, EVER, ANY])
    country = LedgerFilter(CheckedField, _in_column("country", ""), many=True, check=validate_country)
    region = LedgerFilter(
        CheckedField,
        _in_column("region", UNKNOWN),
        many=True,
        check=lambda code: None if code == UNKNOWN else validate_region(code),
    )
    gender = LedgerFilter(ChosenField, _in_column("gender", ""), many=True, choices=lambda: Gender.values)
    age_min = LedgerFilter(WholeNumberField, _age("min"), of_day=True, lowest=0, highest=130)
    age_max = LedgerFilter(WholeNumberField, _age("max"), of_day=True, lowest=0, highest=130)
    occupation = LedgerFilter(
        RecordsField,
        _in_array("occupations", UNKNOWN),
        many=True,
        records=Occupation.objects.all,
        by="code",
        besides=[UNKNOWN],
    )
    article = LedgerFilter(RecordsField, _articles, many=True, records=nameable.statutes, besides=[UNKNOWN])
    context = LedgerFilter(RecordsField, _by_id("context_id"), many=True, records=nameable.contexts, besides=[UNKNOWN])
    case = LedgerFilter(RecordsField, _by_id("case_id"), many=True, records=nameable.cases, besides=[NONE])
    facility = LedgerFilter(RecordsField, _facilities, many=True, of_day=True, records=nameable.facilities, besides=[UNKNOWN])
    treatment = LedgerFilter(
        RecordsField, _in_array("treatments", NONE), many=True, records=TreatmentKind.objects.all, by="code", besides=[NONE]
    )
    mechanism = LedgerFilter(
        RecordsField, _in_column("mechanism", NONE), many=True, records=Mechanism.objects.all, by="code", besides=[NONE]
    )
    pardon = LedgerFilter(RecordsField, _by_id("pardon_id"), many=True, records=Pardon.objects.all)
    wave = LedgerFilter(RecordsField, _by_id("wave_id"), many=True, records=Wave.objects.all)
    arrested_from = LedgerFilter(DayField, lambda day, _on: bounds.begun_within(day, None))
    arrested_to = LedgerFilter(DayField, lambda day, _on: bounds.begun_within(None, day))
    released_from = LedgerFilter(DayField, lambda day, _on: bounds.released_within(day, None))
    released_to = LedgerFilter(DayField, lambda day, _on: bounds.released_within(None, day))
    died_from = LedgerFilter(DayField, lambda day, _on: bounds.died_within(day, None))
    died_to = LedgerFilter(DayField, lambda day, _on: bounds.died_within(None, day))

    default_recognition = ANY

    def __init__(self, data: QueryDict, *, today: date) -> None:
        self.today = today
        self.given = {name: values for name, values in _without_empty(data) if values}
        super().__init__(self._single_or_list(), queryset=LedgerRow.objects.current())
        self._refuse_problems()

    def _single_or_list(self) -> dict[str, Any]:
        lists = {name for name, one in self.base_filters.items() if issubclass(one.field_class, ChosenField)}
        return {name: values if name in lists else values[-1] for name, values in self.given.items()}

    def _refuse_problems(self) -> None:
        problems = [*self._unknown_names(), *self._repeated()]
        for name, errors in self.form.errors.as_data().items():
            problems += self._explain(name, errors)
        problems = problems or list(self.contradictions())
        if problems:
            raise InvalidQuery(problems)

    def _unknown_names(self) -> Iterable[Problem]:
        for name in self.given:
            if name not in self.base_filters:
                message = _("There is no parameter “%(name)s”.") % {"name": name[:80]}
                yield Problem(name[:80], ", ".join(self.given[name])[:80], message, sorted(self.base_filters))

    def _repeated(self) -> Iterable[Problem]:
        for name, values in self.given.items():
            if name in self.base_filters and len(values) > 1 and not self.base_filters[name].is_many:
                message = _("“%(name)s” is given more than once, but takes one value.") % {"name": name}
                yield Problem(name, ", ".join(values)[:80], message)

    def _explain(self, name: str, errors: list[ValidationError]) -> Iterable[Problem]:
        for error in errors:
            value = getattr(error, "bad_value", None) or ", ".join(self.given[name])
            yield Problem(name, value[:80], " ".join(error.messages), getattr(error, "valid", ()))

    def contradictions(self) -> Iterable[Problem]:
        """Values that are valid each, but not together."""
        for first, last in ORDERED:
            low, high = self.value(first), self.value(last)
            if low is not None and high is not None and low > high:
                message = _("“%(first)s” comes after “%(last)s”.") % {"first": first, "last": last}
                yield Problem(first, self.given[first][0], message)

    def value(self, name: str) -> Any:
        """The value read of a parameter; None when it was not given."""
        return self.form.cleaned_data.get(name) if name in self.given else None

    def keys_of(self, name: str) -> Iterable[str | None]:
        """The values given of a parameter, as the keys of its dimension; None for the word for no value."""
        value = self.value(name)
        if isinstance(value, dict):
            return [None if key is None else str(key) for key in value.values()]
        return [None if one in (UNKNOWN, NONE) and name != "gender" else one for one in value]

    @property
    def day(self) -> date:
        """The day on which status, age and recognition are asked."""
        return self.value("on") or self.today

    @property
    def recognition(self) -> str:
        """The basis of recognition: then, ever, any, or an organisation's slug."""
        return next(iter(self.value("recognised") or {}), self.default_recognition)

    def recogniser_name(self) -> str:
        """The name of the one organisation asked for; empty on another basis."""
        pk = (self.value("recognised") or {}).get(self.recognition)
        return Organisation.objects.get(pk=pk).name if pk else ""

    def recognised_on(self, on: Day) -> Bounds | None:
        """What the basis of recognition narrows to; None for any."""
        basis = self.recognition
        if basis == ANY:
            return None
        if basis == THEN:
            return bounds.recognised_by(on)
        if basis == EVER:
            return bounds.recognised_ever()
        return bounds.recognised_by_one(self.value("recognised")[basis], on)

    def narrowed(self, *, without: str = "", on: Day | None = None) -> Bounds:
        """All filters together, but for one (a facet counts its options without its own choice); asked of `on`, or of `day`."""
        together = self.selected(without=without, on=on)
        recognised = None if without == "recognised" else self.recognised_on(on or self.day)
        return together & recognised if recognised else together

    def selected(self, *, without: str = "", on: Day | None = None) -> Bounds:
        """All filters together but for the basis of recognition."""
        together = exactly(Q())
        for name, one in self.filters.items():
            value = self.value(name)
            if one.narrow is not None and name != without and value not in (None, "", [], {}):
                together &= one.narrow(value, on or self.day)
        return together

    def asks_of_day(self, *, without: str = "") -> bool:
        """Whether a filter given, or recognition by one organisation, has an answer of its own for each day."""
        of_day = any(one.is_of_day for name, one in self.filters.items() if name in self.given and name != without)
        return of_day or self.recognition not in (THEN, EVER, ANY)


def _without_empty(data: QueryDict) -> Iterable[tuple[str, list[str]]]:
    """A form without script sends its empty fields too; they ask nothing."""
    return ((name, [value.strip() for value in values if value.strip()]) for name, values in data.lists())
