"""A series in one pass: each row counts from one of its points up to another, so only those two are looked for.

Points are numbered from 0. A row's span of points goes from `low` up to, not including, `high`: how many points end before it
begins, and how many begin by the time it ends. Rows are counted by their numbers, and running sums over them are the figures of
all points. Apart, because they are few: rows that count on several spans of days, and people whose arrests can share a point;
theirs are joined before they are counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from . import remembered
from .models import LedgerRow
from .points import CERTAIN_BITS, KINDS, Axis, opened, packed
from .tally import PEOPLE, Figures, Matched, columns_read, with_keys

Key = str | None

# Where a measure knows no custody that is no longer confirmed.
NOT_ASKED = "NULL::date"
# Rows to be counted are read apart from the counting of them. `OFFSET` keeps the database from looking at what the numbers are
# made of: it would expect nearly as many different ones as rows, sort them all, and use one processor.
BARRIER = "OFFSET '0'::bigint"


@dataclass(frozen=True)
class Span:
    """A row's days from `start` to `end`, both included and both SQL on the row `m`; none unless `condition` holds.

    It is in each point that ends at `start` or later and begins at `end` or earlier. `within` names a column of spans of days, of
    which those two are the hull: the row then counts on those days alone.
    """

    start: str
    end: str
    condition: str = "true"
    within: str = ""

    def given(self, condition: str) -> "Span":
        """The same, where a condition holds too."""
        return replace(self, condition=f"{self.condition} AND {condition}")

    def pair(self, axis: Axis) -> str:
        """Both numbers in one; 0, which is nowhere, unless the condition holds."""
        return f"CASE WHEN {self.condition} THEN {axis.low(self.start)}::bigint * 4096 + {axis.high(self.end)} ELSE 0 END"

    @property
    def parts(self) -> str:
        """The spans of days of a row that has several; else NULL."""
        return f"CASE WHEN m.recognised_again THEN m.{self.within} END" if self.within else "NULL::datemultirange"


@dataclass(frozen=True)
class Spans:
    """When a row is possibly in a series, and when certainly; from which day on (SQL) it is certainly so, but not confirmed.

    `can_meet` says whether two arrests of one person can share a point though their days are apart: where points are longer
    than a day, or a row stays once it has come. Else only people whose days can overlap are joined.
    """

    possible: Span
    certain: Span
    unconfirmed_from: str = NOT_ASKED
    can_meet: bool = True

    def numbers(self, axis: Axis) -> str:
        """All numbers of a row in one (`counts.points`). Where nothing is uncertain, which is nearly everywhere, half suffice."""
        are_one = f"{self.possible.start} = {self.certain.start} AND {self.possible.end} = {self.certain.end}"
        later = f"CASE WHEN {self.unconfirmed_from} < 'infinity' THEN {axis.low(self.unconfirmed_from)} END"
        return packed(
            self.possible.pair(axis),
            self.certain.pair(axis),
            f"{self.certain.condition} AND {are_one}",
            "NULL::bigint" if self.unconfirmed_from == NOT_ASKED else later,
        )

    def is_within(self, axis: Axis) -> str:
        """Whether a row is anywhere near the points."""
        return f"{self.possible.start} <= '{axis.lasts[-1]}' AND {self.possible.end} >= '{axis.firsts[0]}'"


def series(matched: Matched, spans: Spans, axis: Axis, groups: str = "") -> dict[Key, list[Figures]]:
    """The figures of each point, in one query; by the keys of `groups` (SQL as of a dimension), or of None without it."""
    sql, params = _sql(matched, spans, axis, groups)
    found: dict[Key, list[tuple[int, ...]]] = {}
    points = len(axis.firsts)
    for key, at, *changes in remembered.rows(sql, params):
        found.setdefault(key, [(0, 0, 0)] * points)[at] = tuple(changes)
    is_told = spans.unconfirmed_from != NOT_ASKED
    if not found and not groups:
        return {None: [Figures(0, 0)] * points}
    return {key: _figures(changes, is_told) for key, changes in found.items()}


def _figures(changes: Sequence[tuple[int, ...]], is_told: bool) -> list[Figures]:
    """The running sums; of a measure of which it isn't asked, nobody is unconfirmed."""
    at_most, at_least, not_confirmed = (accumulate(kind) for kind in zip(*changes, strict=True))
    return [Figures(least, most, no if is_told else 0) for least, most, no in zip(at_least, at_most, not_confirmed, strict=True)]


def _sql(matched: Matched, spans: Spans, axis: Axis, groups: str) -> tuple[str, tuple[Any, ...]]:
    together, params = _together(matched, spans, axis, groups)
    parts = [together]
    if is_apart := _is_apart(matched, spans):
        apart, more = _apart(matched, spans, axis, groups, is_apart)
        parts.append(apart)
        params += more
    changes = ", ".join(f"coalesce(sum(more) FILTER (WHERE kind = {kind}), 0)::bigint" for kind in KINDS)
    sql = f"""SELECT key, at, {changes} FROM ({" UNION ALL ".join(parts)}) AS part (key, kind, low, high, n)
              CROSS JOIN LATERAL (VALUES (low, n), (high, -n)) AS change (at, more)
              WHERE at < {len(axis.firsts)} GROUP BY key, at"""
    return sql, params


