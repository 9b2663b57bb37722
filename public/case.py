"""A person's case, loaded in a fixed number of queries and put in the order in which it is read."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from prisoners.consenting import may_tell_of_health
from prisoners.models import (
    Arrest,
    Charge,
    Citation,
    CitationBase,
    Facility,
    Judgment,
    Name,
    Photo,
    Prisoner,
    Recognition,
    Source,
    Stay,
    Treatment,
)
from prisoners.models.person import Gender, age_between
from releases.models import Citation as ReleaseCitation
from releases.models import PardonLine, VoidRelease

from . import wording
from .coarse_case import CoarseCase, coarse_case
from .entries import Entry
from .faces import face_of
from .footnotes import Difference, Footnotes, Mark
from .standing import Standing, release_of, standing_of
from .timeline import timeline


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of who a person is."""

    name: str
    value: str
    marks: list[Mark] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NameForm:
    """One more form of the name, with its sources."""

    name: Name
    marks: list[Mark]


@dataclass(frozen=True, slots=True)
class Case:
    """What a case page says, as of a day."""

    person: Prisoner
    day: datetime.date
    name: Name | None
    other_names: list[NameForm]
    standing: Standing | None
    facts: list[Fact]
    marks: list[Mark]
    entries: list[Entry]
    facility: Facility | None
    notes: Footnotes
    with_health: bool
    photos: list[Photo]

    @property
    def sources(self) -> list[tuple[int, Source]]:
        """What the page cites, by number."""
        return self.notes.sources


def published_case(code: str, day: datetime.date) -> Case | CoarseCase | None:
    """The case of a published person, as far as it may be told; None for everybody else, whoever they are."""
    person = _published(code, day).first()
    if person is None:
        return None
    return named_case(person, day) if face_of(person).is_named else coarse_case(person, day)


def named_case(person: Any, day: datetime.date) -> Case:
    """The whole case; `person` comes from the door with all that belongs to them."""
    arrests = list(person.arrests.all())
    lines = list(PardonLine.objects.filter(arrest__in=arrests).select_related("pardon__wave").order_by("pardon_id", "position"))
    with_health = may_tell_of_health(person.consents.all(), day)
    notes = Footnotes(_told(_citations(person, arrests, lines), with_health))
    name = person.name()
    facts = _facts(person, day, notes, with_health)
    marks = notes.marks(notes.about(person, other_than=_CITED_FIELDS) + (notes.about(name) if name else []))
    others = [NameForm(other, notes.marks(notes.about(other))) for other in person.names.all() if other != name]
    entries = timeline(person, arrests, lines, notes, with_health=with_health)
    standing = standing_of(person, arrests, day)
    return Case(
        person=person,
        day=day,
        name=name,
        other_names=others,
        standing=standing,
        facts=facts,
        marks=marks,
        entries=entries,
        facility=_present_facility(standing),
        notes=notes,
        with_health=with_health,
        photos=person.shown_photos,
    )


_CITED_FIELDS = {
    *("born", "died", "gender", "occupations", "affiliations", "vulnerabilities", "home_region", "citizenships"),
}


def _published(code: str, day: datetime.date) -> QuerySet[Any]:
    photos = Photo.objects.shown(on=day).select_related("licence")
    arrests = Arrest.objects.select_related("agency", "context", "case", "release__mechanism", "release__pardon__wave")
    belongings: list[Any] = [
        Prefetch("stays", Stay.objects.select_related("facility", "regime")),
        Prefetch("charges", Charge.objects.select_related("statute", "requalified_as")),
        Prefetch("judgments", Judgment.objects.select_related("regime")),
        Prefetch("treatments", Treatment.objects.select_related("kind")),
        Prefetch("recognitions", Recognition.objects.select_related("organisation").prefetch_related("criteria")),
        Prefetch("void_releases", VoidRelease.objects.select_related("mechanism", "pardon__wave")),
        "release__conditions",
    ]
    return (
        Prisoner.objects.published()
        .filter(code=code)
        .prefetch_related("names", "summaries", "consents", "occupations", "affiliations", "vulnerabilities")
        .prefetch_related(Prefetch("photos", photos, to_attr="shown_photos"))
        .prefetch_related(Prefetch("arrests", arrests.prefetch_related(*belongings)))
    )


