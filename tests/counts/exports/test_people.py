"""The rows of a file of people: as many as the list has, in its order, and each column what the case page says."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from counts.columns import Kind
from counts.exports import people_source
from counts.exports.jsons import jsonl_chunks
from counts.exports.people import PEOPLE, people_columns
from counts.exports.people_source import Changed, number_of, people_parts
from counts.exports.tables import Table
from counts.ledger import settle
from counts.listing import Listing
from prisoners.dates import UncertainDate
from prisoners.models import Arrest, Case, Context, Prisoner, Visibility
from prisoners.sentences import expected_end
from public.case import published_case
from public.coarse import CoarseArrest
from public.coarse_case import CoarseCase
from releases.models import Pardon
from tests.counts import worlds
from tests.counts.test_agreement import as_query, make_world, parameters, property_based
from tests.factories import make_arrest, make_prisoner, recognise
from tests.public.worlds import make_case, make_wave

pytestmark = pytest.mark.django_db
TODAY = date(2022, 1, 15)
SITE = "https://held.example"
Row = dict[str, Any]


def file_rows(query: str | QueryDict = "", *, today: date = TODAY) -> list[Row]:
    settle()
    listing = Listing(QueryDict(query) if isinstance(query, str) else query, today=today)
    parts = people_parts(listing, total=listing.total.at_most)
    lines = b"".join(jsonl_chunks(Table(people_columns(SITE), parts))).splitlines()
    return [json.loads(line) for line in lines]


@property_based
@given(population=worlds.populations, values=parameters, day=worlds.DAYS, sort=st.sampled_from(["-arrested", "arrested", "name"]))
def test_file_holds_exactly_the_rows_of_the_list_in_its_order(population, values, day, sort):
    with transaction.atomic():
        make_world(population)
        query = as_query({**values, "on": [day.isoformat()], "sort": [sort]})
        listing = Listing(query, today=TODAY)
        keys = list(listing.ledger_rows().values_list("prisoner_id", "is_certain"))
        codes = dict(Prisoner.objects.values_list("pk", "code"))
        rows = file_rows(query)
        assert [(row["code"], row["is_certain"]) for row in rows] == [(codes[pk], certain) for pk, certain in keys]
        assert (len(rows), number_of(listing)) == (listing.total.at_most, listing.total.at_most)
        transaction.set_rollback(True)


@property_based
@given(population=worlds.populations, values=parameters, day=worlds.DAYS)
def test_each_row_says_what_the_case_page_says(population, values, day):
    with transaction.atomic():
        make_world(population)
        query = as_query({**values, "on": [day.isoformat()]})
        hold_to_pages(query, day)
        transaction.set_rollback(True)


def test_rows_of_people_with_everything_say_what_their_pages_say():
    make_full_world()
    hold_to_pages(QueryDict(f"on={TODAY}"), TODAY)


def make_full_world() -> None:
    """People by name and by initials, with one of each thing that can be told, or must not be."""
    for visibility in (Visibility.NAMED, Visibility.INITIALS):
        make_case(arrests=2, gender="female", visibility=visibility)
        make_case(arrests=1, visibility=visibility)
    make_wave()
    Prisoner.objects.filter(arrests__release__pardon=Pardon.objects.first()).update(visibility=Visibility.INITIALS)
    Arrest.objects.update(
        case=Case.objects.create(slug="trial", title="A trial"), context=Context.objects.create(slug="protests", title="Protests")
    )
    make_arrest(make_prisoner(born="1961", died="2021-05-07"))


def hold_to_pages(query: QueryDict, day: date) -> None:
    settle()
    listing = Listing(query, today=TODAY)
    codes = dict(Prisoner.objects.values_list("pk", "code"))
    arrests = {codes[person]: arrest for person, arrest in listing.ledger_rows().values_list("prisoner_id", "arrest_id")}
    for row in file_rows(query):
        case = published_case(row["code"], day)
        of_person = case.arrests if isinstance(case, CoarseCase) else list(case.person.arrests.all())
        arrest = next(one for one in of_person if one.pk == arrests[row["code"]])
        told = coarse_facts(case, arrest) if isinstance(case, CoarseCase) else named_facts(case, arrest, day)
        expected = {**dict.fromkeys(NOT_ON_PAGES | set(told)), **told, "on": str(day), "arrests": len(of_person)}
        assert {name: row[name] for name in expected} == expected
        assert set(row) - set(expected) == NOT_COMPARED


# Columns that the person's page has nothing for, so they are empty unless it says something.
NOT_ON_PAGES = {column.name for column in PEOPLE} - (
    NOT_COMPARED := {
        "is_certain",
        "mechanism",
        "is_death",
        "first_recognised",
        "first_recognised_earliest",
        "first_recognised_latest",
    }
)


def coarse_facts(case: CoarseCase, arrest: CoarseArrest) -> Row:
    standing = case.standing
    assert standing is not None
    return {
        "code": case.face.code,
        "name": case.face.name.text if case.face.name else None,
        "visibility": "initials",
        "status": standing.kind,
        "is_confirmed": standing.is_confirmed if standing.is_in_custody else None,
        "gender": None if case.gender == "unknown" else case.gender,
        **uncertain("born", case.person.born),
        **uncertain("died", case.person.died),
        **uncertain("arrested", arrest.began),
        **uncertain("ended", arrest.ended),
        "occupations": sorted(term.code for term in case.occupations) or None,
        "country": arrest.country,
        "region": arrest.region or None,
        "context": arrest.context.slug if arrest.context else None,
        "context_title": arrest.context.title if arrest.context else None,
        **law([(statute.slug, statute.citation) for statute in arrest.articles]),
        "treatments": [kind.code for kind in arrest.treatments] or None,
        **organisations([one.organisation for one in arrest.recognitions if one.withdrawn_on is None]),
        "is_fictional": case.is_fictional,
        "url": f"{SITE}{case.face.url}",
    }


def named_facts(case: Any, arrest: Arrest, day: date) -> Row:
    person, standing = case.person, case.standing
    charges = [(charge.statute.slug, charge.statute.citation) for charge in arrest.charges.all()]
    native, release = person.native_name(), getattr(arrest, "release", None)
    listing_day = Listing(QueryDict(f"on={day}"), today=TODAY)
    can_be_held = listing_day.matched.rows.filter(arrest_id=arrest.pk, possible_from__lte=day, possible_until__gt=day).exists()
    ends = expected_end(arrest.judgments.all(), arrest.began) if can_be_held else None
    judgment = arrest.judgments.first()
    return {
        "code": person.code,
        "name": person.name().text,
        "native_name": native.text if native else None,
        "visibility": "named",
        "status": standing.kind,
        "is_confirmed": standing.is_confirmed if standing.is_in_custody else None,
        "gender": None if person.gender == "unknown" else person.gender,
        **uncertain("born", person.born),
        **uncertain("died", person.died),
        **uncertain("arrested", arrest.began),
        **uncertain("ended", arrest.ended),
        "occupations": sorted(term.code for term in person.occupations.all()) or None,
        "country": arrest.country,
        "region": arrest.region or None,
        "place": arrest.place or None,
        "context": arrest.context.slug if arrest.context else None,
        "context_title": arrest.context.title if arrest.context else None,
        "case": arrest.case.slug if arrest.case else None,
        "case_title": arrest.case.title if arrest.case else None,
        "pardon": release.pardon.slug if release and release.pardon else None,
        "wave": release.pardon.wave.slug if release and release.pardon else None,
        **law(charges),
        "sentence_kind": judgment.sentence_kind if judgment and judgment.sentence_kind != "unknown" else None,
        "sentence_months": judgment.sentence_months if judgment else None,
        "sentence_ends_earliest": str(ends.earliest) if ends and ends.earliest else None,
        "sentence_ends_latest": str(ends.latest) if ends and ends.latest else None,
        **facilities(arrest, day, can_be_held),
        "treatments": sorted({treatment.kind_id for treatment in arrest.treatments.all()}) or None,
        **organisations([one.organisation for one in arrest.recognitions.all() if one.withdrawn_on is None]),
        "last_confirmed": str(arrest.last_confirmed_on) if arrest.last_confirmed_on else None,
        "is_fictional": person.is_fictional,
        "url": f"{SITE}{person.get_absolute_url()}",
    }


def uncertain(name: str, value: UncertainDate | None) -> Row:
    days = (value.earliest, value.latest) if value else (None, None)
    earliest, latest = (str(day) if day else None for day in days)
    return {name: value.text if value else None, f"{name}_earliest": earliest, f"{name}_latest": latest}


def law(charges: list[tuple[str, str]]) -> Row:
    slugs, citations = zip(*sorted(charges), strict=True) if charges else ((), ())
    return {"articles": list(slugs) or None, "articles_cited": list(citations) or None}


def organisations(found: list[Any]) -> Row:
    in_order = sorted({(one.slug, one.name) for one in found})
    return {
        "recognised_by": [slug for slug, _name in in_order] or None,
        "recognised_by_names": [name for _slug, name in in_order] or None,
    }


def facilities(arrest: Arrest, day: date, can_be_held: bool) -> Row:
    """One stay at most, in these worlds: from its earliest to its latest day, or on."""
    stays = [stay for stay in arrest.stays.all() if can_be_held and _can_be_on(stay, day)]
    return {
        "facilities": [stay.facility.slug for stay in stays] or None,
        "facility_names": [stay.facility.name for stay in stays] or None,
    }


def _can_be_on(stay: Any, day: date) -> bool:
    first = stay.began.earliest if stay.began and stay.began.earliest else date.min
    last = stay.ended.latest if stay.ended and stay.ended.latest else date.max
    return first <= day < last


@pytest.mark.parametrize(
    ("made", "first"),
    [
        (["2021-03", "2020-05-01"], "2020-05-01"),
        (["2021-03", None], "2021-03"),
        ([None], None),
        (["../2020-12-31", "2021"], "../2020-12-31"),
    ],
)
def test_first_recognition_is_the_first_that_has_a_date(made, first):
    arrest = make_arrest(began="2018-01-01")
    for number, day in enumerate(made):
        recognise(arrest, made_on=day, by=f"group-{number}")
    recognise(arrest, made_on="2019", by="gone", withdrawn_on="2021")
    assert [row["first_recognised"] for row in file_rows()] == [first]


def test_first_recognition_of_somebody_with_initials_is_a_year():
    arrest = make_arrest(make_prisoner(visibility=Visibility.INITIALS))
    recognise(arrest, made_on="2021-03-05")
    [row] = file_rows()
    found = [row[f"first_recognised{bound}"] for bound in ("", "_earliest", "_latest")]
    assert found == ["2021", "2021-01-01", "2021-12-31"]


@pytest.mark.parametrize(
    ("facts", "mechanism", "is_death"),
    [
        ({}, None, None),
        ({"ended": "2021"}, "unknown", False),
        ({"ended": "2021", "died": "2021-05-01"}, "unknown", None),
        ({"died": "2021-05-01"}, "death_in_custody", True),
    ],
)
def test_end_of_custody_without_a_release_says_what_can_be_said(facts, mechanism, is_death):
    ended = {"ended": facts["ended"]} if "ended" in facts else {}
    make_arrest(make_prisoner(died=facts.get("died")), **ended)
    assert [(row["mechanism"], row["is_death"]) for row in file_rows()] == [(mechanism, is_death)]


@pytest.mark.parametrize("visibility", [Visibility.COUNTED, Visibility.INTERNAL])
def test_nobody_without_a_page_is_in_a_file(visibility):
    make_arrest(make_prisoner(visibility=visibility))
    shown = make_arrest()
    assert [row["code"] for row in file_rows()] == [shown.prisoner.code]


def test_file_that_gets_fewer_rows_than_were_announced_fails():
    make_arrest()
    settle()
    with pytest.raises(Changed):
        list(people_parts(Listing(QueryDict(""), today=TODAY), total=2))


@pytest.mark.parametrize("count", [1, 3])
def test_part_takes_the_same_queries_for_any_number_of_rows(count):
    for _number in range(count):
        make_case(arrests=2)
        make_case(visibility=Visibility.INITIALS)
    settle()
    listing = Listing(QueryDict(""), today=TODAY)
    total = listing.total.at_most
    with CaptureQueriesContext(connection) as captured:
        [part] = people_parts(listing, total=total)
    # plan, cursor, its rows, initials, no more rows, its end
    assert (len(captured), part.rows) == (6, 2 * count)


def test_rows_come_in_parts_in_one_order(monkeypatch):
    monkeypatch.setattr(people_source, "FIRST_ROWS", 1)
    monkeypatch.setattr(people_source, "ROWS", 2)
    for month in range(1, 8):
        make_arrest(began=f"2021-0{month}-01")
    assert [row["arrested"] for row in file_rows("sort=arrested")] == [f"2021-0{month}-01" for month in range(1, 8)]


def test_columns_are_told_apart_and_explained():
    assert len({column.name for column in PEOPLE}) == len(PEOPLE)
    assert [column.name for column in PEOPLE if not str(column.text)] == []
    assert {column.kind for column in PEOPLE} == set(Kind) - {Kind.NUMBER}
