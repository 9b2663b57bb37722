"""Where the axes have their labels."""

from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format

from .words import digits

_MONTHS = (1, 2, 3, 6)
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)


def of_values(highest: int, wanted: int = 5) -> list[int]:
    """Round numbers from 0 to `highest` or just above it, whole ones: nobody is half held."""
    step = next(
        step
        for power in range(20)
        for step in (10**power, 2 * 10**power, 5 * 10**power)
        if highest <= step * (wanted - 1) or power > 18
    )
    return list(range(0, max(step, -(-highest // step) * step) + 1, step))


def of_days(first: date, last: date, at_most: int) -> list[tuple[date, str]]:
    """Beginnings of months or years between two days, at most so many, with their names; none where none lies between."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((step for step in _MONTHS if months / step <= at_most), None)
    if step is not None and months <= 24:
        return [(day, digits(date_format(day, "M Y"))) for day in _months(first, last, step)]
    years = next(step for step in _YEARS if (last.year - first.year) / step + 1 <= max(at_most * 3 // 2, 2))  # which are shorter
    return [
        (day, digits(str(day.year)))
        for year in range(first.year, last.year + 1)
        if not year % years
        if (day := date(year, 1, 1)) >= first
    ]


def _months(first: date, last: date, step: int) -> Iterator[date]:
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        day = date(number // 12, number % 12 + 1, 1)
        if not (number % 12) % step and first <= day <= last:
            yield day


def day_label(day: date) -> str:
    """A month with its year, short."""
    return digits(date_format(day, "M Y"))