def _citations(person: Prisoner, arrests: Sequence[Arrest], lines: Iterable[PardonLine]) -> list[CitationBase]:
    """By keys in hand, so that each table's index answers; a join of six tables could not use any."""
    keys = [arrest.pk for arrest in arrests]
    parts = {
        "stay": [part.pk for arrest in arrests for part in arrest.stays.all()],
        "charge": [part.pk for arrest in arrests for part in arrest.charges.all()],
        "judgment": [part.pk for arrest in arrests for part in arrest.judgments.all()],
        "treatment": [part.pk for arrest in arrests for part in arrest.treatments.all()],
        "recognition": [part.pk for arrest in arrests for part in arrest.recognitions.all()],
        "name": [name.pk for name in person.names.all()],
    }
    asked = Q(prisoner=person) | Q(arrest__in=keys)
    for name, part_keys in parts.items():
        asked |= Q(**{f"{name}__in": part_keys})
    of_case = Citation.objects.filter(asked)
    releases = [release.pk for arrest in arrests if (release := release_of(arrest))]
    void = [part.pk for arrest in arrests for part in arrest.void_releases.all()]
    pardons = [line.pardon_id for line in lines]
    of_releases = ReleaseCitation.objects.filter(Q(release__in=releases) | Q(void_release__in=void) | Q(pardon__in=pardons))
    return [*of_case.select_related("source"), *of_releases.select_related("source")]


def _told(citations: Iterable[CitationBase], with_health: bool) -> list[CitationBase]:
    """Those that may be told: what a source says of vulnerabilities can be of health, whichever of them it's cited for."""
    return [each for each in citations if with_health or each.field != "vulnerabilities"]


def _facts(person: Prisoner, day: datetime.date, notes: Footnotes, with_health: bool) -> list[Fact]:
    """Who the person is; what isn't known is left out, but for what every reader asks first."""
    born = wording.label(person.born) if person.born else _("not on record")
    ages = age_between(person.born, day) if person.died is None else None
    told = [each for each in person.vulnerabilities.all() if with_health or not each.is_health]
    facts = [
        ("born", _("Born"), f"{born} ({wording.age_words(ages)})" if ages else born),
        ("died", _("Died"), wording.label(person.died) if person.died else ""),
        ("gender", _("Gender"), person.get_gender_display() if person.gender != Gender.UNKNOWN else _("not on record")),
        ("occupations", _("Occupation"), _listed(person.occupations.all())),
        ("affiliations", _("Affiliation"), _listed(person.affiliations.all())),
        ("vulnerabilities", _("Vulnerability"), _listed(told)),
        ("home_region", _("Home region"), wording.region(person.home_region) if person.home_region else ""),
        ("citizenships", _("Citizenship"), ", ".join(wording.country(code) for code in person.citizenships)),
    ]
    return [_fact(person, column, name, value, notes) for column, name, value in facts if value]


def _fact(person: Prisoner, column: str, name: str, value: str, notes: Footnotes) -> Fact:
    differences, marks = notes.explain(notes.about(person, fields={column}))
    return Fact(name, value, marks, differences)


def _listed(terms: Iterable[Any]) -> str:
    return ", ".join(str(term) for term in terms)


def _present_facility(standing: Standing | None) -> Facility | None:
    """Where the person is held: the last place of the present custody that hasn't been left."""
    if standing is None or not standing.is_in_custody or not isinstance(standing.arrest, Arrest):
        return None
    stays = list(standing.arrest.stays.all())
    return stays[-1].facility if stays and stays[-1].ended is None else None
