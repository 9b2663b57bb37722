"""How a person stands on a day: held, possibly held, released or died; since when, for how long, how well confirmed.

Pure: it reads records that are loaded already, or what `public.coarse` leaves of them, and takes the day. The ledger settles
the same questions in SQL for lists and counts; a test holds the two together.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from prisoners.dates import UncertainDate
from prisoners.models import Arrest
from prisoners.sentences import expected_end
from releases.models import Release

from . import wording

_NEVER, _FOREVER = datetime.date.min, datetime.date.max  # no earliest, no latest day
_LAST_BUT_ONE = _FOREVER - datetime.timedelta(days=1)


class PersonTold(Protocol):
    """What is read here of a person."""

    @property
    def born(self) -> UncertainDate | None: ...
    @property
    def died(self) -> UncertainDate | None: ...


class ArrestTold(Protocol):
    """What is read here of an arrest."""

    @property
    def pk(self) -> Any: ...
    @property
    def began(self) -> UncertainDate | None: ...
    @property
    def ended(self) -> UncertainDate | None: ...
    @property
    def is_home_confinement(self) -> bool: ...


class Kind(StrEnum):
    """The four standings that a reader is told."""

    HELD = "held"
    POSSIBLY_HELD = "possibly_held"
    RELEASED = "released"
    DIED = "died"


@dataclass(frozen=True, slots=True)
class Custody:
    """The days of one custody: possible from–until, and certain from–until. An end is the first day outside."""

    possible_from: datetime.date
    certain_from: datetime.date
    certain_until: datetime.date
    possible_until: datetime.date
    is_begin_bounded: bool  # whether the arrest itself, not a birth, says how early it can have begun

    @classmethod
    def of(cls, arrest: ArrestTold, person: PersonTold) -> "Custody":
        """Nobody is in custody before birth or after death, and a custody confirmed on some day had begun by then."""
        confirmed_first, confirmed_last = _confirmed(arrest)
        possible_from = _earliest(arrest.began) or _earliest(person.born) or _NEVER
        begun_by = [day for day in (_latest(arrest.began), confirmed_last, getattr(arrest, "known_by", None)) if day]
        ends = [date for date in (arrest.ended, person.died) if date is not None]
        earliest_end = min((date.earliest or _NEVER for date in ends), default=_FOREVER)
        latest_end = min((date.latest or _FOREVER for date in ends), default=_FOREVER)
        surely_held_until = max(earliest_end, possible_from, _day_after(confirmed_first))
        return cls(
            possible_from,
            max(possible_from, min(begun_by, default=_FOREVER)),
            min(surely_held_until, latest_end),
            latest_end,
            _earliest(arrest.began) is not None,
        )

    def is_certain_on(self, day: datetime.date) -> bool:
        return self.certain_from <= day < self.certain_until

    def is_possible_on(self, day: datetime.date) -> bool:
        return self.possible_from <= day < self.possible_until

    def length(self, day: datetime.date) -> str:
        """How long it lasted, or has lasted by `day`, in words, with its bounds."""
        certain = (self.certain_from, min(self.certain_until, day))
        possible = (self.possible_from, min(self.possible_until, day))
        is_certain, is_bounded = certain[0] <= certain[1], self.is_begin_bounded and possible[0] <= possible[1]
        if is_certain and is_bounded and (months := wording.whole_months(*certain)) > 0:
            return wording.between_months(months, wording.whole_months(*possible))
        return wording.between_spans(
            wording.span(*certain) if is_certain else None, wording.span(*possible) if is_bounded else None
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands, and the arrest that says so."""

    kind: Kind
    person: PersonTold
    arrest: ArrestTold
    length: str
    is_confirmed: bool
    confirmed_on: datetime.date | None

    @property
    def is_in_custody(self) -> bool:
        return self.kind in (Kind.HELD, Kind.POSSIBLY_HELD)

    @property
    def release(self) -> Any:
        return getattr(self.arrest, "release", None)

    @property
    def ended(self) -> UncertainDate | None:
        """When custody ended; for a death that no release records, the death."""
        return self.arrest.ended or self.person.died

    @property
    def sentence_ends(self) -> UncertainDate | None:
        """When the sentence is expected to be over, of somebody held; None where it isn't known, or only years are told."""
        if not (self.is_in_custody and isinstance(self.arrest, Arrest)):
            return None
        ends = expected_end(self.arrest.judgments.all(), self.arrest.began)
        return _between(ends.earliest, ends.latest) if ends else None


