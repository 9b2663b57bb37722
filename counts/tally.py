"""Counting rows of the ledger: what is counted, of whom, and how many there are, in one pass over what matches.

People are counted without `count(DISTINCT)` wherever they have one arrest only, which is nearly everybody: it costs five
times a plain count.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q, Value

from . import remembered
from .bounds import Bounds
from .clock import Clock
from .models import LedgerRow
from .querysets import LedgerQuerySet

PEOPLE, ARRESTS = "people", "arrests"
# What any number is made of.
WHO = ("siblings", "prisoner_id", "is_certain")
ALWAYS_READ = {*WHO, "is_unconfirmed"}


@dataclass(frozen=True)
class Figures:
    """One number with its bounds; `not_confirmed` is how many of `at_least` are no longer confirmed."""

    at_least: int
    at_most: int
    not_confirmed: int = 0

    @property
    def is_certain(self) -> bool:
        return self.at_least == self.at_most

    @property
    def is_anybody(self) -> bool:
        return bool(self.at_least or self.at_most)

    def __add__(self, other: "Figures") -> "Figures":
        return self._combined(other, 1)

    def __sub__(self, other: "Figures") -> "Figures":
        return self._combined(other, -1)

    def _combined(self, other: "Figures", sign: int) -> "Figures":
        return Figures(
            self.at_least + sign * other.at_least,
            self.at_most + sign * other.at_most,
            self.not_confirmed + sign * other.not_confirmed,
        )


NOBODY = Figures(0, 0)


Cells = dict[str | None, Figures]
"""The figures of each value of a dimension; None for people without one."""


class Whom(Enum):
    """Of whom a number is: people of lists, people who are only counted, or both; or those of past lists who are in none now."""

    LISTED = "listed"
    ONLY_COUNTED = "only counted"
    EVERYBODY = "everybody"
    RECEDED = "receded"


@dataclass(frozen=True)
class Matched:
    """What is counted: rows within `bounds`, in people or arrests; `unconfirmed` says which are no longer confirmed.

    `flow` names the columns between which a row's date lies for a breakdown by year or month: when it began or ended.
    `whom` turns from the people of lists to those who are nothing but counted, or to everybody. `clock` says what was known
    when; without it, what is known now.
    """

    bounds: Bounds
    unit: str = PEOPLE
    unconfirmed: Q | None = None
    flow: tuple[str, str] = ("possible_from", "certain_from")
    whom: Whom = Whom.LISTED
    clock: Clock | None = None

    @property
    def rows(self) -> LedgerQuerySet:
        """The rows that the bounds are asked of."""
        known = LedgerRow.objects.known(self.clock)
        match self.whom:
            case Whom.LISTED:
                return known.listed(self.clock)
            case Whom.ONLY_COUNTED:
                return known.only_counted(self.clock)
            case Whom.RECEDED if self.clock is not None:
                return known.listed(self.clock).receded(self.clock.now)
        return known

    def sql(self, columns: Collection[str]) -> tuple[str, tuple[Any, ...]]:
        """The matching rows, with these columns of the ledger or of `_derived`."""
        derived = {name: column for name, column in self._derived().items() if name in columns}
        rows = self.rows.filter(self.bounds.possible)
        wanted = rows.values(*(name for name in columns if name not in derived), **derived)
        sql, params = wanted.query.sql_with_params()
        return sql, params

    def _derived(self) -> dict[str, Any]:
        return {
            "is_certain": flag(self.bounds.certain_of_possible),
            "is_unconfirmed": flag(self.unconfirmed) if self.unconfirmed else Value(False),
            "flow_from": F(self.flow[0]),
            "flow_until": F(self.flow[1]),
        }


def flag(condition: Q) -> Any:
    """A condition as a column."""
    return ExpressionWrapper(condition, output_field=BooleanField()) if condition else Value(True)


def total(matched: Matched) -> Figures:
    """How many, in one query."""
    rows, params = matched.sql(["siblings", "prisoner_id", "is_certain", "is_unconfirmed"])
    sql = f"SELECT {counts_sql(ARRESTS)} FROM ({rows}) AS m" if matched.unit == ARRESTS else _people_sql(rows)
    (found,) = remembered.rows(sql, params)
    return Figures(*found)


def _people_sql(rows: str) -> str:
    """How many people matching rows are of: those with several arrests are put together first.

    From version 16 on the database would sort all rows for a `count(DISTINCT)`, also for one of few of them.
    """
    names = ("at_least", "at_most", "not_confirmed")
    counted = ", ".join(
        f"count(*) FILTER (WHERE {condition}) AS {name}"
        for name, condition in zip(names, ("m.is_certain", "true", "m.is_certain AND m.is_unconfirmed"), strict=True)
    )
    each = ", ".join(f"coalesce(sum(CASE WHEN several IS NULL THEN {n} ELSE least({n}, 1) END), 0)::bigint" for n in names)
    return f"""SELECT {each} FROM (
                   SELECT CASE WHEN m.siblings > 1 THEN m.prisoner_id END AS several, {counted} FROM ({rows}) AS m GROUP BY 1
               ) AS part"""


def counts_sql(unit: str) -> str:
    """At least, at most and not confirmed, as columns over matching rows `m`."""
    return ", ".join(count_sql(unit, each) for each in ("m.is_certain", "true", "m.is_certain AND m.is_unconfirmed"))


def count_sql(unit: str, condition: str) -> str:
    """How many of the matching rows `m` meet a condition, as a column."""
    if unit == ARRESTS:
        return f"count(*) FILTER (WHERE {condition})"
    return (
        f"count(*) FILTER (WHERE m.siblings = 1 AND ({condition}))"
        f" + count(DISTINCT m.prisoner_id) FILTER (WHERE m.siblings > 1 AND ({condition}))"
    )


def columns_read(groups: str) -> set[str]:
    """The columns of a matched row that a dimension reads."""
    return set(re.findall(r"\bm\.(\w+)", groups))
