"""A series in one pass: each row counts from one of its points up to another, so only those two are looked for.

Points are numbered from 0. A row's span of points goes from `low` up to, not including, `high`: how many points end before it
begins, and how many begin by the time it ends. Rows are counted by their two numbers, and running sums over them are the
figures of all points. People arrested several times can have several spans that meet; theirs are joined before they are counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from typing import Any

from . import remembered
from .tally import PEOPLE, Figures, Matched, columns_read

Key = str | None

# Where a measure knows no custody that is no longer confirmed.
NOT_ASKED = "NULL::date"


@dataclass(frozen=True)
class Axis:
    """The first and the last days of the points, in order; for what is asked of a day both are that day."""

    firsts: Sequence[date]
    lasts: Sequence[date]


@dataclass(frozen=True)
class Span:
    """A row's days from `start` to `end`, both included and both SQL on the row `m`; none unless `condition` holds.

    It is in each point that ends at `start` or later and begins at `end` or earlier. `within` names a column of spans of days:
    the row then counts on those days alone.
    """

    start: str
    end: str
    condition: str = "true"
    within: str = ""

    @property
    def pair(self) -> str:
        """Both numbers in one, by the hull of `within`: its parts come later, for few rows have several."""
        start, end = self.start, self.end
        if self.within:
            start, end = f"greatest({start}, lower(m.{self.within}))", f"least({end}, upper(m.{self.within}) - 1)"
        pair = f"({_low(start)} * {PAIRED} + {_high(end)})"
        return f"CASE WHEN NOT isempty(m.{self.within}) THEN {pair} END" if self.within else pair

    @property
    def parts(self) -> tuple[str, str]:
        """Whether a row counts within several spans of days, and those."""
        if not self.within:
            return "false", "NULL::datemultirange"
        return f"m.{self.within} <> range_merge(m.{self.within})::datemultirange", f"m.{self.within}"

    def given(self, condition: str) -> "Span":
        """The same, where a condition holds too."""
        return replace(self, condition=f"{self.condition} AND {condition}")


@dataclass(frozen=True)
class Spans:
    """When a row is possibly in a series, and when certainly; from which day on (SQL) it is certainly so, but not confirmed."""

    possible: Span
    certain: Span
    unconfirmed_from: str = NOT_ASKED

    @property
    def _are_one(self) -> str:
        """Where nothing is uncertain, which is nearly everywhere, the second need not be looked for."""
        pairs = [(self.possible.start, self.certain.start), (self.possible.end, self.certain.end)]
        if self.possible.within:
            pairs.append((f"m.{self.possible.within}", f"m.{self.certain.within}"))
        return " AND ".join([self.certain.condition, *(f"{one} = {other}" for one, other in pairs)])

    @property
    def numbers(self) -> list[str]:
        """What is read of a row: each span as one number, or -1 for a second that is the first."""
        parts = [
            f"CASE WHEN {self._are_one} THEN NULL WHEN {several} THEN {column} END" for several, column in [self.certain.parts]
        ]
        is_told = f"{self.unconfirmed_from} < 'infinity'"
        return [
            f"CASE WHEN {self.possible.condition} THEN {self.possible.pair} END AS pair_0",
            f"CASE WHEN {self._are_one} THEN -1 WHEN {self.certain.condition} THEN {self.certain.pair} END AS pair_1",
            "CASE WHEN {} THEN {} END AS parts_0".format(*self.possible.parts),
            f"{parts[0]} AS parts_1",
            f"CASE WHEN {is_told} THEN {_low(self.unconfirmed_from)} END AS later",
        ]


def series(matched: Matched, spans: Spans, axis: Axis, groups: str = "") -> dict[Key, list[Figures]]:
    """The figures of each point, in one query; by the keys of `groups` (SQL as of a dimension), or of None without it."""
    sql, params = _sql(matched, spans, groups)
    found: dict[Key, list[tuple[int, ...]]] = {}
    points = len(axis.firsts)
    for key, at, *changes in remembered.rows(sql, [list(axis.firsts), list(axis.lasts), *params, points]):
        found.setdefault(key, [(0, 0, 0)] * points)[at] = tuple(changes)
    is_told = spans.unconfirmed_from != NOT_ASKED
    if not found and not groups:
        return {None: [Figures(0, 0)] * points}
    return {key: _figures(changes, is_told) for key, changes in found.items()}


def _figures(changes: Sequence[tuple[int, ...]], is_told: bool) -> list[Figures]:
    """The running sums; of a measure of which it isn't asked, nobody is unconfirmed."""
    at_most, at_least, not_confirmed = (accumulate(kind) for kind in zip(*changes, strict=True))
    return [Figures(least, most, no if is_told else 0) for least, most, no in zip(at_least, at_most, not_confirmed, strict=True)]


