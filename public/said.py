"""What was done and said in the weeks around acts of clemency: by whom, and what each wants."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counts.around import WEEKS
from prisoners.sentences import Days
from releases.models import Event, Stance, Wave

from .footnotes import Footnotes, Mark

AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Said:
    """One thing done or said, with its sources; `place` says if it certainly came before all the acts, or after them."""

    event: Event
    marks: list[Mark]
    place: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """What was said with one stance, by day; and what was done without any."""

    stance: str
    title: Any
    said: list[Said]


def events_around(wave: Wave, span: tuple[date, date] | None) -> list[Event]:
    """Events that are tied to the wave, and whatever else lies in the weeks around these days; the first of them by day."""
    tied = Q(pk__in=wave.events.values("pk"))
    if span:
        start = max(span[0], date.min + WEEKS) - WEEKS
        end = min(span[1], date.max - WEEKS) + WEEKS
        tied |= Q(happened_on_latest__gte=start, happened_on_earliest__lte=end)
    return list(Event.objects.filter(tied)[:AT_MOST])


def sides(events: Sequence[Event], notes: Footnotes, span: tuple[date, date] | None = None) -> list[Side]:
    """The events by what they want, in the order of the stances; those that want nothing come last.

    `span` are the first and the last day of the acts around which they lie.
    """
    titles = [*Stance.choices, ("", _("Said or done without a stance"))]
    each = [
        Side(
            stance,
            title,
            [Said(event, notes.marks(notes.about(event)), _place(event, span)) for event in events if event.stance == stance],
        )
        for stance, title in titles
    ]
    return [side for side in each if side.said]


def _place(event: Event, span: tuple[date, date] | None) -> str:
    days = Days.of(event.happened_on)
    if span and days.latest and days.latest < span[0]:
        return gettext("before the first act")
    return gettext("after the last act") if span and days.earliest and days.earliest > span[1] else ""
