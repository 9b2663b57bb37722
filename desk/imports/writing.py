"""New people and arrests, as rows for COPY. tests/desk/test_import_tables.py holds the columns to those of the models."""

import json
from dataclasses import dataclass

from prisoners.models import (
    Arrest,
    Charge,
    Citation,
    Judgment,
    Name,
    Prisoner,
    Recognition,
    State,
    Stay,
    Summary,
    Treatment,
)
from prisoners.models.custody import Whereabouts
from prisoners.models.law import ChargeStatus, Outcome, SentenceKind, Stage
from prisoners.models.person import Gender, NameKind, Visibility
from prisoners.models.treatment import Severity
from releases.models import LibertyAfter, Release, Verification

from ..models import ImportedRow
from .people import SUMMARY_LANGUAGE, Person
from .registry import Registry
from .rows import Row
from .scripts import script_of
from .sources import Key, source_keys
from .tables import Batch, Table

PRISONER = Table(
    Prisoner,
    *("id", "code", "country", "gender", "born", "died", "home_region", "visibility", "state"),
    *("created_at", "changed_at"),
    citizenships="{}",
    embargo_until=None,
    published_on=None,
    is_fictional=False,
    last_changed_by="",  # the database knows
)
SUMMARY = Table(Summary, "prisoner_id", "language", "text")
NAME = Table(Name, "prisoner_id", "text", "language", "script", "kind", "is_primary", "is_heading")
OCCUPATION = Table(Prisoner.occupations.through, "prisoner_id", "occupation_id")
ARREST = Table(
    Arrest,
    *("id", "prisoner_id", "began", "ended", "last_confirmed_on", "country", "region", "place", "context_id", "case_id"),
    agency_id=None,
    circumstances="",
    stated_reason="",
    real_reason="",
    whereabouts=Whereabouts.UNKNOWN.value,
    is_home_confinement=False,
)
JUDGMENT = Table(
    Judgment,
    *("arrest_id", "sentence_kind", "sentence_months", "ends"),
    decided_on=None,
    court="",
    judge="",
    stage=Stage.UNKNOWN.value,
    outcome=Outcome.CONVICTED.value,
    is_in_absentia=False,
    is_closed_hearing=False,
    regime_id=None,
    runs_from=None,
    credited_days=None,
)
CHARGE = Table(Charge, "arrest_id", "statute_id", status=ChargeStatus.PENDING.value, status_on=None, requalified_as_id=None)
STAY = Table(Stay, "arrest_id", "facility_id", began=None, ended=None, regime_id=None)
RECOGNITION = Table(
    Recognition,
    *("arrest_id", "organisation_id", "made_on"),
    criteria_note="",
    statement_url="",
    withdrawn_on=None,
    withdrawn_because="",
)
TREATMENT = Table(Treatment, "arrest_id", "kind_id", began=None, ended=None, severity=Severity.UNKNOWN.value, account="")
RELEASE = Table(
    Release,
    *("arrest_id", "mechanism_id", "pardon_id"),
    liberty_after=LibertyAfter.UNKNOWN.value,
    verification=Verification.ANNOUNCED.value,
    note="",
)
CITATION = Table(
    Citation,
    *("arrest_id", "source_id"),
    prisoner_id=None,
    name_id=None,
    stay_id=None,
    charge_id=None,
    judgment_id=None,
    treatment_id=None,
    recognition_id=None,
    field="",
    locator="",
    value="",
)
IMPORTED_ROW = Table(
    ImportedRow,
    *("batch_id", "line", "list_name", "case_id", "person_id", "digest", "values", "notes", "prisoner_id", "arrest_id"),
    *("is_update",),
    is_latest=True,
)
TABLES = [
    *(PRISONER, SUMMARY, NAME, OCCUPATION, ARREST, JUDGMENT, CHARGE, STAY, RECOGNITION, TREATMENT, RELEASE, CITATION),
    IMPORTED_ROW,
]

_JSON = json.JSONEncoder(ensure_ascii=False)


