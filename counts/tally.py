"""Counting rows of the ledger: totals, groups and facets, each in one pass over what matches.

People are counted without `count(DISTINCT)` wherever they have one arrest only, which is nearly everybody: it costs five
times a plain count.
"""

import re
from collections.abc import Collection, Mapping, Sequence
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

    def sql(self, columns: Collection[str]) -> tuple[str, tuple[Any, ...]]:
        """The matching rows, with these columns of the ledger or of `_derived`."""
        derived = {name: column for name, column in self._derived().items() if name in columns}
        rows = LedgerRow.objects.current().filter(self.bounds.possible)
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
    counts = ", ".join(_count(matched.unit, c) for c in ("m.is_certain", "true", "m.is_certain AND m.is_unconfirmed"))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts} FROM ({rows}) AS m", params)
        return Figures(*cursor.fetchone())


def _count(unit: str, condition: str) -> str:
    if unit == ARRESTS:
        return f"count(*) FILTER (WHERE {condition})"
    return (
        f"count(*) FILTER (WHERE m.siblings = 1 AND ({condition}))"
        f" + count(DISTINCT m.prisoner_id) FILTER (WHERE m.siblings > 1 AND ({condition}))"
    )


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
    """Several breakdowns in one query. Those of the same `Matched` share its rows. `limit` bounds the groups of each."""
    sources = {id(matched): (f"matched_{number}", matched) for number, (matched, _) in enumerate(wanted.values())}
    groups_of = {name: _on_days(dimension.groups, days) for name, (_, dimension) in wanted.items()}
    columns = sorted({"siblings", "prisoner_id", "is_certain", *_columns("".join(groups_of.values()))})
    tables, params = zip(*(_table(name, matched, columns) for name, matched in sources.values()), strict=True)
    parts = [_groups_sql(name, *sources[id(wanted[name][0])], groups, limit) for name, groups in groups_of.items()]
    found: dict[str, list[tuple[Any, ...]]] = {name: [] for name in wanted}
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(tables)} {' UNION ALL '.join(parts)}", [one for own in params for one in own])
        for name, *row in cursor.fetchall():
            found[name].append(tuple(row))
    return {name: _labelled(wanted[name][1], rows) for name, rows in found.items()}


def _table(name: str, matched: Matched, columns: Sequence[str]) -> tuple[str, tuple[Any, ...]]:
    sql, params = matched.sql(columns)
    return f"{name} AS MATERIALIZED ({sql})", params


def _columns(groups: str) -> set[str]:
    """The columns of a matched row that a dimension reads."""
    return set(re.findall(r"\bm\.(\w+)", groups))


def _groups_sql(name: str, source: str, matched: Matched, groups: str, limit: int | None) -> str:
    """The groups of one dimension. People with several arrests are counted apart, so that the others needn't be sorted."""
    rows = f"FROM {source} AS m CROSS JOIN LATERAL ({groups}) AS g (key, is_sure)"
    is_least = "FILTER (WHERE m.is_certain AND g.is_sure)"
    counted = f"SELECT g.key, count(*) {is_least} AS at_least, count(*) AS at_most {rows}"
    if matched.unit == PEOPLE:
        distinct = f"SELECT g.key, count(DISTINCT m.prisoner_id) {is_least}, count(DISTINCT m.prisoner_id) {rows}"
        each = f"{counted} WHERE m.siblings = 1 GROUP BY g.key UNION ALL {distinct} WHERE m.siblings > 1 GROUP BY g.key"
    else:
        each = f"{counted} GROUP BY g.key"
    order = "ORDER BY 4 DESC, 2" + (f" LIMIT {int(limit)}" if limit else "")
    return f"""(SELECT '{name}', key, sum(at_least)::bigint, sum(at_most)::bigint
                FROM ({each}) AS part GROUP BY key {order})"""


def _on_days(groups: str, days: Mapping[str, date | None]) -> str:
    """The groups with the days in the place of `:on`, `:first` and `:last`."""

    def written(found: re.Match[str]) -> str:
        day = days[found[1]]
        return "NULL::date" if day is None else f"'{day.isoformat()}'::date"

    return re.sub(r"(?<!:):(on|first|last)\b", written, groups)


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
