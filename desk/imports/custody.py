"""The days on which an arrest is certainly custody, read as the database reads them (custody_certain). Pure Python."""

import datetime
from dataclasses import dataclass

from prisoners.dates import UncertainDate

_ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` up to, but not including, `until`; without `until` they go on."""

    first: datetime.date
    until: datetime.date | None

    def overlaps(self, other: "Span") -> bool:
        return (self.until is None or other.first < self.until) and (other.until is None or self.first < other.until)

    def __str__(self) -> str:
        return f"{self.first}/{self.until - _ONE_DAY if self.until else '..'}"


def certainly_held(began: UncertainDate | None, ended: UncertainDate | None, confirmed: datetime.date | None) -> Span | None:
    """None when no day is certain."""
    firsts = [day for day in (began and began.latest, confirmed) if day]
    if not firsts:
        return None
    first = min(firsts)
    if ended is None:
        return Span(first, None)
    sure = [day for day in (ended.earliest, confirmed and confirmed + _ONE_DAY) if day]
    if not sure:
        return None
    until = min(max(sure), ended.latest) if ended.latest else max(sure)
    return Span(first, until) if until > first else None
