"""Arrests of the weeks around acts of clemency, beside the people released under them: whether the cells fill again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from counts.around import Stretch, after, arrests_in, before
from counts.tally import NOBODY, Figures
from prisoners.sentences import Days
from releases.models import Pardon

from .figures import Linked, around

Ratio = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Refill:
    """Arrests before the first act and after the last one, beside releases; `after` is None until a day of it has come."""

    before: Linked
    after: Linked | None
    released: int
    announced: int | None = None

    @property
    def arrested(self) -> Figures:
        """Before and after together: each is of people, and somebody arrested in both is in both."""
        return self.before.figures + (self.after.figures if self.after else NOBODY)

    @property
    def for_ten_released(self) -> Ratio | None:
        """People arrested in those weeks for every ten released: at least, and at most."""
        return for_ten(self.arrested, self.released)

    @property
    def for_ten_announced(self) -> Ratio | None:
        """The same for every ten who were announced."""
        return for_ten(self.arrested, self.announced or 0)


def for_ten(arrested: Figures, released: int) -> Ratio | None:
    """People arrested for every ten released, within bounds; None where nobody was released."""
    if not released:
        return None
    return round(10 * arrested.at_least / released), round(10 * arrested.at_most / released)


def span_of(acts: Sequence[Pardon]) -> tuple[date, date] | None:
    """The first and the last day on which these acts can have been announced; None when none has a day to count from.

    Of an act announced on some day or later, or by some day, nothing but that day is known, and it counts from there.
    """
    days = [Days.of(act.announced_on) for act in acts]
    firsts = [first for earliest, latest in days if (first := earliest or latest)]
    lasts = [last for earliest, latest in days if (last := latest or earliest)]
    return (min(firsts), max(lasts)) if firsts else None


def refill(acts: Sequence[Pardon], released: int, today: date, now: datetime, announced: int | None = None) -> Refill | None:
    """Arrests of the weeks around these acts, beside those released under them; None when no act has a day to count from."""
    span = span_of(acts)
    if span is None:
        return None
    return Refill(*around(*span, today, now), released, announced)


def refills(spans: Sequence[tuple[date, date] | None], *, today: date, now: datetime) -> list[Figures | None]:
    """Arrests of the weeks around each of many waves, in two queries whatever their number."""
    known = [span for span in spans if span]
    ahead = arrests_in([before(first) for first, _last in known], today=today, now=now)
    behind = arrests_in([one for _first, last in known if (one := after(last, today))], today=today, now=now)

    def of(span: tuple[date, date]) -> Figures:
        later: Stretch | None = after(span[1], today)
        return ahead[before(span[0])] + (behind[later] if later else NOBODY)

    return [of(span) if span else None for span in spans]
