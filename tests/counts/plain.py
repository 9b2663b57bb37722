"""A slow count in plain Python, straight from the records: it shares no code with the ledger, so it can contradict it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from prisoners.models import Arrest

FIRST, LAST = date.min, date.max
DAY = timedelta(days=1)


@dataclass
class Custody:
    """The two spans of one arrest, [from, until), with LAST for no end."""

    prisoner: int
    possible_from: date
    certain_from: date
    certain_until: date
    possible_until: date
    has_ended: bool
    is_death: bool | None  # None: it may be
    arrest: Arrest

    def is_held(self, day, sure):
        start, end = (self.certain_from, self.certain_until) if sure else (self.possible_from, self.possible_until)
        return start <= day < end

    def began_within(self, first, last, sure):
        if sure:
            return first <= self.possible_from and self.certain_from <= last
        return self.possible_from <= last and self.certain_from >= first

    def ended_within(self, first, last, sure):
        if not self.has_ended:
            return False
        if sure:
            return first <= self.certain_until and self.possible_until <= last
        return self.certain_until <= last and self.possible_until >= first

    def ended_by(self, death, sure):
        return self.is_death is death or (self.is_death is None and not sure)

    def is_recognised(self, day, sure, organisation=None):
        return any(
            recognition_holds(recognition, day, sure)
            for recognition in self.arrest.recognitions.all()
            if organisation in (None, recognition.organisation.slug)
        )


def recognition_holds(recognition, day, sure):
    made, withdrawn = recognition.made_on, recognition.withdrawn_on
    if sure:
        made_by = made is not None and made.latest is not None and made.latest <= day
        return made_by and (withdrawn is None or (withdrawn.earliest is not None and withdrawn.earliest > day))
    can_be_made = made is None or made.earliest is None or made.earliest <= day
    return can_be_made and (withdrawn is None or withdrawn.latest is None or withdrawn.latest > day)


def custodies() -> Iterator[Custody]:
    arrests = Arrest.objects.filter(prisoner__state="published", prisoner__visibility="named")
    for arrest in arrests.select_related("prisoner", "release__mechanism").prefetch_related("recognitions__organisation"):
        yield custody(arrest)


def custody(arrest):
    person, confirmed = arrest.prisoner, arrest.last_confirmed_on
    ends = [end for end in (arrest.ended, person.died) if end is not None]
    earliest_end = min((end.earliest or FIRST for end in ends), default=LAST)
    latest_end = min((end.latest or LAST for end in ends), default=LAST)
    began = arrest.began
    possible_from = earliest_begin(arrest, person)
    certain_from = max(possible_from, min(day for day in (began and began.latest, confirmed, latest_end) if day))
    certain_until = earliest_end
    if ends and certain_until != LAST:
        certain_until = max(earliest_end, possible_from, confirmed + DAY if confirmed else FIRST)
        certain_until = min(certain_until, latest_end)
    release = getattr(arrest, "release", None)
    is_death = release.mechanism.is_death if release else is_death_the_end(arrest.ended, person.died)
    return Custody(
        person.pk, possible_from, certain_from, certain_until, latest_end, bool(ends) or release is not None, is_death, arrest
    )


def is_death_the_end(ended, died):
    """Without a word on how custody ended; None where the dates leave it open."""
    if died is None or (ended is not None and (died.earliest or FIRST) > (ended.latest or LAST)):
        return False
    return True if ended is None or (died.latest or LAST) <= (ended.earliest or FIRST) else None


def earliest_begin(arrest, person):
    if arrest.began and arrest.began.earliest:
        return arrest.began.earliest
    if not (person.born and person.born.earliest):
        return FIRST
    in_custody = [day for day in (arrest.last_confirmed_on, arrest.ended and arrest.ended.earliest) if day]
    return min([person.born.earliest, *in_custody])


def people(matching) -> int:
    return len({one.prisoner for one in matching})


def edges() -> list[date]:
    """Every day on which something of the records can begin or end."""
    dates = [
        value
        for arrest in Arrest.objects.select_related("prisoner").prefetch_related("recognitions")
        for value in (
            arrest.began,
            arrest.ended,
            arrest.prisoner.died,
            *(day for one in arrest.recognitions.all() for day in (one.made_on, one.withdrawn_on)),
        )
    ]
    return sorted({day for value in dates if value for day in (value.earliest, value.latest) if day})
