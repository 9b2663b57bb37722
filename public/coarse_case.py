"""The case of somebody who is shown by their initials: years, regions and articles, and nothing to follow further."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from prisoners.models import Prisoner
from prisoners.models.person import Gender

from . import wording
from .coarse import CoarseArrest, CoarsePerson, CoarseRecognition, coarse_arrests, coarse_person
from .documents import date_json
from .faces import Face, Initials, face_of
from .standing import Standing, standing_of


@dataclass(frozen=True, slots=True)
class CoarseEntry:
    """One thing that happened, in some year."""

    kind: str
    when: str
    title: str
    details: list[str]


@dataclass(frozen=True, slots=True)
class CoarseCase:
    """What the page says, as of a day."""

    face: Face
    day: datetime.date
    is_fictional: bool
    country: str
    gender: str
    occupations: list[Any]
    person: CoarsePerson
    arrests: list[CoarseArrest]
    standing: Standing | None

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Names and values, where there is one."""
        facts = [
            (_("Country"), wording.country(self.country)),
            (_("Born"), wording.label(self.person.born) if self.person.born else ""),
            (_("Died"), wording.label(self.person.died) if self.person.died else ""),
            (_("Gender"), str(Gender(self.gender).label) if self.gender != Gender.UNKNOWN else ""),
            (_("Occupation"), ", ".join(str(occupation) for occupation in self.occupations)),
        ]
        return [(name, value) for name, value in facts if value]

    @property
    def entries(self) -> list[CoarseEntry]:
        """What happened, arrest by arrest."""
        return [entry for arrest in self.arrests for entry in _entries(arrest)]


def coarse_case(person: Prisoner, day: datetime.date) -> CoarseCase:
    """The case; `person` brings names, occupations, and arrests with what belongs to them."""
    told, arrests = coarse_person(person), coarse_arrests(person, list(person.arrests.all()))
    return CoarseCase(
        face=face_of(person),
        day=day,
        is_fictional=person.is_fictional,
        country=person.country,
        gender=person.gender,
        occupations=list(person.occupations.all()),
        person=told,
        arrests=arrests,
        standing=standing_of(told, arrests, day),
    )


def _entries(arrest: CoarseArrest) -> Iterator[CoarseEntry]:
    place = wording.region(arrest.region) if arrest.region else wording.country(arrest.country)
    yield CoarseEntry(
        "arrest", wording.label(arrest.began), _("Arrested"), [place, *([str(arrest.context)] if arrest.context else [])]
    )
    if arrest.articles:
        yield CoarseEntry("charge", "", _("Charged"), [str(article) for article in arrest.articles])
    for kind in arrest.treatments:
        yield CoarseEntry("treatment", "", wording.capitalised(str(kind)), [])
    for recognition in arrest.recognitions:
        yield _recognition(recognition)
    if arrest.ended is not None or arrest.is_death:
        yield CoarseEntry("death" if arrest.is_death else "end", wording.label(arrest.ended), _how_it_ended(arrest), [])


def _recognition(recognition: CoarseRecognition) -> CoarseEntry:
    title = _("Recognised as a political prisoner by %(organisation)s") % {"organisation": recognition.organisation}
    withdrawn = recognition.withdrawn_on
    details = [_("Withdrawn %(date)s.") % {"date": wording.when(withdrawn)}] if withdrawn else []
    return CoarseEntry("recognition", wording.label(recognition.made_on), title, details)


def _how_it_ended(arrest: CoarseArrest) -> str:
    if arrest.is_death:
        return wording.capitalised(str(arrest.release.mechanism)) if arrest.release else _("Died in custody")
    if arrest.release is None:
        return _("Custody ended; how is not on record")
    return _("Released: %(mechanism)s") % {"mechanism": arrest.release.mechanism}


# Every field of the document and what it says; shown to readers, and held to the document by a test.
FIELDS = {
    "code": "the person's public code, which never changes",
    "url": "the case page",
    "on": "the day that the standing is of",
    "is_fictional": "true for invented people in demonstration data",
    "visibility": "initials",
    "initials": "in place of the names; null when even they would be the whole name",
    "country": "the country that holds or held the person (ISO 3166-1)",
    "gender": "female, male, other or unknown",
    "born": "uncertain date, in years",
    "died": "uncertain date, in years",
    "occupations": "codes of the occupations",
    "standing": "held, possibly_held, released or died, and whether confirmed in the last year",
    "arrests": "each with its years, region, context, articles, treatments, recognitions and how it ended",
}


def as_json(case: CoarseCase, url: str) -> dict[str, Any]:
    """The document for programs; dates are in years."""
    return {
        "code": case.face.code,
        "url": url,
        "on": case.day,
        "is_fictional": case.is_fictional,
        "visibility": "initials",
        "initials": case.face.name.text if isinstance(case.face.name, Initials) else None,
        "country": case.country,
        "gender": case.gender,
        "born": date_json(case.person.born),
        "died": date_json(case.person.died),
        "occupations": [occupation.code for occupation in case.occupations],
        "standing": standing_json(case.standing) if case.standing else None,
        "arrests": [arrest_json(arrest) for arrest in case.arrests],
    }


def standing_json(standing: Standing) -> dict[str, Any]:
    """How somebody who is shown in years stands on a day."""
    return {"status": standing.kind, "is_confirmed": standing.is_confirmed}


def arrest_json(arrest: CoarseArrest) -> dict[str, Any]:
    """One arrest in years."""
    return {
        "began": date_json(arrest.began),
        "ended": date_json(arrest.ended),
        "country": arrest.country,
        "region": arrest.region,
        "context": arrest.context.slug if arrest.context else None,
        "articles": [article.slug for article in arrest.articles],
        "treatments": [kind.code for kind in arrest.treatments],
        "recognitions": [
            {
                "organisation": one.organisation.slug,
                "made_on": date_json(one.made_on),
                "withdrawn_on": date_json(one.withdrawn_on),
            }
            for one in arrest.recognitions
        ],
        "mechanism": arrest.release.mechanism.code if arrest.release else None,
        "is_death": arrest.is_death,
    }
