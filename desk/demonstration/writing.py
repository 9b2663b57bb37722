"""Writes invented people to the database, many rows at a time."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import models

from prisoners.dates import UncertainDate
from prisoners.models import (
    Arrest,
    Charge,
    Citation,
    Consent,
    Judgment,
    Name,
    Prisoner,
    Recognition,
    Stay,
    Summary,
    Treatment,
)
from releases.models import Citation as ReleaseCitation
from releases.models import PardonLine, Release, VoidRelease

from . import biography, court, freedom, portrait, prison
from .chance import days_after
from .evidence import Evidence
from .names import Names
from .people import Custody, Person
from .records import Records
from .world import WavePlan, world

PEOPLE_AT_ONCE = 1000
_MAIN_ORGANISATION = "freedom-watch-centre"
_OTHER_ORGANISATIONS = {"registry-of-names": 0.55, "lantern-committee": 0.3}
_CRITERIA = (["pace_a"], ["pace_a", "pace_c"], ["pace_a", "pace_d", "pace_e"], ["guidelines_1"], ["guidelines_2"])


@dataclass(slots=True)
class _Batch:
    """Rows that wait to be written, in the order in which they refer to each other."""

    people: list[Prisoner] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    summaries: list[Summary] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    occupations: list[models.Model] = field(default_factory=list)
    affiliations: list[models.Model] = field(default_factory=list)
    vulnerabilities: list[models.Model] = field(default_factory=list)
    arrests: list[Arrest] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    charges: list[Charge] = field(default_factory=list)
    judgments: list[Judgment] = field(default_factory=list)
    treatments: list[Treatment] = field(default_factory=list)
    recognitions: list[Recognition] = field(default_factory=list)
    criteria: list[models.Model] = field(default_factory=list)
    releases: list[Release] = field(default_factory=list)
    void_releases: list[VoidRelease] = field(default_factory=list)
    conditions: list[models.Model] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    release_citations: list[ReleaseCitation] = field(default_factory=list)


_AFTER_ARRESTS = [name for name in _Batch.__slots__ if name not in ("people", "arrests")]


class Writer:
    """Draws what is still open of each person and writes all of it."""

    def __init__(self, chance: random.Random, records: Records, until: date) -> None:
        self._chance, self._records, self._until = chance, records, until
        self._pardoned: dict[str, list[tuple[Person, Arrest]]] = {slug: [] for slug in records.pardons}
        self._evidence = Evidence(chance, records, until)

    def write_people(self, people: list[Person], progress: Callable[[int], object]) -> None:
        for start in range(0, len(people), PEOPLE_AT_ONCE):
            chosen = people[start : start + PEOPLE_AT_ONCE]
            self._write_batch(chosen)
            progress(len(chosen))

    def write_lines(self, wave: WavePlan) -> None:
        """The lines of each pardon: people who were found, and names that match nobody yet."""
        for act in wave.acts:
            if act.slug in self._records.pardons:
                found = [(self._as_written(person), arrest) for person, arrest in self._pardoned[act.slug]]
                strangers = [(self._stranger(), None) for _ in range(act.unidentified)]
                lines = [*found, *strangers]
                self._chance.shuffle(lines)
                PardonLine.objects.bulk_create(
                    PardonLine(pardon=self._records.pardons[act.slug], position=place, as_written=text, arrest=arrest)
                    for place, (text, arrest) in enumerate(lines, start=1)
                )

    def _write_batch(self, people: list[Person]) -> None:
        batch = _Batch(people=[biography.prisoner(self._chance, person) for person in people])
        _create(batch.people)
        arrests = [
            (person, custody, biography.arrest(self._chance, custody, record, self._records))
            for person, record in zip(people, batch.people, strict=True)
            for custody in person.custodies
        ]
        batch.arrests = [arrest for _, _, arrest in arrests]
        _create(batch.arrests)
        for person, record in zip(people, batch.people, strict=True):
            self._describe(person, record, batch)
        for person, custody, arrest in arrests:
            self._fill(person, custody, arrest, batch)
        for name in _AFTER_ARRESTS:
            _create(getattr(batch, name))

    def _describe(self, person: Person, record: Prisoner, batch: _Batch) -> None:
        names = biography.names(self._chance, person, record)
        batch.names += names
        batch.summaries += biography.summaries(self._chance, record)
        codes = portrait.vulnerabilities(self._chance, person, record)
        batch.consents += portrait.consents(self._chance, person, record, codes, self._until)
        links = Prisoner.occupations.through, Prisoner.affiliations.through, Prisoner.vulnerabilities.through
        batch.occupations += [links[0](prisoner=record, occupation_id=code) for code in biography.occupations(self._chance)]
        batch.affiliations += [links[1](prisoner=record, affiliation_id=code) for code in portrait.affiliations(self._chance)]
        batch.vulnerabilities += [links[2](prisoner=record, vulnerability_id=code) for code in codes]
        # Half of the drafts wait for a source.
        if person.state != "draft":
            batch.citations += self._evidence.of_person(record, names, person.custodies[0].began)

    def _fill(self, person: Person, custody: Custody, arrest: Arrest, batch: _Batch) -> None:
        trial = court.try_in_court(self._chance, custody, arrest, person.is_woman, self._records, self._until)
        stays = prison.stays(self._chance, custody, arrest, person.is_woman, trial, self._records)
        treatments = prison.treatments(self._chance, custody, arrest, self._until)
        batch.charges += trial.charges
        batch.judgments += trial.judgments
        batch.stays += stays
        batch.treatments += treatments
        self._recognise(custody, arrest, batch)
        self._end(person, custody, arrest, batch)
        if person.state != "draft" or self._chance.random() < 0.5:
            batch.citations += self._evidence.of_arrest(custody, arrest)
            batch.citations += [*self._evidence.of_trial(trial), *self._evidence.of_prison(stays, treatments)]

    def _recognise(self, custody: Custody, arrest: Arrest, batch: _Batch) -> None:
        if custody.known_recognised is None or custody.recognised is None:
            return
        main = self._recognition(arrest, _MAIN_ORGANISATION, custody.known_recognised, batch)
        main.withdrawn_on = custody.known_withdrawn
        if custody.known_withdrawn is not None:
            main.withdrawn_because = self._chance.choice(world()["withdrawals"])
        batch.recognitions.append(main)
        batch.citations.append(Citation(recognition=main, source=self._records.source("statement", custody.recognised)))
        # Where the finding itself is in doubt, nobody else has made one.
        if custody.known_withdrawn is None and custody.known_recognised.is_exact:
            for slug, share in _OTHER_ORGANISATIONS.items():
                made_on = days_after(self._chance, custody.recognised, 3, 200)
                if self._chance.random() < share and made_on <= self._until:
                    batch.recognitions.append(self._recognition(arrest, slug, UncertainDate.on(made_on), batch))

    def _recognition(self, arrest: Arrest, slug: str, made_on: UncertainDate, batch: _Batch) -> Recognition:
        organisation = self._records.organisations[slug]
        recognition = Recognition(arrest=arrest, organisation=organisation, made_on=made_on)
        link = Recognition.criteria.through
        batch.criteria += [link(recognition=recognition, criterion_id=code) for code in self._chance.choice(_CRITERIA)]
        return recognition

    def _end(self, person: Person, custody: Custody, arrest: Arrest, batch: _Batch) -> None:
        batch.void_releases += freedom.void_releases(self._chance, custody, arrest, self._until)
        if custody.ended is None:
            return
        release = freedom.release(self._chance, custody, arrest, self._records)
        link = Release.conditions.through
        codes = freedom.conditions(self._chance, custody, release)
        batch.releases.append(release)
        batch.conditions += [link(release=release, condition_id=code) for code in codes]
        source = self._records.source("releases", min(custody.ended, self._until))
        batch.release_citations.append(ReleaseCitation(release=release, source=source))
        if custody.pardon:
            self._pardoned[custody.pardon].append((person, arrest))

    def _as_written(self, person: Person) -> str:
        given, surname = person.given, person.surname
        forms = (
            f"{surname.ru} {given.ru}",
            f"{surname.ru} {given.ru[0]}.",
            f"{surname.be} {given.be}",
            f"{given.en} {surname.en}",
        )
        return self._chance.choice(forms)

    def _stranger(self) -> str:
        names, is_woman = Names(self._chance), self._chance.random() < 0.3
        surname, given = names.surname(is_woman).ru, names.given(is_woman).ru
        return self._chance.choice((f"{surname} {given}", f"{surname} {given[0]}.", f"{surname}"))


def _create(rows: Iterable[models.Model]) -> None:
    rows = list(rows)
    if rows:
        type(rows[0])._default_manager.bulk_create(rows)
