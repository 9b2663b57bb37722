"""Uncertain dates: a small part of EDTF (ISO 8601-2), kept as written and read as an earliest and a latest day.

Pure Python. The database reads the same texts with `edtf_earliest` and `edtf_latest` (first migration); a test holds
the two readings together.
"""

import calendar
import datetime
import re
from dataclasses import dataclass, field

FORMS = (
    "2020, 2020-08, 2020-08-09, 2020-08~ (about), 2020-08-09/2020-08-12 (between), "
    "2020-08-09/.. (or later), ../2020-08-09 (or earlier)"
)

_PART = re.compile(r"(?P<year>[0-9]{4})(-(?P<month>[0-9]{2})(-(?P<day>[0-9]{2}))?)?")
_OPEN = ".."
MAX_LENGTH = 21


class InvalidDate(ValueError):
    """The text is not a date that can be; the message says why, for the person who typed it."""


@dataclass(frozen=True, slots=True)
class UncertainDate:
    """A day that is known only to lie between `earliest` and `latest`, both included; None means no bound.

    Equal when written alike: `2020-08` and `2020-08-01/2020-08-31` cover the same days but say different things.
    """

    text: str
    earliest: datetime.date | None = field(compare=False)
    latest: datetime.date | None = field(compare=False)

    @classmethod
    def parse(cls, text: str) -> "UncertainDate":
        """Read one of FORMS. Raises InvalidDate with a reason fit to be shown."""
        text = text.strip()
        if "/" in text:
            earliest, latest = _parse_interval(text)
        else:
            earliest, latest = _parse_part(text.removesuffix("~"), text)
        return cls(text, earliest, latest)

    @classmethod
    def on(cls, day: datetime.date) -> "UncertainDate":
        """A day known exactly."""
        return cls(day.isoformat(), day, day)

    @property
    def is_exact(self) -> bool:
        return self.earliest is not None and self.earliest == self.latest and not self.is_about

    @property
    def is_about(self) -> bool:
        """The source itself says "about". It doesn't move the bounds: nothing is guessed."""
        return self.text.endswith("~")

    def __str__(self) -> str:
        return self.text


def _parse_interval(text: str) -> tuple[datetime.date | None, datetime.date | None]:
    start, _, end = text.partition("/")
    if start == end == _OPEN:
        raise InvalidDate(f"“{text}” has no bound at all: leave the date empty when nothing is known.")
    earliest = None if start == _OPEN else _parse_part(start, text)[0]
    latest = None if end == _OPEN else _parse_part(end, text)[1]
    if earliest is not None and latest is not None and latest < earliest:
        raise InvalidDate(f"“{text}” ends before it begins.")
    return earliest, latest


def _parse_part(part: str, whole: str) -> tuple[datetime.date, datetime.date]:
    match = _PART.fullmatch(part)
    if match is None:
        raise InvalidDate(f"“{whole}” is not a date in a form known here: {FORMS}.")
    year, month, day = (int(match[name]) if match[name] else None for name in ("year", "month", "day"))
    assert year is not None
    if year == 0:
        raise InvalidDate(f"“{whole}”: there is no year 0000.")
    if month is None:
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    if not 1 <= month <= 12:
        raise InvalidDate(f"“{whole}”: there is no month {month:02}.")
    days_in_month = calendar.monthrange(year, month)[1]
    if day is None:
        return datetime.date(year, month, 1), datetime.date(year, month, days_in_month)
    if not 1 <= day <= days_in_month:
        raise InvalidDate(f"“{whole}”: {calendar.month_name[month]} {year} has {days_in_month} days, not a day {day}.")
    exact = datetime.date(year, month, day)
    return exact, exact
