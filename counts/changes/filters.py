"""What may be asked of changes: the filters of a count, two moments of knowledge, and the day counted at each."""

from collections.abc import Iterable
from copy import copy
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from ..asking import CountFilters
from ..clock import Clock, Known, clock
from ..fields import LedgerFilter, UnsealedKnownField
from ..filters import RecordFilters
from ..problems import InvalidQuery, Problem

DAYS_BACK = timedelta(days=30)


class ChangeFilters(CountFilters):
    """The filters of a count, and two moments of knowledge. `from` and `to` are the days counted, of a flow its period."""

    known = None  # type: ignore[assignment]  # taken away, as django-filter has it
    by = None  # type: ignore[assignment]
    on = None  # type: ignore[assignment]
    known_from = LedgerFilter(UnsealedKnownField)
    known_to = LedgerFilter(UnsealedKnownField)
    counted_on: date | None = None

    @property
    def narrowing(self) -> list[str]:
        return [name for name in super().narrowing if name not in ("known_from", "known_to")]

    @property
    def day(self) -> date:
        return self.counted_on or self.value("to") or self.today

    def on_day(self, day: date) -> "ChangeFilters":
        """The same filters, asked of this day."""
        asked = copy(self)
        asked.counted_on = day
        return asked

    def contradictions(self) -> Iterable[Problem]:
        """A stock has two days too, one for each moment of knowledge."""
        yield from super().contradictions() if self.asked.is_flow else RecordFilters.contradictions(self)
        first, last = self.first, self.value("to")
        if not self.asked.is_flow and first is not None and last is not None and first > last:
            message = _("“%(first)s” comes after “%(last)s”.") % {"first": "from", "last": "to"}
            yield Problem("from", self.given["from"][0], message)
        if "q" in self.given:
            message = _("“q” doesn't go with moments of the past: names are searched as they are now.")
            yield Problem("q", self.given["q"][0], message)

    def clocks(self, now: datetime) -> tuple[Clock, Clock]:
        """The first and the last moment of knowledge; by default a month ago, and now."""
        first, last = self.value("known_from"), self.value("known_to")
        since = self.given["known_from"][0] if first else ""
        until = self.given["known_to"][0] if last else ""
        later = clock(last, written=until, now=now, name="known_to")
        back = now - DAYS_BACK
        earlier = clock(first or Known(begins=back, before=back), written=since, now=now, name="known_from")
        if first is None and earlier.revision > later.revision:
            return later, later
        if earlier.revision > later.revision:
            message = _("“%(first)s” comes after “%(last)s”.") % {"first": "known_from", "last": "known_to"}
            raise InvalidQuery([Problem("known_from", since, message)])
        return earlier, later