@dataclass(slots=True)
class Writer:
    """Collects the rows of one chunk. What it needs is given: moment, state, and what the rows name."""

    batch_id: int
    list_name: str
    now: str
    state: State
    registry: Registry
    sources: dict[Key, int]
    batch: Batch

    def add_person(self, person: Person, code: str) -> None:
        facts = person.facts
        self.batch.add(
            PRISONER,
            *(person.pk, code, person.country, facts["gender"] or Gender.UNKNOWN.value),
            *(facts["born"] or None, facts["died"] or None, facts["home_region"]),
            *(facts["visibility"] or Visibility.NAMED.value, self.state.value, self.now, self.now),
        )
        if facts["summary"]:
            self.batch.add(SUMMARY, person.pk, SUMMARY_LANGUAGE, facts["summary"])

    def add_names(self, person: Person, row: Row) -> None:
        """Each form of the name that the person doesn't have yet. The first one of a new person is the heading."""
        legal = NameKind.LEGAL.value
        self._add_name(person, row.name, row.language, legal, is_heading=not person.heading)
        heading_script = script_of(person.heading)
        for language, text in row.names:
            self._add_name(person, text, language, _kind(legal, script_of(text), heading_script))
        for alias in row.aliases:
            self._add_name(person, alias, "und", _kind(NameKind.ALIAS.value, script_of(alias), heading_script), is_alias=True)

    def _add_name(
        self, person: Person, text: str, language: str, kind: str, *, is_heading: bool = False, is_alias: bool = False
    ) -> None:
        if text in person.names:
            return
        is_primary = not is_alias and language not in person.primary_in
        self.batch.add(NAME, person.pk, text, language, script_of(text), kind, is_primary, is_heading)
        person.names.add(text)
        if is_primary:
            person.primary_in.add(language)
        if is_heading:
            person.heading = text

    def add_occupations(self, person: Person, row: Row) -> None:
        for code in row.occupations:
            if code not in person.occupations:
                self.batch.add(OCCUPATION, person.pk, code)
                person.occupations.add(code)

    def add_arrest(self, person: Person, row: Row, arrest: int) -> None:
        self.batch.add(
            ARREST,
            *(arrest, person.pk, _text(row.arrested), _text(row.released), row.last_confirmed),
            *(row.country, row.region, row.place),
            *(self.registry.contexts.key_for(row), self.registry.cases.key_for(row)),
        )
        if row.has_sentence:
            self.add_judgment(row, arrest)
        for statute in row.articles:
            self.batch.add(CHARGE, arrest, statute)
        if row.facility:
            self.add_stay(row, arrest)
        if row.recognised_by:
            self.add_recognition(row, arrest)
        for kind in row.treatments:
            self.batch.add(TREATMENT, arrest, kind)
        if row.has_end:
            self.add_release(row, arrest)
        for key in source_keys(row):
            self.add_citation(key, arrest)

    def add_judgment(self, row: Row, arrest: int) -> None:
        kind = row.sentence_kind or SentenceKind.UNKNOWN.value
        self.batch.add(JUDGMENT, arrest, kind, row.sentence_months, _text(row.sentence_ends))

    def add_stay(self, row: Row, arrest: int) -> None:
        self.batch.add(STAY, arrest, self.registry.facilities.key_for(row))

    def add_recognition(self, row: Row, arrest: int) -> None:
        self.batch.add(RECOGNITION, arrest, self.registry.organisations.key_for(row), _text(row.recognised))

    def add_release(self, row: Row, arrest: int) -> None:
        self.batch.add(RELEASE, arrest, row.mechanism, row.pardon and row.pardon.pk)

    def add_citation(self, key: Key, arrest: int) -> None:
        self.batch.add(CITATION, arrest, self.sources[key])

    def add_used_row(self, row: Row, person: int, arrest: int, *, is_update: bool) -> None:
        values, notes = _JSON.encode(row.values), _JSON.encode(row.notes) if row.notes else "{}"
        ids = (self.batch_id, row.line, self.list_name, row.case_id, row.person_id, row.digest)
        self.batch.add(IMPORTED_ROW, *ids, values, notes, person, arrest, is_update)


def _kind(otherwise: str, script: str, heading_script: str) -> str:
    """A form in Latin letters beside a heading in others is its transliteration."""
    return NameKind.TRANSLITERATION.value if script == "Latn" != heading_script else otherwise


def _text(date: object) -> str | None:
    return str(date) if date else None
