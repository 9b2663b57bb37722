"""People who are only counted: each of them in a total, only fives of them in a breakdown (`counts.fives`)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Case, Min, OuterRef, Subquery, When

from . import fives, grouping, remembered, tally
from .clock import Clock
from .dimensions import Dimension
from .models import LedgerRow, VisibilityChange
from .tally import NOBODY, Cells, Figures, Matched, Whom

Days = Mapping[str, date | None]


def total(matched: Matched, listed: Figures) -> Figures:
    """How many of them match, where `listed` people of lists do; `matched` may hold no filter by what people are.

    Of the past as everybody less those: somebody with one arrest in lists and another in numbers alone is one person.
    """
    if _can_be_both(matched):
        return tally.total(replace(matched, whom=Whom.EVERYBODY)) - listed
    return tally.total(replace(matched, whom=Whom.ONLY_COUNTED))


def _can_be_both(matched: Matched) -> bool:
    """Whether somebody can be in lists by one arrest and only counted by another; else the index of the latter answers."""
    return matched.clock is not None and matched.clock.can_recede


def cells(matched: Matched, dimension: Dimension, days: Days) -> Cells:
    """How many of them show under each value of a dimension."""
    if dimension.is_told_by_totals and not _can_be_both(matched):
        return grouping.cells(replace(matched, whom=Whom.ONLY_COUNTED), dimension, days)
    if dimension.is_told_by_totals:
        everybody = grouping.cells(replace(matched, whom=Whom.EVERYBODY), dimension, days)
        listed = grouping.cells(matched, dimension, days)
        beside = {value: figures - listed.get(value, NOBODY) for value, figures in everybody.items()}
        return {value: figures for value, figures in beside.items() if figures.is_anybody}
    if not dimension.counts_fives:
        return {}
    found: dict[str | None, Figures] = {}
    # Whoever is told less of since stands apart: by them no five of the others can fill up, or fall apart.
    for people in _people(matched, dimension, days):
        certain = fives.cells([(values, is_certain) for values, _is_possible, is_certain in people])
        possible = fives.cells([(values, is_possible) for values, is_possible, _is_certain in people])
        for value, at_most in possible.items():
            found[value] = found.get(value, NOBODY) + Figures(certain.get(value, 0), at_most)
    return found


def of_values(matched: Matched, dimension: Dimension, days: Days, values: Sequence[str | None]) -> Figures:
    """How many of them show under any of these values.

    Where a person can have several values the sum of two would count some twice, and the true number would tell how many.
    """
    if len(values) > 1 and dimension.is_overlapping:
        return NOBODY
    found = cells(matched, dimension, days)
    return sum((found.get(value, NOBODY) for value in values), start=NOBODY)


Person = tuple[list[str | None], bool, bool]


def _people(matched: Matched, dimension: Dimension, days: Days) -> Iterable[list[Person]]:
    """Each with their values, and whether they possibly and certainly match; in the order in which they came to be counted.

    First those who were only counted then, after them those of whom less has been told since. Without those arrested several
    times, who could have several values of everything: they are in totals alone.
    """
    groups = grouping.on_days(dimension.groups, days)
    flags: dict[str, Any] = {
        "is_possible": tally.flag(matched.bounds.possible),
        "is_certain": tally.flag(matched.bounds.certain),
        "entered": entered(matched.clock),
    }
    rows = replace(matched, whom=Whom.ONLY_COUNTED).rows.filter(siblings=1)
    columns = sorted(tally.columns_read(groups) | {"visibility"})
    sql, params = rows.values("arrest_id", *columns, **flags).query.sql_with_params()
    values = f"SELECT array_agg(key) FROM ({groups}) AS g (key, is_sure)"
    found = remembered.rows(
        f"""SELECT m.visibility = 'counted', ({values}), is_possible, is_certain FROM ({sql}) AS m
                ORDER BY m.entered, m.arrest_id""",
        params,
    )
    for was_counted in (True, False):
        yield [person for is_of_them, *person in found if is_of_them == was_counted]


def entered(clock: Clock | None) -> Any:
    """The revision at which somebody came to be only counted: the first such row, or the last change up to `told`."""
    entered = LedgerRow.objects.only_counted().filter(arrest_id=OuterRef("arrest_id")).order_by().values("arrest_id")
    first = Subquery(entered.annotate(first=Min("known_from")).values("first"))
    if clock is None or not clock.can_recede:
        return first
    changes = VisibilityChange.objects.filter(
        arrest_id=OuterRef("arrest_id"), revision__gt=clock.revision, revision__lte=clock.told
    )
    receded = Subquery(changes.order_by("-revision").values("revision")[:1])
    return Case(When(visibility="counted", then=first), default=receded)
