"""What remained of sentences at release: pure arithmetic on days, with the bounds that uncertain dates leave."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from statistics import median

SHORT = 90  # days; a pardon of less is hardly one


@dataclass(frozen=True, slots=True)
class Remaining:
    """Days from release to the end of the sentence: at least, and at most. Never below none."""

    at_least: int
    at_most: int

    @classmethod
    def between(
        cls,
        released: tuple[datetime.date | None, datetime.date | None],
        ends: tuple[datetime.date | None, datetime.date | None],
    ) -> "Remaining | None":
        """From the earliest and latest day of both; None unless all four are known."""
        if released[0] is None or released[1] is None or ends[0] is None or ends[1] is None:
            return None
        return cls(max(0, (ends[0] - released[1]).days), max(0, (ends[1] - released[0]).days))


@dataclass(frozen=True, slots=True)
class Summary:
    """The sentences of a group of people: how many are known, and what remained of them together."""

    known: int
    people: int
    median: Remaining | None
    total: Remaining
    short: Remaining  # how many had under SHORT days left; a number of people, within bounds

    @property
    def unknown(self) -> int:
        return self.people - self.known


def summary(each: Sequence[Remaining | None]) -> Summary:
    """Bounds of the median and of the total, over those for whom the days are known."""
    known = [remaining for remaining in each if remaining is not None]
    least, most = [remaining.at_least for remaining in known], [remaining.at_most for remaining in known]
    return Summary(
        known=len(known),
        people=len(each),
        median=Remaining(floor(median(least)), ceil(median(most))) if known else None,
        total=Remaining(sum(least), sum(most)),
        short=Remaining(sum(days < SHORT for days in most), sum(days < SHORT for days in least)),
    )
