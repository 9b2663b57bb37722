"""What remained of the sentences of a group of people: pure arithmetic, with the bounds that uncertain dates leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from statistics import median

from prisoners.sentences import Remaining

SHORT = 90  # days; a pardon of less is hardly one


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