def _together(matched: Matched, spans: Spans, axis: Axis, groups: str) -> tuple[str, tuple[Any, ...]]:
    """The spans of rows that are counted by their numbers alone."""
    numbers, is_apart = spans.numbers(axis), _is_apart(matched, spans)
    where = f"{spans.is_within(axis)} AND NOT ({is_apart[0]})" if is_apart else spans.is_within(axis)
    carried = sorted(columns_read(groups))
    rows, params = matched.sql(sorted(columns_read(f"{numbers} {where} {groups}")))
    read = ", ".join([*(f"m.{column}" for column in carried), f"{numbers} AS numbers"])
    one = f"SELECT {read} FROM ({rows}) AS m WHERE {where} {BARRIER}"
    sure = f"CASE WHEN m.is_sure THEN m.numbers ELSE m.numbers & {CERTAIN_BITS} END"
    source = with_keys(f"({one})", groups, ["numbers"]) if groups else f"({one}) AS m"
    alike = f"""SELECT {"m.key::text, " + sure if groups else "NULL::text, m.numbers"}, count(*) FROM {source} GROUP BY 1, 2"""
    each = ", ".join(f"({kind}, low_{kind}, high_{kind})" for kind in KINDS)
    sql = f"""SELECT key, kind, s.low::integer, s.high::integer, n
              FROM ({opened(f"SELECT * FROM ({alike}) AS alike (key, numbers, n)")}) AS alike
              CROSS JOIN LATERAL (VALUES {each}) AS s (kind, low, high) WHERE s.low < s.high"""
    return sql, params + (is_apart[1] if is_apart else ())


def _apart(
    matched: Matched, spans: Spans, axis: Axis, groups: str, is_apart: tuple[str, tuple[Any, ...]]
) -> tuple[str, tuple[Any, ...]]:
    """The spans of the others, each person's (or arrest's) joined where they meet."""
    who, key = "m.prisoner_id" if matched.unit == PEOPLE else "m.arrest_id", "g.key::text" if groups else "NULL::text"
    read = f"{who} AS who, {key} AS key, {apart_numbers(spans, axis, is_grouped=bool(groups))}"
    where = f"{spans.is_within(axis)} AND ({is_apart[0]})"
    rows, params = matched.sql(sorted(columns_read(f"{read} {where} {groups}")))
    keys = f"CROSS JOIN LATERAL ({groups}) AS g (key, is_sure)" if groups else ""
    each = opened(f"SELECT {read} FROM ({rows}) AS m {keys} WHERE {where} {BARRIER}")
    # How far those go that begin no later: what is beyond is added to them.
    earlier = "PARTITION BY key, who, kind ORDER BY low, high ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"
    reach = f"coalesce(max(high) OVER ({earlier}), 0) AS reach"
    reached = f"SELECT key, kind, low, high, {reach} FROM ({_pieces(each, spans, axis)}) AS piece"
    sql = f"SELECT key, kind, greatest(low, reach), high, 1 FROM ({reached}) AS piece WHERE high > reach"
    return sql, params + is_apart[1]


def _pieces(rows: str, spans: Spans, axis: Axis) -> str:
    """Opened rows as spans of points of each kind; several where a row counts on several spans of days."""
    kinds = ", ".join(f"({kind}, low_{kind}, high_{kind}, parts_{min(kind, 1)})" for kind in KINDS)
    source = f"FROM ({rows}) AS row CROSS JOIN LATERAL (VALUES {kinds}) AS s (kind, low, high, parts)"
    if not spans.possible.within:
        return f"SELECT key, who, kind, low, high {source} WHERE low < high"
    low, high = "greatest(s.low, part.low)", "least(s.high, part.high)"
    parts = f"LEFT JOIN LATERAL ({axis.parts('s.parts')}) AS part (low, high) ON true"
    return f"SELECT key, who, kind, {low} AS low, {high} AS high {source} {parts} WHERE {low} < {high}"


def apart_numbers(spans: Spans, axis: Axis, *, is_grouped: bool = False) -> str:
    """What is read of a row that may count on several spans of days."""
    numbers = spans.numbers(axis)
    if is_grouped:
        numbers = f"CASE WHEN g.is_sure THEN {numbers} ELSE {numbers} & {CERTAIN_BITS} END"
    return f"{numbers} AS numbers, {spans.possible.parts} AS parts_0, {spans.certain.parts} AS parts_1"


def _is_apart(matched: Matched, spans: Spans) -> tuple[str, tuple[Any, ...]] | None:
    """Which rows can't be counted by their numbers alone (SQL), or None if all can."""
    conditions, params = [], ()  # type: tuple[list[str], tuple[Any, ...]]
    if spans.possible.within:
        conditions.append("m.recognised_again")
    if matched.unit == PEOPLE and spans.can_meet:
        conditions.append("m.siblings > 1")
    elif matched.unit == PEOPLE:
        people, params = _overlapping(matched)
        conditions.append(f"m.siblings > 1 AND m.prisoner_id IN ({people})")
    return (" OR ".join(conditions), params) if conditions else None


def _overlapping(matched: Matched) -> tuple[str, tuple[Any, ...]]:
    """People of whom it can be that two arrests overlap, for their days are uncertain."""
    several = LedgerRow.objects.known(matched.clock).filter(siblings__gt=1)
    rows, params = several.values("prisoner_id", "arrest_id", "possible_from", "possible_until").query.sql_with_params()
    # A join, for with a window of rows the database would use one processor alone.
    meet = "one.possible_from < other.possible_until AND other.possible_from < one.possible_until"
    joined = f"FROM ({rows}) AS one JOIN ({rows}) AS other USING (prisoner_id)"
    return f"SELECT prisoner_id {joined} WHERE one.arrest_id < other.arrest_id AND {meet}", params * 2
