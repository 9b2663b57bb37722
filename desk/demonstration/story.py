"""The plan of the reference story: how many people, when, and the totals that the finished records must show.

Every number is meant for DEFAULT_PEOPLE people; another population is shaped alike, in proportion.
"""

import datetime
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

DEFAULT_SEED = 2020
DEFAULT_PEOPLE = 4500
DEFAULT_UNTIL = date(2026, 10, 31)

FIRST_DAY = date(2020, 8, 9)
WAR_BEGAN = date(2022, 2, 24)
KEY_DAY = date(2024, 1, 15)
HELD_ON_KEY_DAY = 1430
PERHAPS_HELD_ON_KEY_DAY = 7  # held or recognised by then, or not: between the certain and the possible number

# People whose cases readers don't see: still at the desk, or kept from view.
UNPUBLISHED = {
    ("draft", "named"): 40,
    ("in_review", "named"): 16,
    ("withdrawn", "named"): 12,
    ("published", "internal"): 6,
    ("published", "initials"): 10,
    ("published", "counted"): 8,
}
RE_ARRESTS_PER_PERSON = 0.05
RE_ARRESTED_AFTER_PARDON = (date(2023, 11, 1), date(2024, 1, 1), date(2024, 5, 1), date(2025, 1, 1), date(2025, 9, 1))
DEATHS_IN_CUSTODY = tuple(
    date(year, month, 1)
    for year, month in [(2021, 5), (2022, 5), (2023, 5), (2023, 7), (2024, 1), (2024, 2), (2024, 11), (2025, 8)]
)

# How many arrests each month of the story sees, January to December; 2026's last value goes on.
_ARRESTS = {
    2020: (0, 0, 0, 0, 0, 0, 0, 380, 190, 170, 210, 70),
    2021: (75, 80, 105, 75, 85, 80, 105, 80, 110, 95, 80, 70),
    2022: (65, 85, 95, 70, 65, 60, 60, 60, 60, 65, 60, 55),
    2023: (55, 55, 60, 60, 55, 55, 50, 65, 68, 55, 50, 50),
    2024: (75, 50, 50, 48, 45, 45, 42, 40, 40, 42, 44, 46),
    2025: (50, 36, 32, 30, 30, 32, 30, 32, 34, 32, 30, 28),
    2026: (24, 22, 24, 22, 20, 22, 22, 24, 22, 22, 22, 22),
}
# How many recognised people are held at the end of these months; in between, in a straight line.
_HELD_AT_END_OF = {
    (2020, 7): 0,
    (2020, 8): 25,
    (2020, 12): 170,
    (2021, 6): 530,
    (2021, 12): 970,
    (2022, 6): 1235,
    (2022, 12): 1440,
    (2023, 7): 1475,
    (2023, 9): 1436,
    (2024, 1): 1430,
    (2024, 6): 1390,
    (2024, 12): 1250,
    (2025, 6): 1190,
    (2025, 12): 1125,
    (2026, 10): 1100,
}
# So many more are held than are counted: cases still at the editors' desks, findings taken back.
_HELD_TO_COUNTED = 1.02
# The share of arrests that lead to a criminal case; the others end within weeks.
_SHARE_PROSECUTED = {2020: 0.42, 2021: 0.88, 2022: 0.86, 2023: 0.84, 2024: 0.82, 2025: 0.8}


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the plan."""

    first: date
    last: date
    arrests: int
    re_arrests: int
    held_at_end: int
    share_prosecuted: float


def months(people: int, until: date) -> Iterator[Month]:
    """The plan, month by month, for this many people; the last month ends on the day `until`."""
    firsts = list(_month_beginnings(until))
    weights = [_arrests_in(first) for first in firsts]
    # Nobody can be arrested anew before somebody was released.
    again = _apportion(round(people * RE_ARRESTS_PER_PERSON), [0, 0, *weights[2:]] if len(weights) > 2 else weights)
    new = _apportion(people, weights)
    for first, first_time, re_arrests in zip(firsts, new, again, strict=True):
        yield Month(
            first=max(first, FIRST_DAY),
            last=min(_end_of_month(first), until),
            arrests=first_time + re_arrests,
            re_arrests=re_arrests,
            held_at_end=scaled(_held_at_end_of(first) * _HELD_TO_COUNTED, people),
            share_prosecuted=_SHARE_PROSECUTED[min(first.year, max(_SHARE_PROSECUTED))],
        )


def scaled(number: float, people: int) -> int:
    """A number of the plan, for a population of this size."""
    return round(number * people / DEFAULT_PEOPLE)


def _month_beginnings(until: date) -> Iterator[date]:
    first = FIRST_DAY.replace(day=1)
    while first <= until:
        yield first
        first = _end_of_month(first) + datetime.timedelta(days=1)


def _end_of_month(day: date) -> date:
    return (day.replace(day=28) + datetime.timedelta(days=4)).replace(day=1) - datetime.timedelta(days=1)


def _arrests_in(first: date) -> int:
    year = _ARRESTS.get(first.year)
    return year[first.month - 1] if year else _ARRESTS[max(_ARRESTS)][-1]


def _held_at_end_of(first: date) -> float:
    number = _number_of(first.year, first.month)
    anchors = sorted((_number_of(*month), held) for month, held in _HELD_AT_END_OF.items())
    for (left, held_left), (right, held_right) in itertools.pairwise(anchors):
        if left <= number <= right:
            return held_left + (held_right - held_left) * (number - left) / (right - left)
    return anchors[-1][1]


def _number_of(year: int, month: int) -> int:
    return year * 12 + month


def _apportion(total: int, weights: list[int]) -> list[int]:
    """Split `total` in proportion to the weights, without losing any to rounding."""
    whole, given, passed, parts = sum(weights), 0, 0, []
    for weight in weights:
        passed += weight
        part = round(total * passed / whole) - given
        given += part
        parts.append(part)
    return parts


def planned_by(day: date, days: tuple[date, ...], people: int) -> int:
    """How many of the planned happenings have come by this day, for a population of this size."""
    return scaled(sum(1 for planned in days if planned <= day), people)
