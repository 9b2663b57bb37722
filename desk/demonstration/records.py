"""The world as records in the database, and which of them an arrest belongs to."""

import random
from dataclasses import dataclass, field
from datetime import date

from prisoners.models import Case, Context, Facility, Organisation, Source, Statute
from releases.models import Pardon

from .chance import weighted
from .people import Custody
from .world import world

_SHARE_IN_CASE = 0.25


@dataclass(slots=True)
class OpenCase:
    """A group trial and how many more people it takes."""

    case: Case
    places: int


@dataclass(slots=True)
class Records:
    """What people's records refer to, by slug; cases and sources by month too."""

    organisations: dict[str, Organisation]
    contexts: dict[str, Context]
    statutes: dict[str, Statute]
    facilities: dict[str, list[Facility]]
    pardons: dict[str, Pardon]
    sources: dict[tuple[str, str], Source]
    towns: dict[str, list[str]]
    cases: dict[tuple[str, str], OpenCase] = field(default_factory=dict)
    context_of_case: dict[int, Context] = field(default_factory=dict)
    article_of_case: dict[int, str] = field(default_factory=dict)

    def facility(self, chance: random.Random, kind: str, region: str) -> Facility:
        """One of the kind, in the region if there is any."""
        of_kind = self.facilities[kind]
        return chance.choice([facility for facility in of_kind if facility.region == region] or of_kind)

    def colony(self, chance: random.Random, is_woman: bool) -> Facility:
        """Women are kept apart."""
        return chance.choice([it for it in self.facilities["colony"] if it.slug.startswith("womens") == is_woman])

    def context(self, chance: random.Random, began: date) -> Context | None:
        """One that was current on the day; now and then none is known."""
        if chance.random() < 0.06:
            return None
        day = began.isoformat()
        current = {row["slug"]: row["weight"] for row in world()["contexts"] if row["from"] <= day <= row.get("until", day)}
        return self.contexts[weighted(chance, current)] if current else None

    def case_for(self, chance: random.Random, custody: Custody, region: str) -> Case | None:
        """The group trial of this month and region, while it takes more people."""
        group = self.cases.get((custody.began.strftime("%Y-%m"), region))
        if group is None or not group.places or not custody.is_prosecuted or chance.random() >= _SHARE_IN_CASE:
            return None
        group.places -= 1
        return group.case

    def source(self, kind: str, day: date) -> Source:
        """The publication of this kind for the month of the day."""
        return self.sources[kind, day.strftime("%Y-%m")]
