"""What a query of a count may say: the filters of every listing, and what is counted."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from .clock import Clock, clock, is_sealed, of_revision, parsed
from .dimensions import DIMENSIONS
from .fields import ChosenField, DayField, KnownField, LedgerFilter, RecordsField
from .filters import ANY, EVER, THEN, RecordFilters
from .measures import MEASURES, Measure
from .problems import InvalidQuery, Problem
from .tally import ARRESTS, PEOPLE

UNITS = (PEOPLE, ARRESTS)
# What says what is counted; the rest of a query narrows whom.
ASKING = ("measure", "by", "unit", "on", "from", "to", "recognised", "known")


class CountFilters(RecordFilters):
    """The filters of a count, and what is counted."""

    measure = LedgerFilter(ChosenField, choices=lambda: MEASURES)
    by = LedgerFilter(ChosenField, choices=lambda: DIMENSIONS)
    unit = LedgerFilter(ChosenField, choices=lambda: UNITS)
    locals()["from"] = LedgerFilter(DayField)
    to = LedgerFilter(DayField)
    known = LedgerFilter(KnownField)

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

    @property
    def question(self) -> list[tuple[str, str]]:
        """All that was given but for `known`: what a seal is of."""
        return [(name, value) for name, values in self.given.items() if name != "known" for value in values]

    def _refuse_problems(self) -> None:
        """A sealed question was valid when it was answered, and names records as they were called then."""
        written = self.given.get("known", [""])[-1]
        if is_sealed(written):
            told = of_revision(parsed(written), written=written, question=self.question).told
            for field in self.form.fields.values():
                if isinstance(field, RecordsField):
                    field.told = told
        super()._refuse_problems()

    def clock(self, now: datetime) -> Clock:
        """What was known when, as asked. Raises InvalidQuery where that can't be told."""
        known = self.value("known")
        found = clock(known, written=self.given["known"][0] if known else "", question=self.question, now=now)
        if "q" in self.given and not found.is_newest:
            message = _("“q” doesn't go with a “known” of the past: names are searched as they are now.")
            raise InvalidQuery([Problem("q", self.given["q"][0], message)])
        return found

    @property
    def exact(self) -> dict[str, list[str]]:
        """The query with everything said that it left to defaults, but for `known`."""
        asked: dict[str, list[str]] = {"measure": [self.asked.name], "unit": [self.one("unit", PEOPLE)]}
        if "by" in self.given:
            asked["by"] = self.given["by"]
        if self.first is not None:
            asked["from"] = [self.first.isoformat()]
        asked["to" if self.asked.is_flow else "on"] = [self.day.isoformat()]
        asked["recognised"] = [self.recognition]
        return asked | {name: self.given[name] for name in self.narrowing}

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
