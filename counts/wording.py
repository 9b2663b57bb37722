"""A count in words: the sentence that a reporter can print, and how to cite it."""

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .answers import Answer
from .durations import SENTENCE, SERVED, Between, Duration
from .filters import ANY, EVER, THEN
from .tally import PEOPLE, Figures
from .values import selection_words


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


def series_sentence(answer: Answer) -> str:
    """What the points of a series are, such as “At the end of each month, from 1 January 2023 to 15 January 2024.”"""
    if not answer.step or not answer.series:
        return ""
    templates = _CUMULATIVE if answer.is_cumulative else _FLOWS if answer.measure.is_flow else _DAYS
    return str(templates[answer.step]) % {
        "first": formats.date_format(answer.series[0].first, "j F Y"),
        "last": formats.date_format(answer.on, "j F Y"),
    }


def duration_sentence(duration: Duration) -> str:
    """A median and a total, with of how many arrests they are known."""
    if not duration.known:
        return str(_UNKNOWN[duration.name])
    words = {
        "median": _span(duration.median),
        "total": _span(duration.total),
        "known": number(duration.known),
        "arrests": number(duration.arrests),
    }
    return str(_DURATIONS[duration.name]) % words


def median_words(duration: Duration) -> str:
    """The median alone, for a cell of a table whose heading says of what; a dash where it isn't known of anybody."""
    return _span(duration.median) if duration.known else "–"


def _span(bounds: Between) -> str:
    low, high = (formats.number_format(value or 0, force_grouping=True) for value in (bounds.at_least, bounds.at_most))
    return low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}


_DAYS = {
    "month": gettext_lazy("On the last day of each month, from %(first)s to %(last)s."),
    "quarter": gettext_lazy("On the last day of each quarter, from %(first)s to %(last)s."),
    "year": gettext_lazy("On the last day of each year, from %(first)s to %(last)s."),
}
_FLOWS = {
    "month": gettext_lazy("In each month, from %(first)s to %(last)s."),
    "quarter": gettext_lazy("In each quarter, from %(first)s to %(last)s."),
    "year": gettext_lazy("In each year, from %(first)s to %(last)s."),
}
_CUMULATIVE = {
    "month": gettext_lazy("Added up from %(first)s to the end of each month, until %(last)s."),
    "quarter": gettext_lazy("Added up from %(first)s to the end of each quarter, until %(last)s."),
    "year": gettext_lazy("Added up from %(first)s to the end of each year, until %(last)s."),
}
_DURATIONS = {
    SERVED: gettext_lazy("Days in custody: median %(median)s, together %(total)s (known for %(known)s of %(arrests)s arrests)."),
    SENTENCE: gettext_lazy(
        "Months of imprisonment imposed: median %(median)s, together %(total)s (known for %(known)s of %(arrests)s arrests)."
    ),
}
_UNKNOWN = {
    SERVED: gettext_lazy("Days in custody: not known of anybody."),
    SENTENCE: gettext_lazy("Months of imprisonment imposed: not known of anybody."),
}

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
    narrowed = _(", of those selected (%(selection)s),") % {"selection": selection_words(answer)} if answer.filters else ""
    return f"{noun}{_basis(answer)}{narrowed}"


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
