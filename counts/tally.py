"""Counting rows of the ledger: totals, groups and facets, each in one pass over what matches.

People are counted without `count(DISTINCT)` wherever they have one arrest only, which is nearly everybody: it costs five
times a plain count.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q, Value

from . import remembered
from .bounds import Bounds
from .clock import Clock
from .dimensions import Dimension, Label, value_of, values_of
from .models import LedgerRow
from .querysets import LedgerQuerySet

if TYPE_CHECKING:
    from .durations import Durations
    from .series import Point

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
    (found,) = remembered.rows(f"SELECT {_counts(matched.unit)} FROM ({rows}) AS m", params)
    return Figures(*found)


def _counts(unit: str) -> str:
    return ", ".join(count_sql(unit, each) for each in ("m.is_certain", "true", "m.is_certain AND m.is_unconfirmed"))


def count_sql(unit: str, condition: str) -> str:
    if unit == ARRESTS:
        return f"count(*) FILTER (WHERE {condition})"
    return (
        f"count(*) FILTER (WHERE m.siblings = 1 AND ({condition}))"
        f" + count(DISTINCT m.prisoner_id) FILTER (WHERE m.siblings > 1 AND ({condition}))"
    )


def total_and_cells(matched: Matched, dimension: Dimension, days: Mapping[str, date | None], limit: int) -> tuple[Figures, Cells]:
    """How many, and how many of each of at most `limit` values, in one query; in one pass where everybody has one value."""
    groups = on_days(dimension.groups, days)
    if not dimension.is_single:
        return total(matched), cells_of_each({dimension.name: (matched, dimension)}, days, limit)[dimension.name]
    rows, params = matched.sql(sorted(ALWAYS_READ | columns_read(groups)))
    each = ", ".join(_people(column) for column in ("at_least", "at_most", "not_confirmed"))
    once = ", ".join(
        f"coalesce(sum({column}) FILTER (WHERE several IS NULL), 0)::bigint + count(DISTINCT several) FILTER (WHERE {column} > 0)"
        for column in ("at_least", "at_most", "not_confirmed")
    )
    sql = f"""WITH part AS ({_one_pass(f"({rows})", matched, groups)})
              SELECT true, NULL, {once} FROM part
              UNION ALL (SELECT false, key, {each} FROM part GROUP BY key LIMIT {int(limit)})"""
    found, all_of_them = {}, NOBODY
    for is_total, key, at_least, at_most, not_confirmed in remembered.rows(sql, params):
        if is_total:
            all_of_them = Figures(at_least, at_most, not_confirmed)
        else:
            found[key] = Figures(at_least, at_most)
    return all_of_them, dict(sorted(found.items(), key=lambda cell: (-cell[1].at_most, cell[0] is None, cell[0] or "")))


def _total_apart(unit: str, source: str) -> str:
    """The total of rows that are read already, people with several arrests apart; as a row of groups."""
    if unit == ARRESTS:
        return f"SELECT '', NULL, {_counts(unit)} FROM {source} AS m"
    conditions = ("is_certain", "true", "is_certain AND is_unconfirmed")
    one = ", ".join(f"count(*) FILTER (WHERE {each})" for each in conditions)
    several = ", ".join(f"count(DISTINCT prisoner_id) FILTER (WHERE {each})" for each in conditions)
    return f"""SELECT '', NULL, one.a + several.a, one.b + several.b, one.c + several.c
               FROM (SELECT {one} FROM {source} WHERE siblings = 1) AS one (a, b, c),
                    (SELECT {several} FROM {source} WHERE siblings > 1) AS several (a, b, c)"""


@dataclass(frozen=True)
class Group:
    """One group of a breakdown. `slug` is the value of the dimension's parameter that narrows to it.

    `only_counted` is how many of `figures` are in no list. `is_gone`: its value is a record of the past, which no address names.
    """

    slug: str
    label: str
    figures: Figures
    is_missing: bool = False
    only_counted: Figures = NOBODY
    is_gone: bool = False
    series: Sequence["Point"] = ()
    durations: "Durations" = field(default_factory=dict)


def cells(matched: Matched, dimension: Dimension, days: Mapping[str, date | None]) -> Cells:
    """The figures of a dimension's values, in one query."""
    return cells_of_each({dimension.name: (matched, dimension)}, days)[dimension.name]


def cells_of_each(
    wanted: Mapping[str, tuple[Matched, Dimension]], days: Mapping[str, date | None], limit: int | None = None
) -> dict[str, Cells]:
    """Several breakdowns in one query. Those of the same `Matched` share its rows."""
    return _found_of_each(wanted, days, limit, None)[1]


