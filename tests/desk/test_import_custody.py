"""Arrests without a day, ends without a day, deaths: nothing is certain that the row doesn't make certain."""

import datetime

import pytest

from prisoners.models import Arrest, Prisoner
from releases.models import Pardon, Release, Wave

from .importing import row

DAY = datetime.date


@pytest.mark.parametrize(
    ("cells", "as_at", "confirmed"),
    [
        ({}, DAY(2020, 9, 30), DAY(2020, 9, 30)),
        ({"last_confirmed": "2020-05-01"}, DAY(2020, 9, 30), DAY(2020, 5, 1)),
        ({}, None, None),
        ({"arrested": "2020-08-09"}, DAY(2020, 9, 30), None),
        ({"released": "2020-09-01"}, DAY(2020, 9, 30), None),
        ({"died": "2018-01-02"}, DAY(2020, 9, 30), None),
        ({"died": "2020"}, DAY(2020, 9, 30), None),
        ({"died": "2020-09-30"}, DAY(2020, 9, 30), None),
        ({"died": "2020-10-01"}, DAY(2020, 9, 30), DAY(2020, 9, 30)),
        ({"died": "../2024"}, DAY(2020, 9, 30), None),
        ({"sentence_ends": "2014"}, DAY(2020, 9, 30), DAY(2020, 9, 30)),
    ],
)
def test_day_of_the_list_confirms_custody_of_those_alive_and_held(importer, cells, as_at, confirmed):
    assert importer([row(arrested="") | cells], as_at=as_at).status == 0
    assert Arrest.objects.get().last_confirmed_on == confirmed


@pytest.mark.parametrize(("ends", "confirmed"), [("2020-09-30", None), ("2020-10", DAY(2020, 9, 30)), ("2020", DAY(2020, 9, 30))])
def test_day_of_the_list_confirms_nothing_after_the_sentence_where_the_mapping_says_so(importer, ends, confirmed):
    importer([row(arrested="", sentence_ends=ends)], as_at=DAY(2020, 9, 30), mapping="confirm_after_sentence = false")
    assert Arrest.objects.get().last_confirmed_on == confirmed


def test_death_known_from_elsewhere_keeps_the_list_from_confirming_custody(importer):
    importer([row(case_id="c1", person_id="p", arrested="2015", released="2016")])
    Prisoner.objects.update(died="2018")
    importer([row(case_id="c2", person_id="p", arrested="")], as_at=DAY(2020, 9, 30))
    assert list(Arrest.objects.order_by("pk").values_list("last_confirmed_on", flat=True)) == [None, None]


@pytest.mark.parametrize(
    ("cells", "as_at", "ended", "mechanism"),
    [
        ({"released": "2021-05"}, None, "2021-05", "unknown"),
        ({"mechanism": "pardon"}, DAY(2023, 5, 1), "../2023-05-01", "pardon"),
        ({"mechanism": "pardon", "source_date": "2023-04"}, None, "../2023-04-30", "pardon"),
        ({"mechanism": "pardon", "source_date": "2023-04"}, DAY(2023, 5, 1), "../2023-05-01", "pardon"),
        ({"mechanism": "death in custody", "died": "2022-03"}, DAY(2023, 5, 1), "2022-03", "death_in_custody"),
        ({"pardon": "spring/first"}, DAY(2023, 5, 1), "../2023-05-01", "amnesty"),
        ({"pardon": "first", "mechanism": "pardon", "released": "2023-04-09"}, None, "2023-04-09", "pardon"),
    ],
)
def test_end_of_custody_is_as_exact_as_the_row(importer, cells, as_at, ended, mechanism):
    wave = Wave.objects.create(slug="spring", title="Spring")
    pardon = Pardon.objects.create(wave=wave, slug="first", title="First", legal_form="amnesty")
    assert importer([row(**cells)], as_at=as_at).status == 0
    release = Release.objects.select_related("arrest").get()
    assert (str(release.arrest.ended), release.mechanism_id) == (ended, mechanism)
    assert release.pardon == (pardon if "pardon" in cells else None)
