"""Acts of clemency, waves and events with their numbers and sources, loaded in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from prisoners.models import Source
from releases.models import Citation, Event, Pardon, Wave

from .. import clemency
from ..arrest_json import citations_json, pardon_path
from ..clemency import Numbers
from ..footnotes import Footnotes
from ..remaining import Summary, summary
from ..wave import Refill, refill


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


@dataclass(frozen=True, slots=True)
class ToldWholeWave(ToldWave):
    """A wave with the figures of all its acts together."""

    numbers: Numbers
    remaining: Summary
    arrested_again: int
    arrests_around: Refill | None


def told_pardons(request: HttpRequest, pardons: Sequence[Pardon]) -> list[ToldPardon]:
    """Acts with their numbers and sources; `pardons` bring their wave."""
    numbers = clemency.numbers_by_pardon(pardons)
    cited = _citations("pardon_id", Q(pardon__in=pardons))
    return [ToldPardon(request, pardon, numbers[pardon.pk], cited.get(pardon.pk, [])) for pardon in pardons]


def told_events(events: Sequence[Event]) -> list[ToldEvent]:
    """Events with their sources; `events` bring their waves."""
    cited = _citations("event_id", Q(event__in=events))
    return [ToldEvent(event, cited.get(event.pk, [])) for event in events]


def told_waves(request: HttpRequest, waves: Sequence[Wave]) -> list[ToldWave]:
    """Waves with their acts; `waves` bring their events."""
    pardons = told_pardons(request, list(Pardon.objects.filter(wave__in=waves).select_related("wave")))
    return [ToldWave(**_wave(request, wave, [told for told in pardons if told.record.wave_id == wave.pk])) for wave in waves]


def told_whole_wave(request: HttpRequest, wave: Wave, *, today: date, now: datetime) -> ToldWholeWave:
    """One wave with all its figures."""
    pardons = list(wave.pardons.select_related("wave"))
    told, arrests = told_pardons(request, pardons), clemency.identified_arrests(pardons)
    remaining = clemency.remaining_of_all(arrests)
    return ToldWholeWave(
        **_wave(request, wave, told),
        numbers=clemency.together([one.numbers for one in told], identified=arrests.count()),
        remaining=summary(remaining),
        arrested_again=clemency.arrested_again(arrests),
        arrests_around=refill(pardons, len(remaining), today, now),
    )


def _wave(request: HttpRequest, wave: Wave, pardons: list[ToldPardon]) -> dict[str, Any]:
    url = request.build_absolute_uri(reverse("wave", args=[wave.slug]))
    return {"record": wave, "url": url, "pardons": pardons, "events": sorted(event.slug for event in wave.events.all())}


def _citations(key: str, which: Q) -> dict[int, list[Citation]]:
    by_record: dict[int, list[Citation]] = {}
    for citation in Citation.objects.filter(which).select_related("source"):
        by_record.setdefault(getattr(citation, key), []).append(citation)
    return by_record
