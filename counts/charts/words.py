"""Numbers and texts of charts in their language. To be called where that language is active."""

import re

from django.utils.formats import get_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

# Languages whose readers expect their own digits; Django formats numbers with European ones.
_DIGITS = {"fa": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")}
_SEPARATORS = {"fa": "٬", "be": "\xa0"}  # Django’s formats have none for these
# What XML can't hold, and signs that would turn round the text after them.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"[\s\u2028\u2029]+")


def number(value: int) -> str:
    """A whole number with the digits and separators of the active language."""
    language = (get_language() or "en").split("-")[0]
    separator = _SEPARATORS.get(language) or get_format("THOUSAND_SEPARATOR")
    return digits(f"{value:,}".replace(",", str(separator)))


def digits(text: str) -> str:
    """A text with the digits of the active language."""
    return text.translate(_DIGITS.get((get_language() or "en").split("-")[0], {}))


def amount(at_least: int, at_most: int) -> str:
    """Such as “96”, or “96–97” where the bounds differ."""
    if at_least == at_most:
        return number(at_least)
    return _("%(low)s–%(high)s") % {"low": number(at_least), "high": number(at_most)}


def amount_in_words(at_least: int, at_most: int) -> str:
    """Such as “1,430”, or “1,430 to 1,437”."""
    if at_least == at_most:
        return number(at_least)
    return _("%(low)s to %(high)s") % {"low": number(at_least), "high": number(at_most)}


def clean(text: str) -> str:
    """A text that any XML can hold, on one line, and that turns no text beside it round."""
    return _SPACES.sub(" ", _UNFIT.sub("", _SPACES.sub(" ", text))).strip()
