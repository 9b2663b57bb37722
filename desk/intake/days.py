"""The days on which an act of clemency can have been, and what it is to have been held then. docs/decisions/intake.md.

The rule stands here twice, for an arrest in memory and for a query; a test holds the two together.
"""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from prisoners.dates import UncertainDate
from prisoners.models import Arrest, Prisoner
from releases.models import Release


@dataclass(frozen=True, slots=True)
class Days:
    """From the first to the last day that it can have been; None is no bound. Without any nothing is known of the day."""

    first: datetime.date | None
    last: datetime.date | None

    @classmethod
    def of(cls, written: UncertainDate | None) -> "Days":
        """Those of an uncertain date, or of none."""
        return cls(written.earliest, written.latest) if written else cls(None, None)

    @property
    def is_unknown(self) -> bool:
        return self.first is None and self.last is None

    @property
    def is_one(self) -> bool:
        return self.first is not None and self.first == self.last

    def begun(self, arrest: Arrest) -> bool:
        """Whether the arrest can have been before the act."""
        begins = arrest.began.earliest if arrest.began else None
        return begins is None or self.last is None or begins <= self.last

    def holds(self, arrest: Arrest) -> bool:
        """Whether the arrested can have been in custody on one of the days; who was let out on it was held until then.

        Of an act on an unknown day: whether the custody goes on, or nobody knows how it ended. Anything else has its own end.
        """
        if self.is_unknown:
            return release_of(arrest) is None
        ends = arrest.ended.latest if arrest.ended else None
        return self.begun(arrest) and (self.first is None or ends is None or ends >= self.first)

    def took(self, person: Prisoner) -> bool:
        """Whether somebody who died may have been dead by then: they are never released."""
        died = person.died
        return died is not None and died.latest is not None and (self.first is None or died.latest <= self.first)

    def held(self, people: QuerySet[Prisoner]) -> QuerySet[Prisoner]:
        """Those of the people who have an arrest that `holds`, published or not."""
        arrests = Arrest.objects.filter(prisoner=OuterRef("pk"))
        if self.is_unknown:
            return people.filter(Exists(arrests.filter(release=None)))
        if self.last is not None:
            arrests = arrests.filter(Q(began_earliest=None) | Q(began_earliest__lte=self.last))
        if self.first is not None:
            arrests = arrests.filter(Q(ended_latest=None) | Q(ended_latest__gte=self.first))
        return people.filter(Exists(arrests))


def release_of(arrest: Arrest) -> Release | None:
    """The release of an arrest, if it has one."""
    return getattr(arrest, "release", None)
