"""Conditions under uncertainty: what is certainly so, and what is possibly so.

Each function gives a pair of conditions on rows of the ledger. A row that meets the first counts in `at_least`, one that
meets the second in `at_most`; the first implies the second.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, DateField, Expression, F, Func, Q, Value

Day = date | Expression
"""A day, or an SQL expression of one: the day of each point of a series."""


@dataclass(frozen=True)
class Bounds:
    """The two conditions; `&` demands both of two pairs, `|` either."""

    certain: Q
    possible: Q

    def __and__(self, other: "Bounds") -> "Bounds":
        return Bounds(self.certain & other.certain, self.possible & other.possible)

    def __or__(self, other: "Bounds") -> "Bounds":
        return Bounds(self.certain | other.certain, self.possible | other.possible)

    @property
    def certain_of_possible(self) -> Q:
        """What a row that meets `possible` must meet besides to be certain; the database needn't ask again what both demand."""
        certain, possible = self.certain, self.possible
        if any(one.negated or one.connector != Q.AND for one in (certain, possible)):
            return certain
        return Q(*(condition for condition in certain.children if condition not in possible.children))


def exactly(condition: Q) -> Bounds:
    """A condition that knows no uncertainty."""
    return Bounds(condition, condition)


def held(on: Day) -> Bounds:
    """In custody on the day."""
    return Bounds(
        Q(certain_from__lte=on, certain_until__gt=on),
        Q(possible_from__lte=on, possible_until__gt=on),
    )


def begun_by(on: Day) -> Bounds:
    """Arrested by the day, whatever came after."""
    return Bounds(Q(certain_from__lte=on), Q(possible_from__lte=on))


def begun_within(first: Day | None, last: Day | None) -> Bounds:
    """Arrested from `first` to `last`, both included; None leaves that side open."""
    certain, possible = Q(), Q()
    if first is not None:
        certain, possible = certain & Q(possible_from__gte=first), possible & Q(certain_from__gte=first)
    if last is not None:
        certain, possible = certain & Q(certain_from__lte=last), possible & Q(possible_from__lte=last)
    return Bounds(certain, possible)


def ended_within(first: Day | None, last: Day | None) -> Bounds:
    """Custody ended from `first` to `last`, both included, deaths among them; None leaves that side open."""
    ended = ~Q(mechanism="")
    certain, possible = ended, ended
    if first is not None:
        certain, possible = certain & Q(certain_until__gte=first), possible & Q(possible_until__gte=first)
    if last is not None:
        certain, possible = certain & Q(possible_until__lte=last), possible & Q(certain_until__lte=last)
    return Bounds(certain, possible)


def released_within(first: Day | None, last: Day | None) -> Bounds:
    """Came out alive from `first` to `last`."""
    return ended_within(first, last) & Bounds(Q(is_death=False), Q(is_death=False) | Q(is_death=None))


def died_within(first: Day | None, last: Day | None) -> Bounds:
    """Custody ended with death from `first` to `last`."""
    return ended_within(first, last) & Bounds(Q(is_death=True), Q(is_death=True) | Q(is_death=None))


def unconfirmed(on: Day) -> Bounds:
    """Held, but custody not confirmed for a year, or the sentence should be over."""
    return held(on) & exactly(Q(unconfirmed_from__lte=on))


def died(on: Day) -> Bounds:
    """The arrest ended with death by the day."""
    return died_within(None, on)


def released(on: Day) -> Bounds:
    """Out of custody by the day, alive, and not arrested again by then."""
    return released_within(None, on) & Bounds(Q(next_possible_from__gt=on), Q(next_certain_from__gt=on))


def recognised_by(on: Day) -> Bounds:
    """Recognised by some organisation by the day, as was said at the time."""
    return Bounds(Q(recognised_certain__holds=on), Q(recognised_possible__holds=on))


def recognised_ever() -> Bounds:
    """Recognised by some organisation at any time, also after the release."""
    return exactly(~Q(recognisers=[]))


def recognised_by_one(organisation_id: int, on: Day) -> Bounds:
    """Recognised by that organisation by the day."""
    return Bounds(
        _member("recognisers", "recognisers_certain", organisation_id, on),
        _member("recognisers", "recognisers_possible", organisation_id, on),
    )


def at_facility(facility_id: int, on: Day) -> Bounds:
    """In the facility on the day, of those who can be held then; of the others, at any time of that arrest."""
    held_then = held(on).possible
    was_there = Q(facilities__contains=[facility_id])
    return Bounds(
        was_there & (~held_then | _member("facilities", "facilities_certain", facility_id, on)),
        was_there & (~held_then | _member("facilities", "facilities_possible", facility_id, on)),
    )


def at_no_known_facility(on: Day) -> Bounds:
    """At no facility on the day, of those who can be held then; of the others, at no time of that arrest."""
    held_then = held(on).possible
    is_somewhere = Q(HoldsDay(F("facilities_possible"), _as_expression(on)))
    return exactly((held_then & ~is_somewhere) | (~held_then & Q(facilities=[])))


def age_on(on: Day, youngest: int | None, oldest: int | None) -> Bounds:
    """Between the two ages, in whole years, on the day. People without a known birth are in neither bound."""
    certain, possible = Q(), Q()
    if youngest is not None:
        by = years_before(on, youngest)
        certain, possible = certain & Q(born_latest__lte=by), possible & Q(born_earliest__lte=by)
    if oldest is not None:
        after = years_before(on, oldest + 1)
        certain, possible = certain & Q(born_earliest__gt=after), possible & Q(born_latest__gt=after)
    return Bounds(certain, possible)


def years_before(day: Day, years: int) -> Day:
    """Who was born on this day or before has had `years` birthdays by `day`. Birthdays of 29 February are on 1 March."""
    if not isinstance(day, date):
        return YearsBefore(day, Value(years))
    if day.year <= years:
        return date.min
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


class YearsBefore(Func):
    """The same for an expression; the database too puts 29 February to the 28th in years that have none."""

    template = "(%(expressions)s)::date"
    arg_joiner = " - "
    output_field = DateField()

    def __init__(self, day: Expression, years: Value) -> None:
        super().__init__(day, Func(years, template="make_interval(years => %(expressions)s)"))


class HasSpan(Func):
    """Whether two parallel arrays, of ids and of spans, have an entry with this id and a span that holds the day."""

    output_field = BooleanField()

    def as_sql(self, compiler, connection, **extra):  # type: ignore[no-untyped-def, override]
        parts = [compiler.compile(part) for part in self.get_source_expressions()]
        ids, spans, pk, day = (sql for sql, params in parts)
        sql = f"EXISTS (SELECT 1 FROM unnest({ids}, {spans}) AS entry (id, span) WHERE id = {pk} AND span @> {day}::date)"
        return sql, [param for _, params in parts for param in params]


class HoldsDay(Func):
    """Whether one of an array's spans holds a day."""

    output_field = BooleanField()

    def as_sql(self, compiler, connection, **extra):  # type: ignore[no-untyped-def, override]
        (spans, span_params), (day, day_params) = (compiler.compile(part) for part in self.get_source_expressions())
        return f"EXISTS (SELECT 1 FROM unnest({spans}) AS span WHERE span @> {day}::date)", [*span_params, *day_params]


def _member(ids: str, spans: str, pk: int, on: Day) -> Q:
    """Whether one of the parallel entries has this id and a span that holds the day."""
    return Q(**{f"{ids}__contains": [pk]}) & Q(HasSpan(F(ids), F(spans), Value(pk), _as_expression(on)))


def _as_expression(day: Day) -> Any:
    return Value(day) if isinstance(day, date) else day
