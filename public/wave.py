"""What the page of a wave, or of one act, says."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page
from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import QueryDict

from counts import clemency
from counts.clemency import Identified
from counts.tally import Figures
from releases.models import Citation, Pardon, Wave
from releases.numbers import Numbers
from releases.outcomes import Outcome

from . import wave_people
from .figures import Linked, ask
from .footnotes import Footnotes, Mark
from .refill import Ratio, Refill, for_ten, refill, refills, span_of
from .said import Side, events_around, sides
from .shares import Shares, shares
from .wave_people import Narrowed, Person

PEOPLE_ON_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Act:
    """One act of clemency with its numbers and sources."""

    pardon: Pardon
    numbers: Numbers
    marks: list[Mark] = field(default_factory=list)


def stands_alone(wave: Wave, acts: Sequence[Act]) -> bool:
    """Whether a wave is one act under its own name, of which nothing need be said twice."""
    return [act.pardon.title for act in acts] == [wave.title]


@dataclass(frozen=True, slots=True)
class WaveRow:
    """One wave of the list: its acts, their numbers together, and the arrests of the weeks around."""

    wave: Wave
    acts: list[Act]
    total: Numbers | None
    span: tuple[date, date] | None
    arrested: Figures | None

    @property
    def is_alone(self) -> bool:
        return stands_alone(self.wave, self.acts)

    @property
    def for_ten_released(self) -> Ratio | None:
        return for_ten(self.arrested, self.total.released) if self.arrested and self.total else None


@dataclass(frozen=True, slots=True)
class Known:
    """Everybody identified whom some acts cover, and what of them is asked for."""

    wave: Wave
    acts: list[Pardon]
    rows: list[Identified]
    numbers: dict[int, Numbers]
    total: Numbers | None
    asked: Narrowed
    today: date

    @property
    def released(self) -> list[Identified]:
        """Whoever came out under these acts: of them alone sentences, conditions and verification are told."""
        return [one for one in self.rows if one.outcome == Outcome.RELEASED]

    @property
    def people(self) -> int:
        return clemency.people(self.rows)


@dataclass(frozen=True, slots=True)
class Overview:
    """One act or several: their numbers, the people identified, and what was said."""

    known: Known
    acts: list[Act]
    released: Linked
    shares: Shares
    refill: Refill | None
    people: list[Person]
    page: "Page[Identified]"
    sides: list[Side]
    notes: Footnotes

    @property
    def wave(self) -> Wave:
        return self.known.wave

    @property
    def is_alone(self) -> bool:
        return stands_alone(self.wave, self.acts)

    @property
    def total(self) -> Numbers | None:
        return self.known.total

    @property
    def has_several_outcomes(self) -> bool:
        """Whether somebody named for several arrests is under more than one outcome."""
        return sum(share.people for share in self.shares.outcomes) > self.known.people

    @property
    def mechanisms(self) -> list[tuple[Any, str]]:
        """How they came out, by the ledger: each group with the query of the list of its people."""
        answer = self.released.answer
        return [(group, answer.list_query(group) or "") for group in answer.groups]


def waves_newest_first() -> QuerySet[Wave]:
    """Waves by the day of their last act, or by when it was at the latest where no more is known."""
    last_act = Max(Coalesce("pardons__announced_on_earliest", "pardons__announced_on_latest"))
    return Wave.objects.annotate(last_act=last_act).order_by(F("last_act").desc(nulls_last=True), "-pk")


def acts_of(waves: Sequence[Wave], *, today: date) -> tuple[dict[int, list[Act]], dict[int, Numbers]]:
    """By the key of each wave its acts with their numbers, and these together; three queries for any number of waves."""
    pardons = list(Pardon.objects.filter(wave__in=list(waves)))
    each, together = clemency.numbers_by_act(pardons, today=today)
    return {wave.pk: [Act(act, each[act.pk]) for act in pardons if act.wave_id == wave.pk] for wave in waves}, together


def rows_of(waves: Sequence[Wave], *, today: date, now: datetime) -> list[WaveRow]:
    """Each wave with its acts, their numbers and the arrests around; two queries more."""
    acts, together = acts_of(waves, today=today)
    spans = [span_of([act.pardon for act in acts[wave.pk]]) for wave in waves]
    return [
        WaveRow(wave, acts[wave.pk], together.get(wave.pk), span, arrested)
        for wave, span, arrested in zip(waves, spans, refills(spans, today=today, now=now), strict=True)
    ]


def known_of(wave: Wave, acts: Sequence[Pardon], query: QueryDict, *, today: date) -> Known:
    """Who is known of these acts of a wave, and what of them a query asks for. Raises InvalidQuery."""
    rows = clemency.identified(acts, today=today)
    numbers, together = clemency.numbers_by_act(acts, today=today)
    return Known(wave, list(acts), rows, numbers, together.get(wave.pk), wave_people.asked(rows, query), today)


def overview(known: Known, page: "Page[Identified]", released: Linked, now: datetime) -> Overview:
    """Everything known about these acts; `page` is one of the people asked for, `released` those who came out, by the ledger."""
    span = span_of(known.acts)
    events = events_around(known.wave, span)
    notes = Footnotes(
        Citation.objects.filter(
            Q(pardon__in=[act.pk for act in known.acts]) | Q(event__in=[event.pk for event in events])
        ).select_related("source")
    )
    out = clemency.people(known.released)
    announced = known.total.announced if known.total else None
    return Overview(
        known=known,
        acts=[Act(act, known.numbers[act.pk], notes.marks(notes.about(act))) for act in known.acts],
        released=released,
        shares=shares(known.rows, known.released),
        refill=refill(known.acts, out, known.today, now, announced),
        people=wave_people.people_of(page, known.acts),
        page=page,
        sides=sides(events, notes, span),
        notes=notes,
    )


def released_of_wave(wave: Wave, today: date, now: datetime) -> Linked:
    """Who came out under all acts of a wave, by the ledger and by mechanism."""
    return ask(today, now, measure="releases", by="mechanism", to=today, recognised="any", wave=wave.slug)


def released_of_act(act: Pardon, today: date, now: datetime) -> Linked:
    """Who came out under one act, by the ledger and by mechanism."""
    return ask(today, now, measure="releases", by="mechanism", to=today, recognised="any", pardon=act.slug)
