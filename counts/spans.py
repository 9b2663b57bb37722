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

from django.db import connection

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
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(axis.firsts), list(axis.lasts), *params, points])
        for key, at, *changes in cursor.fetchall():
            found.setdefault(key, [(0, 0, 0)] * points)[at] = tuple(changes)
    return {key: _figures(changes) for key, changes in found.items()} or ({} if groups else {None: [Figures(0, 0)] * points})


def _figures(changes: Sequence[tuple[int, ...]]) -> list[Figures]:
    at_most, at_least, not_confirmed = (accumulate(kind) for kind in zip(*changes, strict=True))
    return [Figures(least, most, no) for least, most, no in zip(at_least, at_most, not_confirmed, strict=True)]


def _sql(matched: Matched, spans: Spans, groups: str) -> tuple[str, tuple[Any, ...]]:
    person = "CASE WHEN m.siblings > 1 THEN m.prisoner_id END" if matched.unit == PEOPLE else "NULL::bigint"
    bounds = [f"{bound} AS {name}_{kind}" for kind, one in enumerate(spans.each) for name, bound in _ends(one)]
    parts = {one.within: f"in_parts_{kind}" for kind, one in enumerate(spans.each) if one.within}
    several = [f"{_several(column)} AS {name}" for column, name in parts.items()]
    kinds = ", ".join(
        f"({kind}, low_{kind}, high_{kind}, {parts[one.within] if one.within else 'NULL::datemultirange'})"
        for kind, one in enumerate(spans.each)
    )
    keys = ["g.key" if groups else "NULL::text", person, *bounds, *several]
    columns = columns_read(" ".join([*keys, groups])) | {"is_certain"}
    rows, params = matched.sql(sorted(columns))
    sql = f"""
    WITH axis AS (SELECT %s::date[] AS firsts, %s::date[] AS lasts),
    counted AS (
        SELECT {keys[0]} AS key, {keys[1]} AS person, {", ".join([*bounds, *several])}, count(*) AS n
        FROM ({rows}) AS m {f"CROSS JOIN LATERAL ({groups}) AS g (key, is_sure)" if groups else ""}
        GROUP BY {", ".join(str(place) for place in range(1, len(keys) + 1))}
    ), each AS (
        SELECT key, person, n, kind, greatest(s.low, part.low) AS low, least(s.high, part.high) AS high
        FROM counted CROSS JOIN LATERAL (VALUES {kinds}) AS s (kind, low, high, parts)
        LEFT JOIN LATERAL (
            SELECT {_low("lower(one)")} AS low, {_high("upper(one) - 1")} AS high FROM unnest(s.parts) AS one
        ) AS part ON true
        WHERE s.low < s.high
    ), joined AS (
        SELECT key, kind, low, high, n FROM each WHERE person IS NULL AND low < high
        UNION ALL
        SELECT key, kind, lower(span), upper(span), 1
        FROM (SELECT key, kind, person, range_agg(int4range(low, high)) AS points FROM each
              WHERE person IS NOT NULL AND low < high GROUP BY key, kind, person) AS of_person
        CROSS JOIN LATERAL unnest(points) AS span
    )
    SELECT key, at, {", ".join(f"coalesce(sum(more) FILTER (WHERE kind = {kind}), 0)::bigint" for kind in range(3))}
    FROM joined CROSS JOIN LATERAL (VALUES (low, n), (high, -n)) AS change (at, more)
    WHERE at < %s GROUP BY key, at
    """
    return sql, params


def _ends(span: Span) -> list[tuple[str, str]]:
    """The numbers between which a row counts, by the hull of `within`: its parts come later, for few rows have several."""
    start, end, condition = span.start, span.end, span.condition
    if span.within:
        start, end = f"greatest({start}, lower(m.{span.within}))", f"least({end}, upper(m.{span.within}) - 1)"
        condition = f"{condition} AND NOT isempty(m.{span.within})"
    low = _low(start) if condition == "true" else f"CASE WHEN {condition} THEN {_low(start)} END"
    return [("low", low), ("high", _high(end))]


def _several(column: str) -> str:
    """The spans of days of a row that has several; NULL of the others."""
    return f"CASE WHEN m.{column} <> range_merge(m.{column})::datemultirange THEN m.{column} END"


def _low(day: str) -> str:
    """How many points end before a day."""
    return f"width_bucket({day} - 1, (SELECT lasts FROM axis))"


def _high(day: str) -> str:
    """How many points begin by a day."""
    return f"width_bucket({day}, (SELECT firsts FROM axis))"
