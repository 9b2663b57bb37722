"""Template filters: dates and lengths of time in words, names with their language and direction."""

import datetime
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from counts import wording as counts_wording
from counts.answers import Answer
from counts.tally import Figures, Group
from prisoners.dates import UncertainDate
from prisoners.models import Name
from prisoners.models.photos import StoredImage
from prisoners.sentences import Remaining

from .. import photos, wording
from ..faces import Initials

register = template.Library()


@register.filter
def label(date: UncertainDate | None) -> str:
    """The date by itself, in words."""
    return wording.label(date)


@register.filter
def when(date: UncertainDate | None) -> str:
    """The date inside a sentence."""
    return wording.when(date)


@register.filter
def since(date: UncertainDate | None) -> str:
    """The beginning of something that lasts."""
    return wording.since(date)


@register.filter
def day(value: datetime.date) -> str:
    """A day known exactly."""
    return wording.day_words(value)


@register.filter
def moment(value: datetime.datetime) -> str:
    """A moment to the minute, in UTC: “1 February 2024, 14:05 UTC”."""
    utc = value.astimezone(datetime.UTC)
    return _("%(day)s, %(time)s UTC") % {"day": wording.day_words(utc.date()), "time": f"{utc:%H:%M}"}


@register.filter
def region(code: str) -> str:
    """The name of a region."""
    return wording.region(code)


@register.filter
def country(code: str) -> str:
    """The name of a country."""
    return wording.country(code)


@register.filter
def in_its_language(name: Name | Initials | None, default: Any = "") -> SafeString:
    """A name marked with its language and direction, so that it is pronounced and laid out right."""
    if name is None:
        return format_html("{}", default)
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', name.language_tag, name.direction, name.text)


@register.filter
def number(value: int) -> str:
    """A number with its thousands apart, as the language writes them."""
    return number_format(value, force_grouping=True)


@register.filter
def days_left(value: Remaining | None) -> str:
    """What remained of a sentence, in words, with its bounds."""
    if value is None:
        return ""
    return wording.between_days(value.at_least, value.at_most)


@register.filter
def range_of(value: Remaining) -> str:
    """A number within bounds: “12” or “12–14”."""
    return number(value.at_least) if value.at_least == value.at_most else f"{number(value.at_least)}–{number(value.at_most)}"


@register.filter
def ratio(value: tuple[int, int]) -> str:
    """A ratio within bounds: “19” or “19–20”."""
    low, high = (number(bound) for bound in value)
    return low if low == high else f"{low}–{high}"


@register.filter
def amount(figures: Figures) -> str:
    """A count within its bounds: “1,430”, or “at least 1,430 (at most 1,437)”."""
    return counts_wording.amount(figures)


@register.filter
def bounds(figures: Figures) -> str:
    """A count within its bounds, short: “1,430” or “1,430–1,437”."""
    low = number(figures.at_least)
    return low if figures.is_certain else f"{low}–{number(figures.at_most)}"


@register.filter
def median(group: Group | Answer, name: str) -> str:
    """The median of a figure, of a group or of the whole answer; a dash where nothing is known."""
    duration = group.durations.get(name)
    return counts_wording.median_words(duration) if duration else "–"


@register.filter
def floor(figures: Figures) -> str:
    """A count in large type: “1,430”, or “at least 1,430” where the dates leave more possible."""
    low = number(figures.at_least)
    return low if figures.is_certain else _("at least %(low)s") % {"low": low}


@register.filter
def share(value: int, largest: int) -> str:
    """The length of a bar, of 100."""
    return f"{100 * value / largest:.1f}" if largest else "0"


@register.filter
def display_size(image: StoredImage) -> tuple[int, int]:
    """The width and the height that an image takes on the page."""
    return photos.display_size(image)
