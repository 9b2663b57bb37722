"""What the page of a wave, or of one act, says."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.paginator import Page
from django.db.models import Q

from prisoners.models import Arrest
from prisoners.sentences import Remaining
from releases.models import Citation, Event, Pardon, Wave

from . import clemency
from .clemency import Numbers
from .faces import Face, face_of
from .figures import Linked, around
from .footnotes import Footnotes, Mark
from .remaining import Summary, summary
from .standing import release_of

PEOPLE_ON_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Act:
    """One act of clemency with its numbers and sources."""

    pardon: Pardon
    numbers: Numbers
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Said:
    """What happened or was said in the weeks around, with its sources."""

    event: Event
    marks: list[Mark]


@dataclass(frozen=True, slots=True)
class Person:
    """One of the people identified: the arrest, and what remained of the sentence when it ended."""

    face: Face
    arrest: Arrest
    remaining: Remaining | None

    @property
    def is_released(self) -> bool:
        return release_of(self.arrest) is not None


@dataclass(frozen=True, slots=True)
class Refill:
    """Arrests of the weeks before the first act and after the last one, beside the people released under them."""

    before: Linked
    after: Linked | None
    released: int

    @property
    def for_ten_released(self) -> tuple[int, int] | None:
        """People arrested in those weeks for every ten released: at least, and at most."""
        if not self.released:
            return None
        weeks = [linked.figures for linked in (self.before, self.after) if linked]
        least, most = sum(figures.at_least for figures in weeks), sum(figures.at_most for figures in weeks)
        return round(10 * least / self.released), round(10 * most / self.released)


@dataclass(frozen=True, slots=True)
class Overview:
    """One act or several: their numbers, the people identified, and what was said."""

    wave: Wave
    acts: list[Act]
    total: Numbers
    sentences: Summary
    arrested_again: int
    refill: Refill | None
    people: list[Person]
    page: "Page[Arrest]"
    said: list[Said]
    notes: Footnotes


def acts_of(waves: Sequence[Wave]) -> list[tuple[Wave, list[Act]]]:
    """Each wave with its acts and their numbers."""
    pardons = list(Pardon.objects.filter(wave__in=list(waves)))
    by_pardon = clemency.numbers_by_pardon(pardons)
    by_wave: dict[int, list[Act]] = defaultdict(list)
    for pardon in pardons:
        by_wave[pardon.wave_id].append(Act(pardon, by_pardon[pardon.pk]))
    return [(wave, by_wave[wave.pk]) for wave in waves]


def overview(wave: Wave, pardons: Sequence[Pardon], page: "Page[Arrest]", *, today: date, now: datetime) -> Overview:
    """Everything known about these acts of a wave; `page` is one of the people identified."""
    arrests = clemency.identified_arrests(pardons)
    events = list(wave.events.all())
    notes = Footnotes(
        Citation.objects.filter(Q(pardon__in=pardons) | Q(event__in=[event.pk for event in events])).select_related("source")
    )
    by_pardon = clemency.numbers_by_pardon(pardons)
    remaining = clemency.remaining_of_all(arrests)
    return Overview(
        wave=wave,
        acts=[Act(pardon, by_pardon[pardon.pk], notes.marks(notes.about(pardon))) for pardon in pardons],
        total=clemency.together(list(by_pardon.values()), identified=page.paginator.count),
        sentences=summary(remaining),
        arrested_again=clemency.arrested_again(arrests),
        refill=refill(pardons, len(remaining), today, now),
        people=[Person(face_of(arrest.prisoner), arrest, clemency.remaining_of(arrest)) for arrest in page],
        page=page,
        said=[Said(event, notes.marks(notes.about(event))) for event in events],
        notes=notes,
    )


def refill(pardons: Sequence[Pardon], released: int, today: date, now: datetime) -> Refill | None:
    """Arrests of the weeks around these acts, beside those released under them; None when no act has a day to count from."""
    firsts = [pardon.announced_on.earliest for pardon in pardons if pardon.announced_on and pardon.announced_on.earliest]
    lasts = [pardon.announced_on.latest for pardon in pardons if pardon.announced_on and pardon.announced_on.latest]
    if not firsts or not lasts:
        return None
    before, after = around(min(firsts), max(lasts), today, now)
    return Refill(before, after, released)
