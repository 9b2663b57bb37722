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

    def given(self, condition: str) -> "Span":
        """The same, where a condition holds too."""
        return replace(self, condition=f"{self.condition} AND {condition}")


@dataclass(frozen=True)
class Spans:
    """When a row is possibly in a series, when certainly, and when it is certainly so but not confirmed."""

    possible: Span
    certain: Span
    unconfirmed: Span | None = None

    @property
    def each(self) -> list[Span]:
        return [span for span in (self.possible, self.certain, self.unconfirmed) if span is not None]


def series(matched: Matched, spans: Spans, axis: Axis, groups: str = "") -> dict[Key, list[Figures]]:
    """The figures of each point, in one query; by the keys of `groups` (SQL as of a dimension), or of None without it."""
    sql, params = _sql(matched, spans, groups)
    found: dict[Key, list[tuple[int, ...]]] = {}
    points = len(axis.firsts)
    for key, at, *changes in remembered.rows(sql, [list(axis.firsts), list(axis.lasts), *params, points]):
        found.setdefault(key, [(0, 0, 0)] * points)[at] = tuple(changes)
    return {key: _figures(changes) for key, changes in found.items()} or ({} if groups else {None: [Figures(0, 0)] * points})


def _figures(changes: Sequence[tuple[int, ...]]) -> list[Figures]:
    at_most, at_least, not_confirmed = (accumulate(kind) for kind in zip(*changes, strict=True))
    return [Figures(least, most, no) for least, most, no in zip(at_least, at_most, not_confirmed, strict=True)]


def _sql(matched: Matched, spans: Spans, groups: str) -> tuple[str, tuple[Any, ...]]:
    read = ", ".join(["g.key" if groups else "NULL::text AS key", *ends(spans), *several(spans)])
    columns = columns_read(f"{read} {groups}") | {"is_certain", "prisoner_id", "siblings"}
    rows, params = matched.sql(sorted(columns))
    source = f"FROM ({rows}) AS m {f'CROSS JOIN LATERAL ({groups}) AS g (key, is_sure)' if groups else ''} WHERE true"
    if spans.possible.within:
        source += f" AND NOT isempty(m.{spans.possible.within})"
    tables, parts = [AXIS], [_alike(spans)]
    is_of_people = matched.unit == PEOPLE
    alike = ", ".join(str(place) for place in range(1, 2 + len(ends(spans)) + len(several(spans))))
    tables.append(
        f"ones AS (SELECT {read}, count(*) AS n {source} {'AND m.siblings = 1' if is_of_people else ''} GROUP BY {alike})"
    )
    if is_of_people:
        # Apart: few, and with them the database thinks that no two rows are alike, and sorts them all.
        tables.append(f"people AS ({_joined(spans, f'SELECT m.prisoner_id AS person, {read} {source} AND m.siblings > 1')})")
        kinds = ", ".join(f"({kind}, points_{kind})" for kind, _span in enumerate(spans.each))
        parts.append(
            f"""SELECT key, kind, lower(span), upper(span), 1
                FROM people CROSS JOIN LATERAL (VALUES {kinds}) AS s (kind, points) CROSS JOIN LATERAL unnest(points) AS span"""
        )
    changes = ", ".join(f"coalesce(sum(more) FILTER (WHERE kind = {kind}), 0)::bigint" for kind in range(3))
    sql = f"""WITH {", ".join(tables)}
              SELECT key, at, {changes} FROM ({" UNION ALL ".join(parts)}) AS part (key, kind, low, high, n)
              CROSS JOIN LATERAL (VALUES (low, n), (high, -n)) AS change (at, more)
              WHERE at < %s GROUP BY key, at"""
    return sql, params * (2 if is_of_people else 1)


AXIS = "axis AS (SELECT %s::date[] AS firsts, %s::date[] AS lasts)"


def _alike(spans: Spans) -> str:
    """The spans of rows that were counted together."""
    kinds = ", ".join(f"({kind}, low_{kind}, high_{kind}, {_parts(span)})" for kind, span in enumerate(spans.each))
    return f"""
        SELECT key, kind, greatest(s.low, part.low), least(s.high, part.high), n
        FROM ones CROSS JOIN LATERAL (VALUES {kinds}) AS s (kind, low, high, parts)
        LEFT JOIN LATERAL (SELECT {_PART} FROM unnest(s.parts) AS one) AS part (low, high) ON true
        WHERE greatest(s.low, part.low) < least(s.high, part.high)"""


def _joined(spans: Spans, rows: str) -> str:
    """The spans of each person, joined where they meet."""
    points = ", ".join(f"range_agg({points_sql(kind, span)}) AS points_{kind}" for kind, span in enumerate(spans.each))
    return f"SELECT key, person, {points} FROM ({rows}) AS row GROUP BY key, person"


def points_sql(kind: int, span: Span) -> str:
    """The points of one row, as a multirange; NULL where there are none."""
    whole = f"int4multirange(int4range(low_{kind}, high_{kind}))"
    if span.within:
        parts = (
            f"SELECT range_agg(int4range(low, high)) FROM (SELECT {_PART} FROM unnest({_parts(span)}) AS one) AS part (low, high)"
        )
        whole = f"CASE WHEN {_parts(span)} IS NULL THEN {whole} ELSE {whole} * ({parts} WHERE low < high) END"
    return f"CASE WHEN low_{kind} < high_{kind} THEN {whole} END"


def _parts(span: Span) -> str:
    return f"{span.within}_in_parts" if span.within else "NULL::datemultirange"


def several(spans: Spans) -> list[str]:
    """The spans of days within which rows count that have several; NULL of the others, which are nearly all."""
    columns = dict.fromkeys(span.within for span in spans.each if span.within)
    return [f"CASE WHEN m.{one} <> range_merge(m.{one})::datemultirange THEN m.{one} END AS {one}_in_parts" for one in columns]


def ends(spans: Spans) -> list[str]:
    """The numbers between which a row counts, of each kind of span."""
    return [f"{bound} AS {name}_{kind}" for kind, one in enumerate(spans.each) for name, bound in _ends(one)]


def _ends(span: Span) -> list[tuple[str, str]]:
    """The numbers between which a row counts, by the hull of `within`: its parts come later, for few rows have several."""
    start, end, condition = span.start, span.end, span.condition
    if span.within:
        start, end = f"greatest({start}, lower(m.{span.within}))", f"least({end}, upper(m.{span.within}) - 1)"
        condition = f"{condition} AND NOT isempty(m.{span.within})"
    low = _low(start) if condition == "true" else f"CASE WHEN {condition} THEN {_low(start)} END"
    return [("low", low), ("high", _high(end))]


def _low(day: str) -> str:
    """How many points end before a day."""
    return f"width_bucket({day} - 1, (SELECT lasts FROM axis))"


def _high(day: str) -> str:
    """How many points begin by a day."""
    return f"width_bucket({day}, (SELECT firsts FROM axis))"


_PART = f"{_low('lower(one)')}, {_high('upper(one) - 1')}"
