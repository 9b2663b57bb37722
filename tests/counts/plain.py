"""A slow count in plain Python, straight from the records: it shares no code with the ledger, so it can contradict it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from prisoners.dates import UncertainDate
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
    is_coarse: bool

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
            recognition_holds(self.told(recognition), day, sure)
            for recognition in self.arrest.recognitions.all()
            if organisation in (None, recognition.organisation.slug)
        )

    def told(self, recognition):
        """When it was made and withdrawn, as far as may be told; made by the day of publication, if it was."""
        made, withdrawn = recognition.made_on, recognition.withdrawn_on
        if not self.is_coarse:
            return made, withdrawn
        return sooner(in_years(made), made, self.arrest.prisoner.published_on), in_years(withdrawn)


@dataclass
class Bounds:
    """The two bounds of a date that no form of EDTF writes."""

    earliest: date | None
    latest: date | None


def in_years(value: UncertainDate | None):
    """The same date, of which no more is told than the years."""
    if value is None:
        return None
    return Bounds(
        value.earliest and value.earliest.replace(month=1, day=1), value.latest and value.latest.replace(month=12, day=31)
    )


def sooner(told, value, published_on):
    """What was so when the person was published is told to be so from that day."""
    if value is None or value.latest is None or published_on is None or value.latest > published_on:
        return told
    return Bounds(told.earliest, min(told.latest, published_on))


def recognition_holds(dates, day, sure):
    made, withdrawn = dates
    if sure:
        made_by = made is not None and made.latest is not None and made.latest <= day
        return made_by and (withdrawn is None or (withdrawn.earliest is not None and withdrawn.earliest > day))
    can_be_made = made is None or made.earliest is None or made.earliest <= day
    return can_be_made and (withdrawn is None or withdrawn.latest is None or withdrawn.latest > day)


def custodies() -> Iterator[Custody]:
    visible = {"prisoner__state": "published", "prisoner__visibility__in": ["named", "initials", "counted"]}
    arrests = Arrest.objects.filter(**visible, prisoner__embargo_until=None)
    for arrest in arrests.select_related("prisoner", "release__mechanism").prefetch_related("recognitions__organisation"):
        yield custody(arrest)


def custody(arrest):
    person, is_coarse = arrest.prisoner, arrest.prisoner.visibility != "named"
    told = in_years if is_coarse else lambda value: value
    confirmed, confirmed_by = arrest.last_confirmed_on, arrest.last_confirmed_on
    if is_coarse and confirmed:
        confirmed, confirmed_by = date(confirmed.year, 1, 1), date(confirmed.year, 12, 31)
    ends = [told(end) for end in (arrest.ended, person.died) if end is not None]
    earliest_end = min((end.earliest or FIRST for end in ends), default=LAST)
    latest_end = min((end.latest or LAST for end in ends), default=LAST)
    began = sooner(told(arrest.began), arrest.began, person.published_on) if is_coarse else arrest.began
    possible_from = earliest_begin(told(arrest.began), told(person.born), confirmed, told(arrest.ended))
    certain_from = max(possible_from, min(day for day in (began and began.latest, confirmed_by, latest_end) if day))
    certain_until = earliest_end
    if ends and certain_until != LAST:
        certain_until = max(earliest_end, possible_from, confirmed + DAY if confirmed else FIRST)
        certain_until = min(certain_until, latest_end)
    release = getattr(arrest, "release", None)
    is_death = release.mechanism.is_death if release else is_death_the_end(arrest.ended, person.died)
    return Custody(
        person.pk,
        possible_from,
        certain_from,
        certain_until,
        latest_end,
        bool(ends) or release is not None,
        is_death,
        arrest,
        is_coarse,
    )


def is_death_the_end(ended, died):
    """Without a word on how custody ended; None where the dates leave it open."""
    if died is None or (ended is not None and (died.earliest or FIRST) > (ended.latest or LAST)):
        return False
    return True if ended is None or (died.latest or LAST) <= (ended.earliest or FIRST) else None


def earliest_begin(began, born, confirmed, ended):
    if began and began.earliest:
        return began.earliest
    if not (born and born.earliest):
        return FIRST
    return min([born.earliest, *(day for day in (confirmed, ended and ended.earliest) if day)])


def began_in(custody, unit, first, last):
    """The years or months in which it can have begun, of those from `first` (None: open) to `last`.

    One that isn't known is none of them: without a first day when it touches more than twelve, or has no earliest day at all.
    """
    start, end = max(custody.possible_from, first or FIRST), min(custody.certain_from, last)
    if start == FIRST or end == LAST:
        return ["unknown"]
    length = 4 if unit == "year" else 7
    keys = [f"{year}-{month:02}" for year in range(start.year, end.year + 1) for month in range(1, 13)]
    touched = list(dict.fromkeys(key[:length] for key in keys if str(start)[:7] <= key <= str(end)[:7]))
    return touched if first is not None or len(touched) <= 12 else ["unknown"]


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
    days = {day for value in dates if value for day in (value.earliest, value.latest) if day}
    years = {day.replace(month=month, day=end) for day in days for month, end in ((1, 1), (12, 31))}
    return sorted(days | years)
