"""Countries (ISO 3166-1) and regions (ISO 3166-2): which exist, and what they are called."""

from functools import lru_cache

import pycountry
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# English names where the standard has only a local one.
_ENGLISH = {
    "BY-BR": "Brest region",
    "BY-HM": "Minsk",
    "BY-HO": "Homieĺ region",
    "BY-HR": "Hrodna region",
    "BY-MA": "Mahilioŭ region",
    "BY-MI": "Minsk region",
    "BY-VI": "Viciebsk region",
}


@lru_cache(maxsize=512)
def country_name(code: str) -> str | None:
    """The English name of an ISO 3166-1 alpha-2 code; None when there is no such country."""
    country = pycountry.countries.get(alpha_2=code) if len(code) == 2 and code.isupper() else None
    return None if country is None else str(getattr(country, "common_name", country.name))


@lru_cache(maxsize=8192)
def region_name(code: str) -> str | None:
    """The name of an ISO 3166-2 code such as BY-HM; None when there is no such region."""
    if code in _ENGLISH:
        return _ENGLISH[code]
    region = pycountry.subdivisions.get(code=code) if code.isupper() else None
    return None if region is None else str(region.name)


def region_codes(country: str) -> list[str]:
    """The regions of a country, sorted."""
    return sorted(region.code for region in pycountry.subdivisions.get(country_code=country) or [])


def validate_country(code: str) -> None:
    """Raises ValidationError when there is no such country."""
    if country_name(code) is None:
        raise ValidationError(
            _("“%(code)s” is not a country: use two capital letters of ISO 3166-1, such as BY."),
            code="unknown_country",
            params={"code": code},
        )


def validate_region(code: str) -> None:
    """Raises ValidationError, with the valid regions of the country, when there is no such region."""
    if region_name(code) is None:
        valid = ", ".join(region_codes(code[:2])) or _("none are known for this country")
        raise ValidationError(
            _("“%(code)s” is not a region: use a code of ISO 3166-2, such as BY-HM. Valid: %(valid)s."),
            code="unknown_region",
            params={"code": code, "valid": valid},
        )