def total_and_groups(
    matched: Matched,
    wanted: Mapping[str, tuple[Matched, Dimension]],
    days: Mapping[str, date | None],
    limit: int | None = None,
) -> tuple[Figures, dict[str, list[Group]]]:
    """How many, and several breakdowns with their labels; the numbers in one query, which shares the rows."""
    all_of_them, found = _found_of_each(wanted, days, limit, matched)
    return all_of_them, {name: labelled(wanted[name][1], own) for name, own in found.items()}


def _found_of_each(
    wanted: Mapping[str, tuple[Matched, Dimension]], days: Mapping[str, date | None], limit: int | None, whole: Matched | None
) -> tuple[Figures, dict[str, Cells]]:
    """The figures of `whole`, if it is given, and of each breakdown."""
    each = [matched for matched, _ in wanted.values()] + ([whole] if whole else [])
    sources = {id(matched): (f"matched_{number}", matched) for number, matched in enumerate(each)}
    groups_of = {name: on_days(dimension.groups, days) for name, (_, dimension) in wanted.items()}
    columns = sorted(ALWAYS_READ | columns_read("".join(groups_of.values())))
    tables, params = zip(*(_table(name, matched, columns) for name, matched in sources.values()), strict=True)
    parts = list(_groups_of_all(wanted, sources, groups_of, limit))
    if whole:
        parts.append(_total_apart(whole.unit, sources[id(whole)][0]))
    all_of_them, found = NOBODY, {name: {} for name in wanted}  # type: tuple[Figures, dict[str, Cells]]
    sql = f"WITH {', '.join(tables)} {' UNION ALL '.join(parts)}"
    for name, key, at_least, at_most, not_confirmed in remembered.rows(sql, [one for own in params for one in own]):
        if name:
            found[name][key] = Figures(at_least, at_most)
        else:
            all_of_them = Figures(at_least, at_most, not_confirmed)
    return all_of_them, found


def _groups_of_all(
    wanted: Mapping[str, tuple[Matched, Dimension]],
    sources: Mapping[int, tuple[str, Matched]],
    groups_of: Mapping[str, str],
    limit: int | None,
) -> Iterator[str]:
    """The groups of every dimension; those of which each row has one value in one pass over their rows together."""
    together: dict[int, dict[str, str]] = {}
    for name, (matched, dimension) in wanted.items():
        if dimension.is_single:
            together.setdefault(id(matched), {})[name] = groups_of[name]
        else:
            yield groups_sql(name, *sources[id(matched)], groups_of[name], limit)
    for source, groups in together.items():
        yield _sets_sql(*sources[source], groups, limit)


def _sets_sql(source: str, matched: Matched, groups: Mapping[str, str], limit: int | None) -> str:
    """The groups of several dimensions that give each row one value, by grouping sets."""
    values = ", ".join(f"({value_of(each)}) AS key_{place}" for place, each in enumerate(groups.values()))
    keys = [f"key_{place}" for place in range(len(groups))]
    name = " ".join(f"WHEN grouping({key}) = 0 THEN '{name}'" for key, name in zip(keys, groups, strict=True))
    key = " ".join(f"WHEN grouping({key}) = 0 THEN {key}" for key in keys)
    rows = f"(SELECT m.siblings, m.prisoner_id, m.is_certain, true AS is_sure, {values} FROM {source} AS m) AS m"
    parts = _counted_apart(
        f"CASE {name} END AS name, CASE {key} END AS key", rows, f"GROUPING SETS ({', '.join(keys)})", matched.unit
    )
    cells = f"""SELECT name, key, sum(at_least)::bigint AS at_least, sum(at_most)::bigint AS at_most
                FROM ({parts}) AS part GROUP BY name, key"""
    within = f"WHERE place <= {int(limit)}" if limit else ""
    return f"""(SELECT name, key, at_least, at_most, 0::bigint
                FROM (SELECT *, row_number() OVER (PARTITION BY name ORDER BY at_most DESC, key) AS place FROM ({cells}) AS cell)
                     AS placed {within} ORDER BY name, place)"""


