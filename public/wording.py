"""Uncertain dates, spans of time, ages and places in words. What isn't known is said, never smoothed over.

Every phrase that a translator needs is a whole one: no sentence is glued together from pieces.
"""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from prisoners.dates import UncertainDate
from prisoners.places import country_name, region_name

_OPEN = ".."
_YEAR, _MONTH = 4, 7  # lengths of “2020” and “2020-08”
_FEW_DAYS = 90  # said in days; more is said in months
_DAYS_IN_A_MONTH = 30.436875  # on average


def day_words(day: datetime.date) -> str:
    """Such as “9 August 2020”."""
    return date_format(day, pgettext("how to write a day", "j F Y"))


def label(date: UncertainDate | None) -> str:
    """The date by itself: “9 August 2020”, “August 2020”, “between 9 and 12 August 2020”, “date unknown”."""
    if date is None:
        return _("date unknown")
    if "/" in date.text:
        return _interval(date)
    text = _part(date.text.removesuffix("~"), _first(date))
    return _("about %(date)s") % {"date": text} if date.is_about else text


def when(date: UncertainDate | None) -> str:
    """The date inside a sentence: “on 9 August 2020”, “in August 2020”, “about August 2020”, “on an unknown date”."""
    if date is None:
        return _("on an unknown date")
    if date.is_about or ("/" in date.text and not _is_plain(date)):
        return label(date)
    if _length(date) > _MONTH:
        return pgettext("a day", "on %(date)s") % {"date": label(date)}
    return pgettext("a month or a year", "in %(date)s") % {"date": label(date)}


def since(date: UncertainDate | None) -> str:
    """The beginning of something that lasts: “since 9 August 2020”, “since an unknown date”."""
    if date is None:
        return _("since an unknown date")
    if date.earliest is None:
        return _("since %(date)s or earlier") % {"date": _part(date.text.split("/")[1], _last(date))}
    if date.latest is None:
        return _("since %(date)s or later") % {"date": _part(date.text.split("/")[0], _first(date))}
    if "/" in date.text and not _is_plain(date):
        return _("since some day %(date)s") % {"date": label(date)}
    return _("since %(date)s") % {"date": label(date)}


def span(start: datetime.date, end: datetime.date) -> str:
    """How long from one day to another, in whole years and months: “3 years, 5 months”; in days when under a month."""
    whole = whole_months(start, end)
    return days((end - start).days) if whole < 1 else months(whole)


def whole_months(start: datetime.date, end: datetime.date) -> int:
    """Months that have passed in full."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def months(number: int) -> str:
    """A length given in months: “3 years, 5 months”."""
    years, rest = divmod(number, 12)
    in_years = ngettext("%(number)d year", "%(number)d years", years) % {"number": years}
    in_months = ngettext("%(number)d month", "%(number)d months", rest) % {"number": rest}
    if not years:
        return in_months
    return _("%(years)s, %(months)s") % {"years": in_years, "months": in_months} if rest else in_years


def days(number: int) -> str:
    """A number of days: in days up to 90, else in whole months of average length."""
    if number > _FEW_DAYS:
        return months(int(number / _DAYS_IN_A_MONTH))
    return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}


def between_days(fewest: int, most: int) -> str:
    """A number of days that is known within bounds."""
    if fewest > _FEW_DAYS:
        return between_months(int(fewest / _DAYS_IN_A_MONTH), int(most / _DAYS_IN_A_MONTH))
    return between_spans(days(fewest), days(most))


def between_months(shortest: int, longest: int) -> str:
    """A length in months that is known within bounds: “2 years, 8–9 months” where only the months differ."""
    years, low = divmod(shortest, 12)
    if shortest == longest or not low or years != longest // 12:
        return between_spans(months(shortest), months(longest))
    in_months = _("%(low)d–%(high)d months") % {"low": low, "high": longest % 12}
    if not years:
        return in_months
    in_years = ngettext("%(number)d year", "%(number)d years", years) % {"number": years}
    return _("%(years)s, %(months)s") % {"years": in_years, "months": in_months}


def between_spans(shortest: str | None, longest: str | None) -> str:
    """A length of time that is known within bounds; None for a bound that isn't known, empty when neither is."""
    if shortest == longest:
        return shortest or ""
    if longest is None:
        return _("at least %(span)s") % {"span": shortest}
    if shortest is None:
        return _("at most %(span)s") % {"span": longest}
    return _("between %(shortest)s and %(longest)s") % {"shortest": shortest, "longest": longest}


def age_words(ages: tuple[int, int] | None) -> str:
    """“34 years old”, “33 or 34 years old”, empty when unknown."""
    if ages is None:
        return ""
    youngest, oldest = ages
    if youngest == oldest:
        return ngettext("%(age)d year old", "%(age)d years old", oldest) % {"age": oldest}
    if oldest - youngest == 1:
        return _("%(youngest)d or %(oldest)d years old") % {"youngest": youngest, "oldest": oldest}
    return _("between %(youngest)d and %(oldest)d years old") % {"youngest": youngest, "oldest": oldest}


def capitalised(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def region(code: str) -> str:
    """The name of a region; the code itself when the standard has dropped it."""
    return region_name(code) or code


def country(code: str) -> str:
    """The name of a country; the code itself when the standard has dropped it."""
    return country_name(code) or code


def _interval(date: UncertainDate) -> str:
    start, end = date.text.split("/")
    if start == _OPEN:
        return _open_ended(end, _last(date), _("on or before %(date)s"), _("in or before %(date)s"))
    if end == _OPEN:
        return _open_ended(start, _first(date), _("on or after %(date)s"), _("in or after %(date)s"))
    if start == end:
        return _part(start, _first(date))
    return _("between %(first)s and %(last)s") % {"first": _shortened(date, start, end), "last": _part(end, _last(date))}


def _open_ended(part: str, day: datetime.date, of_day: str, of_longer: str) -> str:
    return (of_day if len(part) > _MONTH else of_longer) % {"date": _part(part, day)}


def _shortened(date: UncertainDate, start: str, end: str) -> str:
    """The first of two days or months, without the month or year that the second one says anyway."""
    first, last = _first(date), _last(date)
    if first.year != last.year or len(start) != len(end) or len(start) == _YEAR:
        return _part(start, first)
    if len(start) == _MONTH:
        return date_format(first, pgettext("how to write a month without its year", "F"))
    if first.month == last.month:
        return date_format(first, pgettext("how to write a day without its month", "j"))
    return date_format(first, pgettext("how to write a day without its year", "j F"))


def _part(part: str, day: datetime.date) -> str:
    if len(part) == _YEAR:
        return date_format(day, pgettext("how to write a year", "Y"))
    if len(part) == _MONTH:
        return date_format(day, pgettext("how to write a month", "F Y"))
    return day_words(day)


def _is_plain(date: UncertainDate) -> bool:
    """An interval from a part to itself is that part."""
    start, _slash, end = date.text.partition("/")
    return start == end


def _length(date: UncertainDate) -> int:
    return len(date.text.split("/")[0])


def _first(date: UncertainDate) -> datetime.date:
    assert date.earliest is not None
    return date.earliest


def _last(date: UncertainDate) -> datetime.date:
    assert date.latest is not None
    return date.latest
