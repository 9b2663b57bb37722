"""People who are only counted: each of them in a total, only fives of them in a breakdown (`counts.fives`)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Min, OuterRef, Subquery

from . import fives, tally
from .dimensions import Dimension
from .models import LedgerRow
from .tally import NOBODY, Cells, Figures, Matched

Days = Mapping[str, date | None]


def total(matched: Matched) -> Figures:
    """How many of them match, in one query; `matched` may hold no filter by what people are."""
    return tally.total(replace(matched, only_counted=True))


def cells(matched: Matched, dimension: Dimension, days: Days) -> Cells:
    """How many of them show under each value of a dimension, in one query."""
    if dimension.is_told_by_totals:
        return tally.cells(replace(matched, only_counted=True), dimension, days)
    if not dimension.counts_fives:
        return {}
    people = _people(matched, dimension, days)
    certain = fives.cells([(values, is_certain) for values, _is_possible, is_certain in people])
    possible = fives.cells([(values, is_possible) for values, is_possible, _is_certain in people])
    return {value: Figures(certain.get(value, 0), at_most) for value, at_most in possible.items()}


def of_values(matched: Matched, dimension: Dimension, days: Days, values: Sequence[str | None]) -> Figures:
    """How many of them show under any of these values.

    Where a person can have several values the sum of two would count some twice, and the true number would tell how many.
    """
    if len(values) > 1 and dimension.is_overlapping:
        return NOBODY
    found = cells(matched, dimension, days)
    return sum((found.get(value, NOBODY) for value in values), start=NOBODY)


def _people(matched: Matched, dimension: Dimension, days: Days) -> list[tuple[list[str | None], bool, bool]]:
    """Each with their values, and whether they possibly and certainly match; in the order in which they came to be counted.

    Without those arrested several times, who could have several values of everything: they are in totals alone.
    """
    groups = tally.on_days(dimension.groups, days)
    entered = LedgerRow.objects.only_counted().filter(arrest_id=OuterRef("arrest_id")).order_by().values("arrest_id")
    flags: dict[str, Any] = {
        "is_possible": tally.flag(matched.bounds.possible),
        "is_certain": tally.flag(matched.bounds.certain),
        "entered": Subquery(entered.annotate(first=Min("known_from")).values("first")),
    }
    rows = LedgerRow.objects.current().only_counted().filter(siblings=1)
    sql, params = rows.values("arrest_id", *sorted(tally.columns_read(groups)), **flags).query.sql_with_params()
    values = f"SELECT array_agg(key) FROM ({groups}) AS g (key, is_sure)"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ({values}), is_possible, is_certain FROM ({sql}) AS m ORDER BY m.entered, m.arrest_id", params)
        return cursor.fetchall()
