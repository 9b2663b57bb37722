"""What a file is: said in the file itself, so that it can be understood and checked wherever it ends up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from prisoners.models import Prisoner

from ..answers import Answer
from ..clock import clock
from ..listing import Listing
from ..wording import amount, citation


@dataclass(frozen=True)
class About:
    """Facts by name, for programs; `labels` are the names for people. Facts that are empty are left out."""

    facts: Mapping[str, Any]
    known_at: datetime
    labels: Mapping[str, str] = field(default_factory=lambda: _labels())

    def meta(self) -> dict[str, Any]:
        """For JSON."""
        return {name: value for name, value in self.facts.items() if value not in (None, "", {})}

    def texts(self) -> dict[str, str]:
        """Every fact as text, for the metadata of a file."""
        return {name: _text(value) for name, value in self.meta().items()}

    def lines(self) -> list[tuple[str, str]]:
        """For people."""
        return [(self.labels[name], text) for name, text in self.texts().items()]


def about_people(listing: Listing, *, now: datetime, base_url: str) -> About:
    """What a file of the people of a list is. `base_url` is the site's address without a path."""
    known = clock(None, written="", question=(), now=now)
    facts = {
        "demonstration": _demonstration(Prisoner.objects.published().filter(is_fictional=True).exists()),
        "what": _("People and their arrests: one row a person, with the arrest that matches, the latest of several."),
        "site": settings.SITE_NAME,
        "link": f"{base_url}{reverse('prisoners')}?{exact_query(listing)}",
        "on": listing.on.isoformat(),
        "recognised": listing.recognised,
        "filters": {name: values for name, values in listing.filters.given.items() if name not in _SAID_APART},
        "sort": listing.sort,
        "people": amount(listing.total),
        "rows": listing.total.at_most,
        "known": written_moment(known.recorded_at),
        "revision": known.revision,
    }
    return About({**facts, **_common(base_url)}, known.recorded_at)


_SAID_APART = ("on", "recognised", "sort", "page")


def exact_query(listing: Listing) -> str:
    """The query of a list with everything said that it left to defaults."""
    return listing.query(on=[listing.on.isoformat()], recognised=[listing.recognised])


def about_count(answer: Answer, *, rows: int, base_url: str, link: str) -> About:
    """What a file of a count is. `link` asks exactly the same again."""
    facts = {
        "demonstration": _demonstration(answer.has_fiction),
        "what": citation(answer, site_name=settings.SITE_NAME, url=link),
        "site": settings.SITE_NAME,
        "link": link,
        "measure": answer.measure.name,
        "unit": answer.unit,
        "from": _day(answer.first) if answer.measure.is_flow else None,
        "to": _day(answer.on) if answer.measure.is_flow else None,
        "on": None if answer.measure.is_flow else _day(answer.on),
        "recognised": answer.recognised,
        "filters": answer.filters,
        "by": answer.by.name if answer.by else None,
        "rows": rows,
        "known": written_moment(answer.known_at),
        "revision": answer.revision,
    }
    return About({**facts, **_common(base_url)}, answer.known_at)


def _common(base_url: str) -> dict[str, str]:
    return {
        "licence": settings.DATA_LICENCE or _("None is stated: ask who publishes this."),
        "licence_url": settings.DATA_LICENCE_URL,
        "definitions": f"{base_url}{reverse('methodology')}",
        "columns": f"{base_url}{reverse('data')}",
        "dates": _("An uncertain date stands in three columns: as written (EDTF), its earliest and its latest day."),
        "floor": _("A documented number is a floor: the true one is higher."),
    }


def _demonstration(has_fiction: bool) -> str:
    return _("Demonstration data: fictional people are among these.") if has_fiction else ""


def written_moment(moment: datetime) -> str:
    """A moment in UTC, as JSON answers have it."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return "&".join(f"{name}={one}" for name, values in value.items() for one in values)
    return str(value)


def _labels() -> dict[str, str]:
    return {
        "demonstration": _("Notice"),
        "what": _("What this is"),
        "site": _("Site"),
        "link": _("Link that asks the same"),
        "measure": _("Measure"),
        "unit": _("Unit"),
        "from": _("From"),
        "to": _("To"),
        "on": _("On the day"),
        "recognised": _("Recognised"),
        "filters": _("Filters"),
        "by": _("By"),
        "sort": _("Order"),
        "people": _("People"),
        "rows": _("Rows"),
        "known": _("As known at"),
        "revision": _("Revision"),
        "licence": _("Licence"),
        "licence_url": _("Text of the licence"),
        "definitions": _("Definitions"),
        "columns": _("What each column says"),
        "dates": _("Dates"),
        "floor": _("Completeness"),
    }
