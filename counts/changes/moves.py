"""Comparing sets of people: who was in a number, who is, and how each of them stands. One query for all sets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from .. import bounds, remembered
from ..bounds import Bounds
from ..clock import Clock
from ..tally import PEOPLE, Matched, Whom
from .filters import ChangeFilters

NAMED_AT_MOST = 20
SETS = ("opening", "restated", "closing", "custody_first", "custody_restated", "custody_closing", "died")
SPANS = ("possible_from", "certain_from", "certain_until", "possible_until")


@dataclass(frozen=True)
class Move:
    """People who stand alike: in each set not (0), possibly (1) or certainly (2)."""

    number: int
    people: tuple[int, ...]
    states: Mapping[str, int]
    was_known: bool
    is_known: bool


@dataclass(frozen=True)
class Comparison:
    """What is compared: the number on one day as known first, on that day as known last, and on another day as known last."""

    filters: ChangeFilters
    first: Clock
    last: Clock
    opened_on: date
    closed_on: date

    def moves(self, whom: Whom) -> list[Move]:
        """Everybody who is in some set, by how they stand in all of them; one query."""
        sets = {name: self._set(name, whom) for name in SETS}
        tables = ", ".join(
            f"{name} AS (SELECT key, 1 + max(sure) AS state FROM ({sql}) AS r GROUP BY key)" for name, (sql, _) in sets.items()
        )
        joins = " ".join(f"LEFT JOIN {name} USING (key)" for name in SETS[3:])
        known = [self._known(at, whom) for at in (self.first, self.last)]
        states = ", ".join(f"coalesce({name}.state, 0)" for name in SETS)
        sql = f"""
            WITH {tables}, was AS ({known[0][0]}), now AS ({known[1][0]}), moved AS (
                SELECT key, ARRAY[{states}] AS states,
                       key IN (SELECT key FROM was) AS was_known, key IN (SELECT key FROM now) AS is_known
                FROM opening FULL JOIN restated USING (key) FULL JOIN closing USING (key) {joins}
            )
            SELECT count(*), (array_agg(key ORDER BY key))[1:{NAMED_AT_MOST}], states, was_known, is_known
            FROM moved GROUP BY states, was_known, is_known ORDER BY states"""
        params = [one for _, own in sets.values() for one in own] + [one for _, own in known for one in own]
        return [
            Move(number, tuple(people), dict(zip(SETS, states, strict=True)), was_known, is_known)
            for number, people, states, was_known, is_known in remembered.rows(sql, params)
        ]

    def redated(self, whom: Whom) -> int:
        """How many are in the number both times, but with other dates of custody."""
        opening, params = self._set("opening", whom)
        restated, more = self._set("restated", whom)
        sql = f"""
            SELECT count(DISTINCT was.key) FROM ({opening}) AS was JOIN ({restated}) AS now ON now.key = was.key
            JOIN counts_ledgerrow AS before ON before.arrest_id = was.arrest_id
                AND before.known_from <= %s AND before.known_until > %s AND before.known_until <= %s
            JOIN counts_ledgerrow AS after ON after.arrest_id = before.arrest_id
                AND after.known_from <= %s AND (after.known_until IS NULL OR after.known_until > %s)
            WHERE ({_of("before")}) IS DISTINCT FROM ({_of("after")})"""
        first, last = self.first.revision, self.last.revision
        ((number,),) = remembered.rows(sql, [*params, *more, first, first, last, last, last])
        return int(number)

    def _set(self, name: str, whom: Whom) -> tuple[str, tuple[Any, ...]]:
        at = self.first if name in ("opening", "custody_first") else self.last
        day = self.closed_on if name in ("closing", "custody_closing", "died") else self.opened_on
        narrow = self.filters.asked.narrow(self.filters.first if self.filters.asked.is_flow else None, day)
        if name == "died":
            within = bounds.died(day)
        elif name.startswith("custody"):
            within = narrow
        else:
            within = self.filters.on_day(day).narrowed() & narrow
        return self._keys(within, at, whom)

    def _known(self, at: Clock, whom: Whom) -> tuple[str, tuple[Any, ...]]:
        sql, params = self._keys(bounds.exactly(Q()), at, whom)
        return f"SELECT key FROM ({sql}) AS r", params

    def _keys(self, within: Bounds, at: Clock, whom: Whom) -> tuple[str, tuple[Any, ...]]:
        matched = Matched(within, clock=at, whom=whom)
        sql, params = matched.sql(["arrest_id", "prisoner_id", "is_certain"])
        key = "prisoner_id" if self.filters.one("unit", PEOPLE) == PEOPLE else "arrest_id"
        return f"SELECT {key} AS key, arrest_id, is_certain::int AS sure FROM ({sql}) AS m", params


def _of(table: str) -> str:
    return ", ".join(f"{table}.{span}" for span in SPANS)