def standing_of(person: PersonTold, arrests: Sequence[ArrestTold], day: datetime.date) -> Standing | None:
    """The standing on `day`; None when no custody began by then. `arrests` bring their judgments and release.

    Of somebody shown in years, how long it lasted isn't said.
    """
    begun = [(custody, arrest) for arrest in arrests if (custody := Custody.of(arrest, person)).possible_from <= day]
    if not begun:
        return None
    custody, arrest = max(
        begun, key=lambda pair: (pair[0].is_certain_on(day), pair[0].is_possible_on(day), pair[0].possible_from, pair[1].pk)
    )
    confirmed_on = max((date for date in (_latest(arrest.began), _confirmed(arrest)[1]) if date), default=None)
    return Standing(
        kind=_kind(custody, arrest, person, day),
        person=person,
        arrest=arrest,
        length=custody.length(day) if isinstance(arrest, Arrest) else "",
        is_confirmed=not _is_unconfirmed(arrest, person, confirmed_on, day),
        confirmed_on=confirmed_on,
    )


def release_of(arrest: Arrest) -> Release | None:
    """How an arrest ended, when that is on record."""
    return getattr(arrest, "release", None)


def is_death(arrest: Arrest, person: PersonTold) -> bool:
    """Whether the custody ended with death: so recorded, or the person had died by the end and no release is recorded."""
    release = release_of(arrest)
    if release is not None:
        return release.mechanism.is_death
    died, ended = person.died, arrest.ended
    return died is not None and (ended is None or (_latest(died) or _FOREVER) <= (_earliest(ended) or _NEVER))


def _confirmed(arrest: ArrestTold) -> tuple[datetime.date | None, datetime.date | None]:
    """The earliest and the latest day on which custody can last have been confirmed."""
    if isinstance(arrest, Arrest):
        return arrest.last_confirmed_on, arrest.last_confirmed_on
    confirmed = getattr(arrest, "confirmed", None)
    return _earliest(confirmed), _latest(confirmed)


def _ended_with_death(arrest: ArrestTold, person: PersonTold) -> bool:
    """As the records say it; whoever left them behind has asked before."""
    if isinstance(arrest, Arrest):
        return is_death(arrest, person)
    return bool(getattr(arrest, "is_death", False))


def _kind(custody: Custody, arrest: ArrestTold, person: PersonTold, day: datetime.date) -> Kind:
    if custody.is_certain_on(day):
        return Kind.HELD
    if custody.is_possible_on(day):
        return Kind.POSSIBLY_HELD
    return Kind.DIED if _ended_with_death(arrest, person) else Kind.RELEASED


def _is_unconfirmed(arrest: ArrestTold, person: PersonTold, confirmed_on: datetime.date | None, day: datetime.date) -> bool:
    """A custody without an end that nobody confirmed for a year, or whose sentence should be over."""
    if arrest.ended is not None or person.died is not None:
        return False
    if confirmed_on is None or _a_year_after(confirmed_on) <= day:
        return True
    end = expected_end(arrest.judgments.all(), arrest.began) if isinstance(arrest, Arrest) else None
    return end is not None and end.latest is not None and confirmed_on <= end.latest < day


def _between(earliest: datetime.date | None, latest: datetime.date | None) -> UncertainDate:
    """As it would be written."""
    text = earliest.isoformat() if earliest and earliest == latest else f"{earliest or '..'}/{latest or '..'}"
    return UncertainDate.parse(text)


def _earliest(date: UncertainDate | None) -> datetime.date | None:
    return date.earliest if date else None


def _latest(date: UncertainDate | None) -> datetime.date | None:
    return date.latest if date else None


def _day_after(day: datetime.date | None) -> datetime.date:
    return min(day, _LAST_BUT_ONE) + datetime.timedelta(days=1) if day else _NEVER


def _a_year_after(day: datetime.date) -> datetime.date:
    """The same day of the next year; 28 February for the 29th, as the database has it."""
    if day.year == _FOREVER.year:
        return _FOREVER
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if is_leap_day else day.day)
