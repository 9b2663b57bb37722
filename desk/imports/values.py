"""Single values of cells: each function reads one text, and raises BadValue with the reason when it can't be used."""

import datetime
import re
from functools import lru_cache

import pycountry
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from prisoners.dates import InvalidDate, UncertainDate
from prisoners.models.law import SentenceKind
from prisoners.models.person import Gender, Visibility
from prisoners.places import country_name, region_codes, region_name

from .choices import Choices
from .columns import COLUMNS
from .mapping import LANGUAGE, fold
from .problems import BadValue, not_one_of, shorten

CACHE = 1 << 16
MAX_MONTHS = 32_767
_WHOLE = re.compile("[1-9][0-9]{0,5}")
# Most addresses look like this; Django's check, which is slow, decides on the others.
_PLAIN_URL = re.compile(r"https?://([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.){1,3}[a-z]{2,63}([/?#][!-~]*)?")
_check_url = URLValidator(schemes=["http", "https"])


def _choices(what: str, enumeration: type[Gender] | type[Visibility] | type[SentenceKind]) -> Choices:
    return Choices(what, [(str(code), str(label)) for code, label in enumeration.choices])


gender = _choices("a gender known here", Gender).code
visibility = _choices("a visibility known here", Visibility).code
sentence_kind = _choices("a kind of sentence known here", SentenceKind).code


@lru_cache(maxsize=CACHE)
def date(text: str) -> UncertainDate:
    """An uncertain date."""
    try:
        return UncertainDate.parse(text)
    except InvalidDate as error:
        raise BadValue(str(error)) from None


@lru_cache(maxsize=CACHE)
def day(text: str) -> datetime.date:
    """A full day."""
    found = date(text)
    if not found.is_exact or found.earliest is None:
        raise BadValue(_("“%(text)s” must be one full day, such as 2020-08-09.") % {"text": text})
    return found.earliest


@lru_cache(maxsize=CACHE)
def country(text: str) -> str:
    """Two capital letters of ISO 3166-1."""
    if country_name(text) is not None:
        return text
    names = {fold(str(country_name(found.alpha_2))): found.alpha_2 for found in pycountry.countries}
    what = _("a country: use two capital letters of ISO 3166-1, such as BY")
    if fold(text) in names:
        raise BadValue(
            _("“%(text)s” is not %(what)s. Did you mean %(code)s?") % {"text": text, "what": what, "code": names[fold(text)]}
        )
    raise not_one_of(text, [], what) if country_name(text.upper()) is None else not_one_of(text, [text.upper()], what)


@lru_cache(maxsize=CACHE)
def region(text: str, of_country: str) -> str:
    """A code of ISO 3166-2, of this country."""
    if region_name(text) is not None:
        if not text.startswith(f"{of_country}-"):
            raise BadValue(_("“%(text)s” is not in the country %(country)s.") % {"text": text, "country": of_country})
        return text
    codes = region_codes(of_country)
    named = next((code for code in codes if fold(str(region_name(code))) == fold(text)), None)
    what = _("a region: use a code of ISO 3166-2, such as BY-HM")
    if named:
        raise BadValue(_("“%(text)s” is not %(what)s. Did you mean %(code)s?") % {"text": text, "what": what, "code": named})
    raise not_one_of(text, codes, what)


@lru_cache(maxsize=CACHE)
def home_region(text: str) -> str:
    """A code of ISO 3166-2, of any country: people are arrested far from home."""
    if region_name(text) is None:
        raise not_one_of(text, region_codes(text[:2]), _("a region: use a code of ISO 3166-2, such as BY-HM"))
    return text


@lru_cache(maxsize=CACHE)
def months(text: str) -> int:
    """A whole number above nothing."""
    if not _WHOLE.fullmatch(text) or int(text) > MAX_MONTHS:
        raise BadValue(
            _("“%(text)s” is not a number of months: use a whole number from 1 to %(most)s.")
            % {"text": shorten(text), "most": MAX_MONTHS}
        )
    return int(text)


def url(text: str) -> str:
    """An address that begins with http:// or https://."""
    try:
        if not _PLAIN_URL.fullmatch(text):
            _check_url(text)
    except ValidationError:
        raise BadValue(
            _("“%(text)s” is not a web address that begins with http:// or https://.") % {"text": shorten(text)}
        ) from None
    return sized("source_url", text)


@lru_cache(maxsize=CACHE)
def language(text: str) -> str:
    """A code of ISO 639, with a script or a region where that matters; “und” if not known."""
    main = text.partition("-")[0]
    known = text == "und" or (
        LANGUAGE.fullmatch(text) and pycountry.languages.get(**{"alpha_2" if len(main) == 2 else "alpha_3": main}) is not None
    )
    if not known:
        raise BadValue(_("“%(text)s” is not a language: use a code of ISO 639, such as be or ru.") % {"text": shorten(text)})
    return text


def named_in(text: str) -> tuple[str, str]:
    """“be:Імя” into a language and a name."""
    code, colon, name = text.partition(":")
    if not colon or not name.strip():
        raise BadValue(
            _("“%(text)s” is not a language and a name: write it as be:Імя, several divided by |.") % {"text": shorten(text)}
        )
    return language(code.strip()), line("names", name)


def line(column: str, text: str) -> str:
    """A text on one line, without white space in a row."""
    return sized(column, text if text.isalnum() else " ".join(text.split()))


def sized(column: str, text: str) -> str:
    """A text no longer than its column allows."""
    limit = COLUMNS[column].max_length
    if limit and len(text) > limit:
        raise BadValue(_("The text has %(size)s characters; %(limit)s are the most.") % {"size": len(text), "limit": limit})
    return text
