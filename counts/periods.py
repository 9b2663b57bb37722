"""The periods of a series: calendar months, quarters or years, of which the first and the last may be cut."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

# How many months each step takes.
STEPS = {"month": 1, "quarter": 3, "year": 12}
# A hundred years of months: more would be no series that anybody reads, and costs the database as many numbers a group.
POINTS_AT_MOST = 1200


@dataclass(frozen=True)
class Period:
    """One period: its name (`2024-01`, `2024-Q1`, `2024`), and its first and last day within what is asked."""

    name: str
    first: date
    last: date


def is_cut(step: str, first: date, last: date) -> tuple[bool, bool]:
    """Whether the period that lasts from the one day to the other lacks days at its beginning, and at its end."""
    [(begins, ends)] = _calendar(STEPS[step], first, last)
    return first > begins, last < ends


def periods(step: str, first: date, last: date) -> list[Period]:
    """Each period that has a day from `first` to `last`, in order; none where `first` is after `last`."""
    return [Period(_name(step, start), max(start, first), min(end, last)) for start, end in _calendar(STEPS[step], first, last)]


def how_many(step: str, first: date, last: date) -> int:
    """How many periods there are, without making them."""
    return _place(last) // STEPS[step] - _place(first) // STEPS[step] + 1


def _calendar(months: int, first: date, last: date) -> Iterator[tuple[date, date]]:
    """The first and the last day of each whole period."""
    for number in range(_place(first) // months, _place(last) // months + 1):
        year, month = divmod(number * months, 12)
        year_after, month_after = divmod((number + 1) * months, 12)
        end = date(year_after, month_after + 1, 1) - timedelta(days=1) if year_after <= date.max.year else date.max
        yield date(year, month + 1, 1), end


def _place(day: date) -> int:
    """The month of a day, counted through all years."""
    return day.year * 12 + day.month - 1


def _name(step: str, start: date) -> str:
    if step == "year":
        return f"{start.year:04}"
    if step == "quarter":
        return f"{start.year:04}-Q{(start.month + 2) // 3}"
    return f"{start.year:04}-{start.month:02}"
