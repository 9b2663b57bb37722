"""Invented people and their losses of liberty, as plain data. Days are first what happened, then what is known of it."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from prisoners.dates import UncertainDate


class Spelling(NamedTuple):
    """One name in three spellings."""

    be: str
    ru: str
    en: str


@dataclass(slots=True)
class Custody:
    """One arrest: what happened, and in `known_*` what the records say of it."""

    began: date
    due: date  # when it would end by the sentence
    is_prosecuted: bool
    ended: date | None = None
    mechanism: str = ""
    pardon: str = ""
    recognised: date | None = None
    withdrawn: date | None = None
    confirmed: date | None = None
    known_began: UncertainDate | None = None
    known_ended: UncertainDate | None = None
    known_recognised: UncertainDate | None = None
    known_withdrawn: UncertainDate | None = None

    def write_down(self) -> None:
        """Let the records say exactly what happened."""
        self.known_began = UncertainDate.on(self.began)
        self.known_ended = UncertainDate.on(self.ended) if self.ended else None
        self.known_recognised = UncertainDate.on(self.recognised) if self.recognised else None
        self.known_withdrawn = UncertainDate.on(self.withdrawn) if self.withdrawn else None

    def counts_certainly(self, day: date) -> bool:
        """Whether the records prove that on this day the person was held, and recognised by then."""
        return self._certainly_held(day) and self._certainly_recognised(day)

    def counts_possibly(self, day: date) -> bool:
        """Whether the records leave it open that on this day the person was held, and recognised by then."""
        return self._possibly_held(day) and self._possibly_recognised(day)

    def was_held(self, day: date) -> bool:
        """Whether it happened, whatever the records say."""
        return self.began <= day and (self.ended is None or day < self.ended)

    def _certainly_held(self, day: date) -> bool:
        assert self.known_began
        beginnings = [first for first in (self.known_began.latest, self.confirmed) if first]
        if not beginnings or day < min(beginnings):
            return False
        if self.known_ended is None:
            return True
        ends = [self.known_ended.earliest, self.confirmed + timedelta(days=1) if self.confirmed else None]
        return any(end is not None and day < end for end in ends)

    def _possibly_held(self, day: date) -> bool:
        assert self.known_began
        has_begun = self.known_began.earliest is None or self.known_began.earliest <= day
        return has_begun and (self.known_ended is None or self.known_ended.latest is None or day < self.known_ended.latest)

    def _certainly_recognised(self, day: date) -> bool:
        made, withdrawn = self.known_recognised, self.known_withdrawn
        if made is None or made.latest is None or made.latest > day:
            return False
        return withdrawn is None or (withdrawn.earliest is not None and day < withdrawn.earliest)

    def _possibly_recognised(self, day: date) -> bool:
        made, withdrawn = self.known_recognised, self.known_withdrawn
        if made is None or (made.earliest is not None and made.earliest > day):
            return False
        return withdrawn is None or withdrawn.latest is None or day < withdrawn.latest


@dataclass(slots=True)
class Person:
    """One invented person."""

    code: str
    is_woman: bool
    given: Spelling
    surname: Spelling
    custodies: list[Custody] = field(default_factory=list)
    state: str = "published"
    visibility: str = "named"

    @property
    def is_counted(self) -> bool:
        return self.state == "published" and self.visibility == "named"

    @property
    def was_pardoned(self) -> bool:
        return any(custody.pardon for custody in self.custodies)

    def bounds(self, day: date) -> tuple[bool, bool]:
        """Whether this person belongs to the certain and to the possible number of people held on the day."""
        if not self.is_counted:
            return False, False
        return (
            any(custody.counts_certainly(day) for custody in self.custodies),
            any(custody.counts_possibly(day) for custody in self.custodies),
        )
