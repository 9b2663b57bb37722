"""Countries and regions."""

import re

import pycountry
import pytest
from django.core.exceptions import ValidationError

from prisoners import places


@pytest.mark.parametrize(
    ("code", "name"),
    [("BY", "Belarus"), ("IR", "Iran"), ("XX", None), ("by", None), ("BLR", None), ("", None), ("ВУ", None)],
)
def test_country_name_is_that_of_the_standard_or_none(code, name):
    assert places.country_name(code) == name


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("BY-HM", "Minsk"),
        ("BY-BR", "Brest region"),
        ("LT-VL", "Vilniaus apskritis"),
        ("BY", None),
        ("BY-XX", None),
        ("by-hm", None),
    ],
)
def test_region_name_is_english_where_we_have_it(code, name):
    assert places.region_name(code) == name


def test_regions_of_a_country_are_sorted_and_those_of_none_are_none():
    assert places.region_codes("BY") == ["BY-BR", "BY-HM", "BY-HO", "BY-HR", "BY-MA", "BY-MI", "BY-VI"]
    assert places.region_codes("XX") == []


def test_regions_with_an_english_name_all_exist():
    assert [code for code in places._ENGLISH if pycountry.subdivisions.get(code=code) is None] == []


def test_codes_of_the_standard_all_have_the_shape_that_the_database_wants():
    assert [c.alpha_2 for c in pycountry.countries if not re.fullmatch("[A-Z]{2}", c.alpha_2)] == []
    assert [r.code for r in pycountry.subdivisions if not re.fullmatch("[A-Z]{2}-[A-Z0-9]{1,3}", r.code)] == []


def test_country_that_is_not_one_is_refused_with_what_is_valid():
    places.validate_country("BY")
    with pytest.raises(ValidationError) as refused:
        places.validate_country("XX")
    assert refused.value.messages == ["“XX” is not a country: use two capital letters of ISO 3166-1, such as BY."]


def test_region_that_is_not_one_is_refused_with_the_valid_ones_of_its_country():
    places.validate_region("BY-HM")
    with pytest.raises(ValidationError) as refused:
        places.validate_region("BY-XX")
    assert refused.value.messages == [
        "“BY-XX” is not a region: use a code of ISO 3166-2, such as BY-HM. "
        "Valid: BY-BR, BY-HM, BY-HO, BY-HR, BY-MA, BY-MI, BY-VI."
    ]


def test_region_of_a_country_without_regions_is_refused_with_that_reason():
    with pytest.raises(ValidationError, match="Valid: none are known for this country"):
        places.validate_region("XX-AA")
