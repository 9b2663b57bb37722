"""How long: time served and sentences of the arrests that a count matches, with what uncertain dates leave open.

Of arrests, not of people, and only of those of people shown by name: of all others the ledger knows no days and no sentence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from . import remembered
from .tally import Matched, columns_read

SERVED, SENTENCE = "served", "sentence"
FIGURES = (SERVED, SENTENCE)
# Measures of which it can be asked; of arrests begun in a period nothing has been served yet.
OF_MEASURES = ("held", "releases", "deaths", "ever")


@dataclass(frozen=True)
class Between:
    """A number with its bounds; None where nothing is known."""

    at_least: float | None
    at_most: float | None


@dataclass(frozen=True)
class Duration:
    """Time served (in days) or sentences (in months) of the arrests that certainly match.

    Known of `known` of these `arrests`; `left_out` of them are of people who aren't named. `endless` is how many sentences are
    for life or of death. The median of uncertain numbers lies between those of their bounds. At most, `total` takes in the
    arrests that possibly match.
    """

    name: str
    unit: str
    arrests: int
    known: int
    left_out: int
    endless: int
    median: Between
    total: Between


Durations = Mapping[str, Duration]


@dataclass(frozen=True)
class _Value:
    """What is measured of a row: its bounds, when they are known, and in what unit."""

    unit: str
    at_least: str
    at_most: str
    is_known: str
    is_endless: str = "false"


def durations(matched: Matched, names: Sequence[str], on: date, groups: str = "") -> dict[str | None, dict[str, Duration]]:
    """The figures named, by the keys of `groups` (SQL as of a dimension), or of None without it; one query for each.

    `on` is the day counted, or the last of the period: nobody has served longer than until then.
    """
    found: dict[str | None, dict[str, Duration]] = {}
    for name in names:
        value = _served(on) if name == SERVED else _SENTENCE
        for key, arrests, known, left_out, endless, *numbers in remembered.rows(*_measuring(matched, value, groups)):
            low, high, least, most = map(_whole, numbers)
            long = Duration(name, value.unit, arrests, known, left_out, endless, Between(low, high), Between(least, most))
            found.setdefault(key, {})[name] = long
    return found


def _whole(number: float | None) -> float | None:
    """A median of days can lie between two of them; else it's a whole number."""
    return int(number) if number is not None and number == int(number) else number


def _measuring(matched: Matched, value: _Value, groups: str) -> tuple[str, tuple[Any, ...]]:
    is_named = "m.visibility = 'named'"
    read = f"""{"g.key" if groups else "NULL::text"} AS key, m.is_certain AND {"g.is_sure" if groups else "true"} AS is_certain,
        {is_named} AS is_named, {is_named} AND {value.is_endless} AS is_endless, {is_named} AND {value.is_known} AS is_known,
        CASE WHEN {value.is_known} THEN {value.at_least} END AS at_least,
        CASE WHEN {value.is_known} THEN {value.at_most} END AS at_most"""
    rows, params = matched.sql(sorted(columns_read(f"{read} {groups}")))
    source = f"({rows}) AS m {f'CROSS JOIN LATERAL ({groups}) AS g (key, is_sure)' if groups else ''}"
    counted = "WHERE is_certain AND is_known"
    sql = f"""
    SELECT key, count(*) FILTER (WHERE is_certain), count(*) FILTER ({counted}),
           count(*) FILTER (WHERE is_certain AND NOT is_named), count(*) FILTER (WHERE is_certain AND is_endless),
           percentile_cont(0.5) WITHIN GROUP (ORDER BY at_least) FILTER ({counted}),
           percentile_cont(0.5) WITHIN GROUP (ORDER BY at_most) FILTER ({counted}),
           sum(at_least) FILTER ({counted}), sum(at_most) FILTER (WHERE is_known)
    FROM (SELECT {read} FROM {source}) AS row GROUP BY key"""
    return sql, params


def _served(on: date) -> _Value:
    """Days in custody until it ended, or until the day counted. An unknown beginning leaves them unknown."""
    day = f"'{on.isoformat()}'::date"
    return _Value(
        unit="days",
        at_least=f"greatest(least(m.certain_until, {day}) - m.certain_from, 0)",
        at_most=f"greatest(least(m.possible_until, {day}) - m.possible_from, 0)",
        is_known="isfinite(m.possible_from) AND isfinite(m.certain_from)",
    )


# Restrictions of liberty, fines and suspended sentences are no time in prison; one whose kind isn't known is taken for it.
_SENTENCE = _Value(
    unit="months",
    at_least="m.sentence_months",
    at_most="m.sentence_months",
    is_known="m.sentence_kind IN ('imprisonment', 'unknown') AND m.sentence_months IS NOT NULL",
    is_endless="m.sentence_kind IN ('life', 'death')",
)
