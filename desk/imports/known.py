"""What the database knows of the rows of a chunk, in a fixed number of queries whatever the chunk's size."""

import datetime
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models.functions import Coalesce

from prisoners.finding import find
from prisoners.models import Arrest, Name, Prisoner, State, Summary
from prisoners.names import Band

from ..models import ImportedRow
from .custody import Span
from .people import COLUMNS, FACTS, SUMMARY_LANGUAGE, Custody, Person
from .rows import Row

# Of how many people of a like name it is asked whether a row can be about them.
ALIKE = 50
# The very name, were it of signs alone, in which there is nothing to be alike.
NAMESAKES = """
SELECT asked.name, known.prisoner_id
FROM unnest(%s::text[]) AS asked (name)
JOIN prisoners_name AS known ON desk_name_key(known.text) = desk_name_key(asked.name)
ORDER BY known.prisoner_id
"""


@dataclass(frozen=True, slots=True)
class KnownCase:
    """What an earlier import made of a case."""

    row: int
    arrest: int | None
    person: int | None
    person_id: str
    digest: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Namesake:
    """Somebody of a name: where to find them, and when they can have been born."""

    where: str
    country: str
    born_earliest: datetime.date | None
    born_latest: datetime.date | None

    def can_be(self, row: Row) -> bool:
        """Whether the row can be about the same person: of one country, and born on a day that both allow."""
        if self.country != row.country:
            return False
        earliest, latest = row.birth_bounds
        apart = (self.born_latest and earliest and self.born_latest < earliest) or (
            self.born_earliest and latest and latest < self.born_earliest
        )
        return not apart


def name_key(name: str) -> str:
    """The same for a name in any case, spacing and order of words (the database's desk_name_key)."""
    if not name.isascii():
        name = unicodedata.normalize("NFKC", name)
    return " ".join(sorted(name.casefold().split()))


def known_cases(rows: Iterable[Row], list_name: str) -> dict[str, KnownCase]:
    """By case_id, the cases that an earlier import brought. A person is where the arrest is now: people can be merged."""
    asked = [row.case_id for row in rows if row.case_id]
    if not asked:
        return {}
    # That no key is empty goes without saying, but unless it is said the database doesn't use its partial indexes.
    found = ImportedRow.objects.filter(list_name=list_name, case_id__in=asked, is_latest=True).exclude(case_id="")
    fields = ("case_id", "pk", "arrest_id", "arrest__prisoner_id", "person_id", "digest", "values")
    return {case_id: KnownCase(*rest) for case_id, *rest in found.values_list(*fields)}


def known_people(rows: Iterable[Row], list_name: str) -> dict[str, tuple[int, int]]:
    """By person_id, the person that an import brought, and the latest import that did."""
    asked = {row.person_id for row in rows if row.person_id}
    if not asked:
        return {}
    found = (
        ImportedRow.objects.filter(list_name=list_name, person_id__in=asked)
        .exclude(person_id="")
        .annotate(person=Coalesce("arrest__prisoner_id", "prisoner_id"))
        .exclude(person=None)
        .order_by("pk")
    )
    return {person_id: (person, batch) for person_id, person, batch in found.values_list("person_id", "person", "batch_id")}


def namesakes(names: Iterable[str]) -> dict[str, list[Namesake]]:
    """By name as asked, everybody of that name, then who has likely that name, in whatever script and order."""
    asked = sorted(set(names))
    if not asked:
        return {}
    keys = _of_the_name(asked)
    for name, found in zip(asked, find(asked, at_most=ALIKE, with_slips=False), strict=True):
        keys[name] += [one.prisoner_id for one in found if one.band == Band.LIKELY]
    people = _namesakes_by_key({key for each in keys.values() for key in each})
    return {name: [people[key] for key in dict.fromkeys(each) if key in people] for name, each in keys.items()}


def _of_the_name(asked: list[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {name: [] for name in asked}
    with connection.cursor() as cursor:
        cursor.execute(NAMESAKES, [asked])
        for name, key in cursor.fetchall():
            found[name].append(key)
    return found


def _namesakes_by_key(keys: set[int]) -> dict[int, Namesake]:
    if not keys:
        return {}
    people = Prisoner.objects.filter(pk__in=keys).values_list("pk", "code", "country", "born_earliest", "born_latest")
    return {key: Namesake(*facts) for key, *facts in people}


def load_people(keys: Iterable[int]) -> dict[int, Person]:
    """People by key, with what a row is compared with."""
    asked = set(keys)
    if not asked:
        return {}
    people: dict[int, Person] = {}
    for key, country, state, *facts in Prisoner.objects.filter(pk__in=asked).values_list("pk", "country", "state", *COLUMNS):
        texts = {fact: str(value or "") for fact, value in zip(COLUMNS, facts, strict=True)}
        people[key] = Person(key, country, is_public=state == State.PUBLISHED, facts=dict.fromkeys(FACTS, "") | texts)
    for key, text in Summary.objects.filter(prisoner__in=people, language=SUMMARY_LANGUAGE).values_list("prisoner_id", "text"):
        people[key].facts["summary"] = text
    _add_names(people)
    for key, occupation in Prisoner.occupations.through.objects.filter(prisoner__in=people).values_list(
        "prisoner_id", "occupation_id"
    ):
        people[key].occupations.add(occupation)
    arrests = Arrest.objects.filter(prisoner__in=people).order_by("pk")
    for arrest in arrests.values_list("prisoner_id", "pk", "certainly_held", "last_confirmed_on"):
        people[arrest[0]].custodies.append(_custody(*arrest[1:]))
    return people


def _add_names(people: dict[int, Person]) -> None:
    names = Name.objects.filter(prisoner__in=people)
    for key, text, language, is_primary, is_heading in names.values_list(
        "prisoner_id", "text", "language", "is_primary", "is_heading"
    ):
        person = people[key]
        person.names.add(text)
        if is_primary:
            person.primary_in.add(language)
        if is_heading:
            person.heading = text


def _custody(key: int, days: Any, confirmed: datetime.date | None) -> Custody:
    span = None if days.isempty else Span(days.lower, days.upper)
    return Custody(key, span, confirmed)
