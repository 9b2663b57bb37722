"""A count in words: the sentence that a reporter can print, and how to cite it."""

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .answers import Answer
from .filters import ANY, EVER, THEN
from .tally import PEOPLE, Figures


def number(value: int) -> str:
    """A number with the separators of the page's language."""
    return formats.number_format(value, force_grouping=True)


def amount(figures: Figures) -> str:
    """Such as “1,430”, or “at least 1,430 (at most 1,437)” where the bounds differ."""
    if figures.is_certain:
        return number(figures.at_least)
    return _("at least %(low)s (at most %(high)s)") % {"low": number(figures.at_least), "high": number(figures.at_most)}


def sentence(answer: Answer) -> str:
    """Such as “On 15 January 2024 at least 1,430 people recognised by then as political prisoners were held.”

    Documented cases are a floor: even a certain number is “at least”.
    """
    count = _("at least %(number)s") % {"number": number(answer.total.at_least)}
    text = _TEMPLATES[answer.measure.name](answer.total.at_least) % {"count": count, "who": _who(answer), "when": _when(answer)}
    return text[0].upper() + text[1:]


def doubt(answer: Answer) -> str:
    """What uncertain dates leave open, as a sentence of its own; empty where they leave nothing."""
    if answer.total.is_certain:
        return ""
    return _("Where dates are uncertain it can be up to %(number)s.") % {"number": number(answer.total.at_most)}


_TEMPLATES = {
    "held": lambda number: ngettext("%(when)s %(count)s %(who)s was held.", "%(when)s %(count)s %(who)s were held.", number),
    "arrests": lambda number: ngettext(
        "%(when)s %(count)s %(who)s was arrested.", "%(when)s %(count)s %(who)s were arrested.", number
    ),
    "releases": lambda number: ngettext(
        "%(when)s %(count)s %(who)s was released.", "%(when)s %(count)s %(who)s were released.", number
    ),
    "deaths": lambda _number: _("%(when)s %(count)s %(who)s died in custody."),
    "ever": lambda _number: _("%(when)s %(count)s %(who)s had been held at some time."),
}


def _when(answer: Answer) -> str:
    last = formats.date_format(answer.on, "j F Y")
    if not answer.measure.is_flow:
        return (_("by %(day)s") if answer.measure.name == "ever" else _("on %(day)s")) % {"day": last}
    if answer.first is None:
        return _("up to %(last)s") % {"last": last}
    return _("from %(first)s to %(last)s") % {"first": formats.date_format(answer.first, "j F Y"), "last": last}


def _who(answer: Answer) -> str:
    number_of = answer.total.at_least
    if answer.unit == PEOPLE:
        noun = ngettext("person", "people", number_of)
    else:
        noun = ngettext("arrested person (counted once an arrest)", "people (counted once an arrest)", number_of)
    narrowed = _(" of those selected") if answer.filters else ""
    return f"{noun}{narrowed}{_basis(answer)}"


def _basis(answer: Answer) -> str:
    if answer.recognised == ANY:
        return ""
    if answer.recognised == THEN:
        return _(" recognised by then as political prisoners")
    if answer.recognised == EVER:
        return _(" recognised at some time as political prisoners")
    return _(" recognised by then by %(organisation)s") % {"organisation": answer.recogniser_name}


def citation(answer: Answer, *, site_name: str, url: str) -> str:
    """How to cite the answer, in plain text."""
    can_change = _("This number can change: names were searched as they are now.") if "q" in answer.filters else ""
    words = {
        "sentence": " ".join(filter(None, [sentence(answer), doubt(answer), can_change])),
        "site": site_name,
        "moment": answer.known_at.strftime("%Y-%m-%d %H:%M UTC"),
        "revision": answer.revision,
        "url": url,
    }
    text = _("%(sentence)s %(site)s, as known on %(moment)s (revision %(revision)s). %(url)s") % words
    return f"{_('Demonstration data: fictional people are among these.')} {text}" if answer.has_fiction else text
