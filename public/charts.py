"""Pictures of counts for readers: the events that they mark, where they are, what they say, and their cache."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from counts.answers import Answer
from counts.asking import MEANT
from counts.charts import drawing
from counts.charts.data import ChartData, Mark, Size
from counts.charts.from_answer import chart_of
from prisoners.dates import UncertainDate
from releases.models import Event, EventKind

from . import wording

KEPT_SECONDS = 3600
EDITION = 1  # raised when pictures of the same data come to look different, for caches that outlive this code
PRECISE = timedelta(days=31)  # an event known less precisely has no place on an axis
READ_AT_MOST = 500
WEIGHT: list[str] = [
    EventKind.ELECTION,
    EventKind.PROTEST,
    EventKind.DECREE,
    EventKind.SANCTIONS,
    EventKind.TALKS,
    EventKind.VISIT,
]
# What a query means where it doesn't say so; left out of the address that a picture prints.
DRAWERS: dict[str, Callable[[ChartData, Size], bytes]] = {"svg": drawing.svg, "png": drawing.png}


@dataclass(frozen=True)
class Picture:
    """What a page needs to show a chart: addresses within the site, and the alternative text."""

    svg: str
    narrow: str
    png: str
    alt: str


def picture(asked: Answer, host: str) -> Picture:
    """The picture of an answer, for `<picture>`: `narrow` is for screens of a phone's width. Nothing is drawn here."""
    query = asked.asked_query
    svg = f"{reverse('counts-svg')}?{query}"
    alt = drawing.alternative(chart(asked, host))
    return Picture(svg, f"{svg}&size={Size.NARROW.value}", f"{reverse('counts-png')}?{query}", alt)


def chart(asked: Answer, host: str) -> ChartData:
    """The chart of an answer, with its events. `host` is the name by which readers reach the site."""
    bare = chart_of(asked, site_name=settings.SITE_NAME, address=short_address(asked, host))
    return (
        chart_of(asked, site_name=settings.SITE_NAME, address=short_address(asked, host), marks=marks()) if bare.series else bare
    )


def short_address(asked: Answer, host: str) -> str:
    """Where the count can be asked again just so, as short as a reader can type it."""
    said = [(name, value) for name, value in parse_qsl(asked.cited_query) if MEANT.get(name) != value]
    return f"{host}{reverse('counts')}?{urlencode(said)}"


def marks() -> list[Mark]:
    """Events whose day is known well enough, those first that a chart should rather mark."""
    events = Event.objects.filter(happened_on_earliest__isnull=False, happened_on_latest__isnull=False)[:READ_AT_MOST]
    placed = [event for event in events if _is_precise(event.happened_on)]
    placed.sort(key=lambda event: WEIGHT.index(event.kind) if event.kind in WEIGHT else len(WEIGHT))  # each kind by its days
    return [_mark(event) for event in placed]


def _is_precise(happened_on: UncertainDate | None) -> bool:
    days = (happened_on.earliest, happened_on.latest) if happened_on else (None, None)
    return days[0] is not None and days[1] is not None and days[1] - days[0] <= PRECISE


def _mark(event: Event) -> Mark:
    assert event.happened_on is not None
    assert event.happened_on.earliest is not None
    return Mark(event.happened_on.earliest, f"{wording.label(event.happened_on)}: {event.title}")


def key(data: ChartData, form: str, size: Size) -> str:
    """What a picture is kept under: all that is drawn, so also revision, language and the site's name.

    Whatever of it changes, a withdrawal or the name of a region, asks for a new picture, and the old one is never found again.
    """
    told = repr((EDITION, form, size, data))
    return f"chart-{hashlib.sha256(told.encode()).hexdigest()}"


def drawn(data: ChartData, form: str, size: Size) -> bytes:
    """The picture as `svg` or `png`, drawn once. Raises DrawingFailed, and keeps nothing then."""
    name = key(data, form, size)
    kept: bytes | None = cache.get(name)
    if kept is None:
        kept = DRAWERS[form](data, size)
        cache.set(name, kept, KEPT_SECONDS)
    return kept
