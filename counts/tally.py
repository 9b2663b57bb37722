"""Counting rows of the ledger: totals, groups and facets, each in one pass over what matches.

People are counted without `count(DISTINCT)` wherever they have one arrest only, which is nearly everybody: it costs five
times a plain count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, F, Q, Value

from .bounds import Bounds
from .dimensions import Dimension
from .models import LedgerRow

PEOPLE, ARRESTS = "people", "arrests"


@dataclass(frozen=True)
class Figures:
    """One number with its bounds; `not_confirmed` is how many of `at_least` are no longer confirmed."""

    at_least: int
    at_most: int
    not_confirmed: int = 0

    @property
    def is_certain(self) -> bool:
        return self.at_least == self.at_most


@dataclass(frozen=True)
class Matched:
    """What is counted: rows within `bounds`, in people or arrests; `unconfirmed` says which are no longer confirmed.

    `flow` names the columns between which a row's date lies for a breakdown by year or month: when it began or ended.
    """

    bounds: Bounds
    unit: str = PEOPLE
    unconfirmed: Q | None = None
    flow: tuple[str, str] = ("possible_from", "certain_from")

    def sql(self) -> tuple[str, tuple[Any, ...]]:
        """The matching rows, with what grouping and counting need of them."""
        rows = (
            LedgerRow.objects.current()
            .filter(self.bounds.possible)
            .annotate(
                is_certain=flag(self.bounds.certain),
                is_unconfirmed=flag(self.unconfirmed) if self.unconfirmed else Value(False),
                flow_from=F(self.flow[0]),
                flow_until=F(self.flow[1]),
            )
        )
        sql, params = rows.query.sql_with_params()
        return sql, params


def flag(condition: Q) -> Any:
    """A condition as a column."""
    return ExpressionWrapper(condition, output_field=BooleanField()) if condition else Value(True)


def _count(unit: str, condition: str) -> str:
    if unit == ARRESTS:
        return f"count(*) FILTER (WHERE {condition})"
    return (
        f"count(*) FILTER (WHERE m.siblings = 1 AND ({condition}))"
        f" + count(DISTINCT m.prisoner_id) FILTER (WHERE m.siblings > 1 AND ({condition}))"
    )


def total(matched: Matched) -> Figures:
    """How many, in one query."""
    rows, params = matched.sql()
    counts = ", ".join(_count(matched.unit, c) for c in ("m.is_certain", "true", "m.is_certain AND m.is_unconfirmed"))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts} FROM ({rows}) AS m", params)
        return Figures(*cursor.fetchone())


@dataclass(frozen=True)
class Group:
    """One group of a breakdown. `slug` is the value of the dimension's parameter that narrows to it."""

    slug: str
    label: str
    figures: Figures
    is_missing: bool = False


def groups(matched: Matched, dimension: Dimension, days: Mapping[str, date | None], limit: int | None = None) -> list[Group]:
    """The groups of a dimension, largest first and the missing values last, in one query and one for the labels."""
    return group_each({dimension.name: (matched, dimension)}, days, limit)[dimension.name]


def group_each(
    wanted: Mapping[str, tuple[Matched, Dimension]], days: Mapping[str, date | None], limit: int | None = None
) -> dict[str, list[Group]]:
    """Several breakdowns, each of its own matching rows, in one query. `limit` bounds the groups of each."""
    parts: list[str] = []
    params: list[Any] = []
    for name, (matched, dimension) in wanted.items():
        sql, own = _groups_sql(name, matched, dimension, days, limit)
        parts.append(f"({sql})")
        params += own
    found: dict[str, list[tuple[Any, ...]]] = {name: [] for name in wanted}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        for name, *row in cursor.fetchall():
            found[name].append(tuple(row))
    return {name: _labelled(wanted[name][1], rows) for name, rows in found.items()}


def _groups_sql(
    name: str, matched: Matched, dimension: Dimension, days: Mapping[str, date | None], limit: int | None
) -> tuple[str, list[Any]]:
    rows, row_params = matched.sql()
    lateral, day_params = _with_days(dimension.groups, days)
    at_least = _count(matched.unit, "m.is_certain AND g.is_sure")
    at_most = _count(matched.unit, "true")
    order = "ORDER BY 4 DESC, 2" + (f" LIMIT {int(limit)}" if limit else "")
    sql = f"""SELECT %s, g.key, {at_least}, {at_most} FROM ({rows}) AS m
              CROSS JOIN LATERAL ({lateral}) AS g (key, is_sure) GROUP BY g.key {order}"""
    return sql, [name, *row_params, *day_params]


def _with_days(sql: str, days: Mapping[str, date | None]) -> tuple[str, list[date | None]]:
    """Put each `:on`, `:first`, `:last` in as a parameter, in the order in which they stand."""
    params: list[date | None] = []
    pieces = sql.replace("%", "%%").split(":")
    out = [pieces[0]]
    for piece in pieces[1:]:
        name = next((name for name in days if piece.startswith(name)), None)
        if name is None:
            out.append(f":{piece}")
        else:
            params.append(days[name])
            out.append(f"%s{piece.removeprefix(name)}")
    return "".join(out), params


def _labelled(dimension: Dimension, rows: Sequence[tuple[Any, ...]]) -> list[Group]:
    labels = dimension.labels([key for key, *_ in rows if key is not None])
    known = [
        Group(labels[key].slug, labels[key].text, Figures(at_least, at_most))
        for key, at_least, at_most in rows
        if key is not None
    ]
    missing = [
        Group(dimension.missing.slug, dimension.missing.text, Figures(at_least, at_most), is_missing=True)
        for key, at_least, at_most in rows
        if key is None
    ]
    if dimension.is_ordered:
        known.sort(key=lambda group: group.slug)
    return known + missing
