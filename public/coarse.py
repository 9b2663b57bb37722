"""Records of people who are shown by their initials, with all that isn't for readers left behind.

What the ledger's view `counts_people` and its like do in SQL for numbers, this does for pages; a test holds the two
together. From here on there are no days, places, courts, accounts or sources: whoever prints these objects can't tell them.
"""

import datetime
from dataclasses import dataclass, field, replace

from prisoners.dates import UncertainDate
from prisoners.models import Arrest, Context, Organisation, Prisoner, Statute, TreatmentKind
from releases.models import Mechanism

from .standing import is_death, release_of


@dataclass(frozen=True, slots=True)
class CoarsePerson:
    """When somebody was born and died, in years."""

    born: UncertainDate | None
    died: UncertainDate | None


@dataclass(frozen=True, slots=True)
class CoarseRelease:
    """How custody ended, without the act that it fell under: that has a day."""

    mechanism: Mechanism


@dataclass(frozen=True, slots=True)
class CoarseRecognition:
    """Who recognises, and in which years."""

    organisation: Organisation
    made_on: UncertainDate | None
    withdrawn_on: UncertainDate | None


@dataclass(frozen=True, slots=True)
class CoarseArrest:
    """One arrest in years and regions. `known_by` is the day of publication, if the arrest had been by then."""

    pk: int
    began: UncertainDate | None
    ended: UncertainDate | None
    confirmed: UncertainDate | None
    known_by: datetime.date | None
    is_death: bool
    release: CoarseRelease | None
    country: str
    region: str
    context: Context | None = None
    articles: list[Statute] = field(default_factory=list)
    treatments: list[TreatmentKind] = field(default_factory=list)
    recognitions: list[CoarseRecognition] = field(default_factory=list)
    is_home_confinement: bool = False


def in_years(value: UncertainDate | None) -> UncertainDate | None:
    """The same date, telling no more than the years in which it can lie."""
    if value is None:
        return None
    first, last = (f"{day.year:04}" if day else ".." for day in (value.earliest, value.latest))
    return UncertainDate.parse(first if first == last else f"{first}/{last}")


def coarse_person(person: Prisoner) -> CoarsePerson:
    """The person's own dates, in years."""
    return CoarsePerson(in_years(person.born), in_years(person.died))


def coarse_arrests(person: Prisoner, arrests: list[Arrest]) -> list[CoarseArrest]:
    """The arrests, the years in order; `arrests` bring what belongs to them."""
    found = [coarse_arrest(person, arrest) for arrest in arrests]
    return sorted(found, key=lambda arrest: ((arrest.began and arrest.began.earliest) or datetime.date.min, arrest.pk))


def coarse_arrest(person: Prisoner, arrest: Arrest) -> CoarseArrest:
    """One arrest. What belongs to it stands in orders of its own, for the order of the records follows their days."""
    return replace(
        coarse_dates(person, arrest),
        context=arrest.context,
        articles=articles_of(arrest),
        treatments=sorted({treatment.kind for treatment in arrest.treatments.all()}, key=lambda kind: kind.code),
        recognitions=recognitions_of(arrest),
    )


def coarse_dates(person: Prisoner, arrest: Arrest) -> CoarseArrest:
    """One arrest with nothing but where, when and how it ended."""
    release = release_of(arrest)
    return CoarseArrest(
        pk=arrest.pk,
        began=in_years(arrest.began),
        ended=in_years(arrest.ended),
        confirmed=in_years(_day(arrest.last_confirmed_on)),
        known_by=person.published_on if _was_by(arrest.began, person.published_on) else None,
        is_death=is_death(arrest, person),
        release=CoarseRelease(release.mechanism) if release else None,
        country=arrest.country,
        region=arrest.region,
    )


def articles_of(arrest: Arrest) -> list[Statute]:
    """The articles charged, whatever became of the charges."""
    return sorted({charge.statute for charge in arrest.charges.all()}, key=str)


def recognitions_of(arrest: Arrest) -> list[CoarseRecognition]:
    """Who recognises, with the years."""
    found = [
        CoarseRecognition(one.organisation, in_years(one.made_on), in_years(one.withdrawn_on))
        for one in arrest.recognitions.all()
    ]
    return sorted(found, key=lambda one: (str(one.organisation), str(one.made_on), str(one.withdrawn_on)))


def _day(day: datetime.date | None) -> UncertainDate | None:
    return UncertainDate.parse(day.isoformat()) if day else None


def _was_by(value: UncertainDate | None, day: datetime.date | None) -> bool:
    return value is not None and value.latest is not None and day is not None and value.latest <= day
