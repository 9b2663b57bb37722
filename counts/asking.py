"""What a query of a count may say: the filters of every listing, and what is counted."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from .dimensions import DIMENSIONS
from .fields import ChosenField, DayField, LedgerFilter
from .filters import ANY, EVER, THEN, RecordFilters
from .measures import MEASURES, Measure
from .problems import Problem
from .tally import ARRESTS, PEOPLE

UNITS = (PEOPLE, ARRESTS)
# What says what is counted; the rest of a query narrows whom.
ASKING = ("measure", "by", "unit", "on", "from", "to", "recognised")


class CountFilters(RecordFilters):
    """The filters of a count, and what is counted."""

    measure = LedgerFilter(ChosenField, choices=lambda: MEASURES)
    by = LedgerFilter(ChosenField, choices=lambda: DIMENSIONS)
    unit = LedgerFilter(ChosenField, choices=lambda: UNITS)
    locals()["from"] = LedgerFilter(DayField)
    to = LedgerFilter(DayField)

    default_recognition = THEN

    def one(self, name: str, default: str) -> str:
        """The value of a parameter that takes one of a list."""
        return next(iter(self.value(name) or []), default)

    @property
    def asked(self) -> Measure:
        return MEASURES[self.one("measure", "held")]

    @property
    def narrowing(self) -> list[str]:
        """The parameters given that narrow whom the count is of."""
        return [name for name in self.given if name not in ASKING]

    @property
    def is_of_one_organisation(self) -> bool:
        return self.recognition not in (THEN, EVER, ANY)

    @property
    def first(self) -> date | None:
        """The first day of the period; None where it is open."""
        day: date | None = self.value("from")
        return day

    @property
    def day(self) -> date:
        """The day counted, or the last of the period."""
        return self.value("to" if self.asked.is_flow else "on") or self.today

    def contradictions(self) -> Iterable[Problem]:
        yield from super().contradictions()
        misplaced = ("on",) if self.asked.is_flow else ("from", "to")
        for name in misplaced:
            if name in self.given:
                message = _("“%(name)s” doesn't go with the measure “%(measure)s”.")
                fitting = ["from", "to"] if self.asked.is_flow else ["on"]
                yield Problem(name, self.given[name][0], message % {"name": name, "measure": self.asked.name}, fitting)
        if self.first is not None and self.first > self.day:
            message = _("“%(first)s” comes after “%(last)s”.") % {"first": "from", "last": "to"}
            yield Problem("from", self.given["from"][0], message)