def _sql(matched: Matched, spans: Spans, groups: str) -> tuple[str, tuple[Any, ...]]:
    read = ", ".join(["g.key" if groups else "NULL::text AS key", *spans.numbers])
    rows, params = matched.sql(sorted(columns_read(f"{read} {groups}") | {"is_certain", "prisoner_id", "siblings"}))
    source = f"FROM ({rows}) AS m {f'CROSS JOIN LATERAL ({groups}) AS g (key, is_sure)' if groups else ''} WHERE true"
    if spans.possible.within:
        source += f" AND NOT isempty(m.{spans.possible.within})"
    alike = f"SELECT {read}, count(*) AS n {source}"
    tables, parts = [AXIS], [_ALIKE]
    if matched.unit == PEOPLE:
        # Apart: few, and with them the database thinks that no two rows are alike, and sorts them all.
        several = opened(f"SELECT m.prisoner_id AS person, {read} {source} AND m.siblings > 1")
        points = ", ".join(f"range_agg({points_sql(kind)}) AS points_{kind}" for kind in KINDS)
        tables.append(f"people AS (SELECT key, person, {points} FROM ({several}) AS row GROUP BY key, person)")
        parts.append(_OF_PEOPLE)
        alike += " AND m.siblings = 1"
        params *= 2
    tables.insert(1, f"ones AS ({opened(f'{alike} GROUP BY 1, 2, 3, 4, 5, 6')})")
    changes = ", ".join(f"coalesce(sum(more) FILTER (WHERE kind = {kind}), 0)::bigint" for kind in KINDS)
    sql = f"""WITH {", ".join(tables)}
              SELECT key, at, {changes} FROM ({" UNION ALL ".join(parts)}) AS part (key, kind, low, high, n)
              CROSS JOIN LATERAL (VALUES (low, n), (high, -n)) AS change (at, more)
              WHERE at < %s GROUP BY key, at"""
    return sql, params


# Possible, certain, and certain but not confirmed.
KINDS = (0, 1, 2)
# Two numbers of points in one: there are never as many points as this.
PAIRED = 4096
AXIS = "axis AS (SELECT %s::date[] AS firsts, %s::date[] AS lasts)"


def opened(rows: str) -> str:
    """Rows read by `Spans.numbers`, with `low`, `high` and `in_parts` of each kind."""
    return f"""
        SELECT row.*, pair_0 / {PAIRED} AS low_0, pair_0 % {PAIRED} AS high_0, parts_0 AS in_parts_0,
               certain / {PAIRED} AS low_1, certain % {PAIRED} AS high_1, in_parts AS in_parts_1,
               CASE WHEN later IS NOT NULL THEN greatest(certain / {PAIRED}, later) END AS low_2, certain % {PAIRED} AS high_2,
               in_parts AS in_parts_2
        FROM ({rows}) AS row CROSS JOIN LATERAL (
            SELECT CASE WHEN pair_1 = -1 THEN pair_0 ELSE pair_1 END AS certain,
                   CASE WHEN pair_1 = -1 THEN parts_0 ELSE parts_1 END AS in_parts
        ) AS second""".replace(f"% {PAIRED}", f"%% {PAIRED}")


def points_sql(kind: int) -> str:
    """The points of one row, as a multirange; NULL where there are none."""
    whole = f"int4multirange(int4range(low_{kind}, high_{kind}))"
    parts = (
        f"SELECT range_agg(int4range(low, high)) FROM (SELECT {_PART} FROM unnest(in_parts_{kind}) AS one) AS part (low, high)"
    )
    in_parts = f"{whole} * ({parts} WHERE low < high)"
    return f"CASE WHEN low_{kind} < high_{kind} THEN CASE WHEN in_parts_{kind} IS NULL THEN {whole} ELSE {in_parts} END END"


def _low(day: str) -> str:
    """How many points end before a day."""
    return f"width_bucket({day} - 1, (SELECT lasts FROM axis))"


def _high(day: str) -> str:
    """How many points begin by a day."""
    return f"width_bucket({day}, (SELECT firsts FROM axis))"


_PART = f"{_low('lower(one)')}, {_high('upper(one) - 1')}"
# The spans of rows that were counted together, and of each person, joined where they meet.
_ALIKE = f"""
    SELECT key, kind, greatest(s.low, part.low), least(s.high, part.high), n
    FROM ones CROSS JOIN LATERAL (
        VALUES {", ".join(f"({kind}, low_{kind}, high_{kind}, in_parts_{kind})" for kind in KINDS)}
    ) AS s (kind, low, high, in_parts)
    LEFT JOIN LATERAL (SELECT {_PART} FROM unnest(s.in_parts) AS one) AS part (low, high) ON true
    WHERE greatest(s.low, part.low) < least(s.high, part.high)"""
_OF_PEOPLE = f"""
    SELECT key, kind, lower(span), upper(span), 1
    FROM people CROSS JOIN LATERAL (VALUES {", ".join(f"({kind}, points_{kind})" for kind in KINDS)}) AS s (kind, points)
    CROSS JOIN LATERAL unnest(points) AS span"""
