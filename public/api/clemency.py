"""Acts of clemency, waves and events with their numbers and sources, loaded in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from counts import clemency
from counts.answers import Answer
from counts.grouping import Group
from counts.tally import Figures
from prisoners.models import Source
from releases.models import Citation, Event, Pardon, Wave
from releases.numbers import Numbers, together

from ..arrest_json import citations_json, pardon_path
from ..footnotes import Footnotes
from ..refill import Refill, refill
from ..remaining import Summary
from ..shares import Share, shares
from ..wave import Known, known_of, released_of_act, released_of_wave


@dataclass(frozen=True, slots=True)
class Numbered:
    """A source with its number within one record."""

    number: int
    source: Source


class Cited:
    """A record with what it rests on, as far as readers may know."""

    def __init__(self, record: Any, citations: Sequence[Citation]) -> None:
        self.record = record
        notes = Footnotes(citations)
        self.citations = citations_json(record, notes)
        self.sources = [Numbered(number, source) for number, source in notes.sources]
        self.confidential_sources = notes.confidential


class ToldPardon(Cited):
    """One act with its numbers."""

    def __init__(self, request: HttpRequest, record: Pardon, numbers: Numbers, citations: Sequence[Citation]) -> None:
        super().__init__(record, citations)
        self.numbers = numbers
        self.path = pardon_path(record)
        self.url = request.build_absolute_uri(reverse("pardon", args=[record.wave.slug, record.slug]))


class ToldEvent(Cited):
    """One event with the waves that it is about."""

    def __init__(self, record: Event, citations: Sequence[Citation]) -> None:
        super().__init__(record, citations)
        self.waves = sorted(wave.slug for wave in record.waves.all())


@dataclass(frozen=True, slots=True)
class ToldWave:
    """One wave with its acts and the events around it."""

    record: Wave
    url: str
    pardons: list[ToldPardon]
    events: list[str]


class Figured:
    """All the figures of some acts: who came out under them and how, and what became of everybody identified."""

    def __init__(self, known: Known, released: Answer, now: datetime) -> None:
        found = shares(known.rows, known.released)
        out = clemency.people(known.released)
        announced = known.total.announced if known.total else None
        self.released: Figures = released.total
        self.mechanisms: list[Group] = released.groups
        self.outcomes: list[Share] = found.outcomes
        self.conditions: list[Share] = found.conditions
        self.liberty_after: list[Share] = found.liberties
        self.verification = [share for share in found.verifications if share.people]
        self.remaining: Summary = found.sentences
        self.arrested_again = found.again.people
        self.named_several_times = found.several
        self.arrests_around: Refill | None = refill(known.acts, out, known.today, now, announced)


class ToldWholePardon(ToldPardon):
    """One act with all its figures."""

    def __init__(self, request: HttpRequest, known: Known, now: datetime) -> None:
        [act] = known.acts
        cited = _citations("pardon_id", Q(pardon=act))
        super().__init__(request, act, known.numbers[act.pk], cited.get(act.pk, []))
        self.figures = Figured(known, released_of_act(act, known.today, now).answer, now)


@dataclass(frozen=True, slots=True)
class ToldWholeWave(ToldWave):
    """A wave with the figures of all its acts together."""

    numbers: Numbers
    figures: Figured


def told_pardons(request: HttpRequest, pardons: Sequence[Pardon], *, today: date) -> list[ToldPardon]:
    """Acts with their numbers and sources; `pardons` bring their wave."""
    numbers, _of_waves = clemency.numbers_by_act(pardons, today=today)
    cited = _citations("pardon_id", Q(pardon__in=pardons))
    return [ToldPardon(request, pardon, numbers[pardon.pk], cited.get(pardon.pk, [])) for pardon in pardons]


def told_events(events: Sequence[Event]) -> list[ToldEvent]:
    """Events with their sources; `events` bring their waves."""
    cited = _citations("event_id", Q(event__in=events))
    return [ToldEvent(event, cited.get(event.pk, [])) for event in events]


def told_waves(request: HttpRequest, waves: Sequence[Wave], *, today: date) -> list[ToldWave]:
    """Waves with their acts; `waves` bring their events."""
    pardons = told_pardons(request, list(Pardon.objects.filter(wave__in=waves).select_related("wave")), today=today)
    return [ToldWave(**_wave(request, wave, [told for told in pardons if told.record.wave_id == wave.pk])) for wave in waves]


def told_whole_pardon(request: HttpRequest, act: Pardon, *, today: date, now: datetime) -> ToldWholePardon:
    """One act with all its figures; `act` brings its wave."""
    return ToldWholePardon(request, known_of(act.wave, [act], QueryDict(), today=today), now)


def told_whole_wave(request: HttpRequest, wave: Wave, *, today: date, now: datetime) -> ToldWholeWave:
    """One wave with all its figures; `wave` brings its events."""
    acts = list(wave.pardons.select_related("wave"))
    return whole_wave(request, known_of(wave, acts, QueryDict(), today=today), now)


def whole_wave(request: HttpRequest, known: Known, now: datetime) -> ToldWholeWave:
    """The same of who is known already; its acts bring their wave."""
    told = told_pardons(request, known.acts, today=known.today)
    return ToldWholeWave(
        **_wave(request, known.wave, told),
        numbers=known.total or together([], identified=0),
        figures=Figured(known, released_of_wave(known.wave, known.today, now).answer, now),
    )


def _wave(request: HttpRequest, wave: Wave, pardons: list[ToldPardon]) -> dict[str, Any]:
    url = request.build_absolute_uri(reverse("wave", args=[wave.slug]))
    return {"record": wave, "url": url, "pardons": pardons, "events": sorted(event.slug for event in wave.events.all())}


def _citations(key: str, which: Q) -> dict[int, list[Citation]]:
    by_record: dict[int, list[Citation]] = {}
    for citation in Citation.objects.filter(which).select_related("source"):
        by_record.setdefault(getattr(citation, key), []).append(citation)
    return by_record
