"""What a query of a count may say: the filters of every listing, and what is counted."""

from collections.abc import Iterable
from datetime import date, datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from .clock import Clock, clock, is_sealed, of_revision, parsed
from .dimensions import DIMENSIONS
from .durations import FIGURES, OF_MEASURES
from .fields import ChosenField, DayField, KnownField, LedgerFilter, RecordsField
from .filters import ANY, EVER, THEN, RecordFilters
from .measures import MEASURES, Measure
from .periods import POINTS_AT_MOST, STEPS, Period, how_many, periods
from .problems import InvalidQuery, Problem
from .tally import ARRESTS, PEOPLE

UNITS = (PEOPLE, ARRESTS)
# What says what is counted; the rest of a query narrows whom.
ASKING = ("measure", "by", "unit", "on", "from", "to", "recognised", "known", "step", "cumulative", "beside", "figures")
# What is meant where nothing is said.
MEANT = {"measure": "held", "unit": PEOPLE, "recognised": THEN}


class CountFilters(RecordFilters):
    """The filters of a count, and what is counted."""

    measure = LedgerFilter(ChosenField, choices=lambda: MEASURES)
    by = LedgerFilter(ChosenField, choices=lambda: DIMENSIONS)
    unit = LedgerFilter(ChosenField, choices=lambda: UNITS)
    locals()["from"] = LedgerFilter(DayField)
    to = LedgerFilter(DayField)
    known = LedgerFilter(KnownField)
    step = LedgerFilter(ChosenField, choices=lambda: STEPS)
    cumulative = LedgerFilter(ChosenField, choices=lambda: ["1"])
    beside = LedgerFilter(ChosenField, choices=lambda: MEASURES, many=True)
    figures = LedgerFilter(ChosenField, choices=lambda: FIGURES, many=True)

    default_recognition = MEANT["recognised"]

    def __init__(self, data: QueryDict, *, today: date, told: int | None = None) -> None:
        """`told` is the revision at which a sealed question was answered; without it, `known` says so if it is sealed."""
        self.told = told
        super().__init__(data, today=today)

    def one(self, name: str, default: str) -> str:
        """The value of a parameter that takes one of a list."""
        return next(iter(self.value(name) or []), default)

    @property
    def asked(self) -> Measure:
        return MEASURES[self.one("measure", MEANT["measure"])]

    @property
    def narrowing(self) -> list[str]:
        """The parameters given that narrow whom the count is of."""
        return [name for name in self.given if name not in ASKING]

    @property
    def is_of_one_organisation(self) -> bool:
        return self.recognition not in (THEN, EVER, ANY)

    @property
    def pace(self) -> str:
        """How long each period of a series is; empty where no series is asked."""
        return self.one("step", "")

    @property
    def periods(self) -> list[Period]:
        """The periods of a series; none where none is asked."""
        return periods(self.pace, self.first, self.day) if self.pace and self.first else []

    @property
    def is_of_period(self) -> bool:
        """Whether `from` and `to` say what is counted, and not `on`."""
        return self.asked.is_flow or bool(self.pace)

    @property
    def first(self) -> date | None:
        """The first day of the period, or of a series; None where it is open."""
        day: date | None = self.value("from")
        return day

    @property
    def day(self) -> date:
        """The day counted, or the last of the period."""
        return self.value("to" if self.is_of_period else "on") or self.today

    @property
    def days(self) -> dict[str, date | None]:
        """The day and the period of a single count, as breakdowns are asked of them."""
        return {"on": self.day, "first": self.first if self.asked.is_flow else None, "last": self.day}

    def of_measure(self, name: str) -> "CountFilters":
        """The same question of another measure, without a breakdown; of a sealed one, with records as they were called then."""
        data = QueryDict(mutable=True)
        for parameter, values in {**self.given, "measure": [name]}.items():
            if parameter not in ("by", "beside", "figures", "known") and (parameter != "cumulative" or MEASURES[name].is_flow):
                data.setlist(parameter, values)
        return CountFilters(data, today=self.today, told=self.told)

    @property
    def question(self) -> list[tuple[str, str]]:
        """What a seal is of: all that was given but for `known`, and what is meant where nothing is said."""
        said = {**{name: [value] for name, value in MEANT.items()}, **self.given}
        return [(name, value) for name, values in said.items() if name != "known" for value in values]

    def _refuse_problems(self) -> None:
        """A sealed question was valid when it was answered, and names records as they were called then."""
        written = self.given.get("known", [""])[-1]
        if is_sealed(written):
            self.told = of_revision(parsed(written), written=written, question=self.question).told
        for field in self.form.fields.values():
            if isinstance(field, RecordsField):
                field.told = self.told
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
        asked["to" if self.is_of_period else "on"] = [self.day.isoformat()]
        asked |= {name: self.given[name] for name in ("step", "cumulative", "beside", "figures") if name in self.given}
        asked["recognised"] = [self.recognition]
        return asked | {name: self.given[name] for name in self.narrowing}

    def contradictions(self) -> Iterable[Problem]:
        yield from super().contradictions()
        yield from self._misplaced()
        if "figures" in self.given and self.asked.name not in OF_MEASURES:
            message = _("“figures” doesn't go with the measure “%(measure)s”: nothing has been served yet.")
            yield Problem("figures", self.given["figures"][0], message % {"measure": self.asked.name}, OF_MEASURES)
        if self.first is not None and self.first > self.day:
            message = _("“%(first)s” comes after “%(last)s”.") % {"first": "from", "last": "to"}
            yield Problem("from", self.given["from"][0], message)
        elif self.pace:
            yield from self._problems_of_series()
        else:
            for name in ("cumulative", "beside"):
                if name in self.given:
                    message = _("“%(name)s” is said of a series: give “step” and “from” too.") % {"name": name}
                    yield Problem(name, self.given[name][0], message, list(STEPS))

    def _misplaced(self) -> Iterable[Problem]:
        """Days given where the measure takes a period, and the other way round."""
        for name in ("on",) if self.is_of_period else ("from", "to"):
            if name not in self.given:
                continue
            values = {"name": name, "measure": self.asked.name}
            message = _("“%(name)s” doesn't go with the measure “%(measure)s”.") % values
            fitting = ["from", "to"] if self.is_of_period else ["on"]
            if self.pace:
                message = _("“%(name)s” doesn't go with “step”: a series runs from “from” to “to”.") % values
            yield Problem(name, self.given[name][0], message, fitting)

    def _problems_of_series(self) -> Iterable[Problem]:
        if self.first is None:
            yield Problem("from", "", _("A series needs a first day: give “from”, such as from=2020-08-01."))
        elif how_many(self.pace, self.first, self.day) > POINTS_AT_MOST:
            values = {"number": how_many(self.pace, self.first, self.day), "most": POINTS_AT_MOST}
            message = _("That would be %(number)s points; at most %(most)s are given. Take a longer step or a shorter time.")
            yield Problem("step", self.pace, message % values, list(STEPS))
        if "cumulative" in self.given and not self.asked.is_flow:
            flows = [name for name, measure in MEASURES.items() if measure.is_flow]
            message = _("“cumulative” adds up what happened in a time; “%(measure)s” is of a day.") % {"measure": self.asked.name}
            yield Problem("cumulative", self.given["cumulative"][0], message, flows)
        if self.asked.is_flow and self.one("by", "") in ("year", "month"):
            message = _("A series of “%(measure)s” is by time already: break it down by something else.")
            yield Problem("by", self.one("by", ""), message % {"measure": self.asked.name})
        if self.asked.name in self.given.get("beside", []):
            message = _("“beside” names other measures than the one that is counted.")
            yield Problem("beside", self.asked.name, message, [name for name in MEASURES if name != self.asked.name])