def _counted_apart(keys: str, rows: str, sets: str, unit: str) -> str:
    """Counts of rows by keys. People with several arrests apart, for only they must be sorted to be counted once."""
    is_least = "FILTER (WHERE is_certain AND is_sure)"
    each = f"SELECT {keys}, count(*) {is_least} AS at_least, count(*) AS at_most FROM {rows}"
    if unit == ARRESTS:
        return f"{each} GROUP BY {sets}"
    distinct = f"SELECT {keys}, count(DISTINCT prisoner_id) {is_least}, count(DISTINCT prisoner_id) FROM {rows}"
    return f"{each} WHERE siblings = 1 GROUP BY {sets} UNION ALL {distinct} WHERE siblings > 1 GROUP BY {sets}"


def _table(name: str, matched: Matched, columns: Sequence[str]) -> tuple[str, tuple[Any, ...]]:
    sql, params = matched.sql(columns)
    return f"{name} AS MATERIALIZED ({sql})", params


def columns_read(groups: str) -> set[str]:
    """The columns of a matched row that a dimension reads."""
    return set(re.findall(r"\bm\.(\w+)", groups))


def groups_sql(name: str, source: str, matched: Matched, groups: str, limit: int | None) -> str:
    """The groups of one dimension."""
    parts = _counted_apart("key", with_keys(source, groups), "key", matched.unit)
    order = "ORDER BY 4 DESC, 2" + (f" LIMIT {int(limit)}" if limit else "")
    return f"""(SELECT '{name}', key::text, sum(at_least)::bigint, sum(at_most)::bigint, 0::bigint
                FROM ({parts}) AS part GROUP BY key {order})"""


def with_keys(source: str, groups: str, columns: Sequence[str] = WHO) -> str:
    """The rows `m`, each with its `key`, or several times with each of its values, and whether it is surely that."""
    read = ", ".join(f"m.{column}" for column in columns)
    expanded = values_of(groups)
    if expanded:  # a set among the columns is read several times as fast as a join with it
        return f"(SELECT {read}, true AS is_sure, {expanded} AS key FROM {source} AS m) AS m"
    return f"(SELECT {read}, g.key, g.is_sure FROM {source} AS m CROSS JOIN LATERAL ({groups}) AS g (key, is_sure)) AS m"


def _one_pass(source: str, matched: Matched, groups: str) -> str:
    """The rows by value; within it those of people with several arrests by person, for they are to be counted once.

    So that nobody need be sorted: a distinct count sorts, and keeps the database from sharing the work among processors.
    """
    several = "prisoner_id" if matched.unit == PEOPLE else "NULL::bigint"
    return f"""SELECT key, CASE WHEN siblings > 1 THEN {several} END AS several,
                      count(*) FILTER (WHERE is_certain AND is_sure) AS at_least, count(*) AS at_most,
                      count(*) FILTER (WHERE is_certain AND is_unconfirmed) AS not_confirmed
               FROM {with_keys(source, groups, [*WHO, "is_unconfirmed"])} GROUP BY 1, 2"""


def _people(column: str) -> str:
    return f"sum(CASE WHEN several IS NULL THEN {column} ELSE least({column}, 1) END)::bigint"


def on_days(groups: str, days: Mapping[str, date | None]) -> str:
    """The groups with the days in the place of `:on`, `:first` and `:last`."""

    def written(found: re.Match[str]) -> str:
        day = days[found[1]]
        return "NULL::date" if day is None else f"'{day.isoformat()}'::date"

    return re.sub(r"(?<!:):(on|first|last)\b", written, groups)


def labelled(
    dimension: Dimension,
    found: Cells,
    only_counted: Cells | None = None,
    series: Mapping[str | None, Sequence["Point"]] | None = None,
    durations: Mapping[str | None, "Durations"] | None = None,
) -> list[Group]:
    """The groups with their labels: largest first, or in their own order; the missing values last.

    `only_counted` are the people beside those found who are in no list. `series` can have groups that nobody is in any more.
    """
    beside, each = only_counted or {}, series or {}
    figures = {key: found.get(key, NOBODY) + beside.get(key, NOBODY) for key in {**found, **beside, **each}}
    labels: dict[str | None, Label] = {None: dimension.missing}
    labels.update(dimension.labelled([key for key in figures if key is not None]))
    groups = [
        Group(
            labels[key].slug,
            labels[key].text,
            own,
            key is None,
            beside.get(key, NOBODY),
            labels[key].is_gone,
            each.get(key, ()),
            (durations or {}).get(key, {}),
        )
        for key, own in figures.items()
    ]
    if dimension.is_ordered:
        groups.sort(key=lambda group: group.slug)
    elif beside:
        groups.sort(key=lambda group: -group.figures.at_most)
    return sorted(groups, key=lambda group: group.is_missing)
