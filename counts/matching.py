"""What the parameters of a count match, and which records readers may hear of."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import BigIntegerField, F, Func

from . import bounds
from .asking import CountFilters
from .clock import Clock
from .dimensions import Dimension
from .models import LedgerRow
from .tally import PEOPLE, Matched

# Dimensions whose values are records of which readers may hear only beside somebody who has a page, with their columns.
NAMED_RECORDS = {"article": "articles", "context": "context_id", "case": "case_id"}


def matched(filters: CountFilters, clock: Clock | None, *, without: str = "") -> Matched:
    """What is counted; `without` one filter."""
    measure, on, first = filters.asked, filters.day, filters.first
    return Matched(
        filters.narrowed(without=without) & measure.narrow(first, on),
        unit=filters.one("unit", PEOPLE),
        unconfirmed=bounds.unconfirmed(on).certain if measure.name == "held" else None,
        flow=measure.flow,
        clock=clock,
    )


def told_keys(by: Dimension, keys: Collection[str | None], found: Collection[str | None], clock: Clock) -> Collection[str | None]:
    """The values of a breakdown that may be told, where `found` are those of people who have a page."""
    if by.name not in NAMED_RECORDS or set(keys) <= set(found):
        return keys
    told = {None, *_told_of(NAMED_RECORDS[by.name], [int(key) for key in keys if key is not None], clock)}
    return [key for key in keys if key in told]


def _told_of(column: str, keys: list[int], clock: Clock) -> Iterable[str]:
    """The records among these to which some arrest leads of somebody who has, or had, a page."""
    listed = LedgerRow.objects.known(clock.telling).listed()
    is_array = column == "articles"
    found = listed.filter(**{f"{column}__overlap" if is_array else f"{column}__in": keys}).order_by()
    value: Any = Func(F(column), function="unnest", output_field=BigIntegerField()) if is_array else F(column)
    return map(str, found.annotate(value=value).values_list("value", flat=True).distinct())
