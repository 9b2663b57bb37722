"""The public tables tell what disclosure lets readers see, of whom the doors let through, and nothing else."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counts.columns import Kind
from counts.ledger import settle
from counts.tables import TABLES
from counts.tables.doors import doors
from prisoners import disclosure
from prisoners.consenting import may_tell_of_health
from prisoners.disclosure import Audience, audiences
from prisoners.models import Consent, Prisoner
from prisoners.models.consent import Scope, Speaker
from public.coarse import in_years
from releases import disclosure as releases_disclosure
from tests.factories import make_arrest, make_prisoner

TODAY = date(2026, 11, 22)
DECLARED = {"prisoners": disclosure.DECLARATION, "releases": releases_disclosure.DECLARATION}
FOR_READERS = {Audience.PUBLIC, Audience.CONSENT, Audience.AGREED, Audience.SOURCE}
COLUMNS = [(table, column) for table in TABLES for column in table.columns]


def audience_by_field() -> dict[str, Audience]:
    """Who sees each field of the records, by Model.field; of the two citations, what both say."""
    models = [model for app in DECLARED for model in apps.get_app_config(app).get_models() if model.__name__ in DECLARED[app]]
    return {
        f"{model.__name__}.{name}": audience
        for model in models
        for name, audience in audiences(model, DECLARED[model._meta.app_label]).items()
    }


def told() -> dict[str, set[str]]:
    """The fields of the records that each column gives away."""
    return {f"{table.name}.{column.name}": set(column.tells.split()) for table, column in COLUMNS}


def test_columns_tell_only_what_readers_may_see() -> None:
    known = audience_by_field()
    assert {field for fields in told().values() for field in fields} - set(known) == set()
    hidden = {name for name, fields in told().items() for field in fields if known[field] not in FOR_READERS}
    assert hidden == set()


# Columns that give no field of a record away: keys that are made for the data set, and what the doors decide.
TELL_NOTHING = {
    *("prisoners.visibility", "prisoners.initials", "names.id", "arrests.id", "stays.id", "charges.id", "judgments.id"),
    *("treatments.id", "recognitions.id", "void_releases.id", "citations.table", "citations.record", "citations.prisoner"),
    "sources.id",
}


def test_columns_that_tell_no_field_are_known_by_name() -> None:
    assert {name for name, fields in told().items() if not fields} == TELL_NOTHING


# Fields that readers may see and that no table has, with why.
NOT_TOLD = {
    *("Arrest.certainly_held", "Arrest.possibly_held"),  # held_certainly_* and held_possibly_* say it with death and birth
    *(f"Citation.{name}" for name in ("prisoner", "name", "arrest", "stay", "charge", "judgment", "treatment", "recognition")),
    *(f"Citation.{name}" for name in ("release", "void_release", "pardon", "event")),  # citations.table and .record
    *("Photo.small_width", "Photo.small_height"),  # of the small picture, which the page alone needs
}


def test_every_field_that_readers_may_see_is_told_or_left_out_on_purpose() -> None:
    public = {field for field, audience in audience_by_field().items() if audience in FOR_READERS}
    every = {field for fields in told().values() for field in fields}
    assert public - every == NOT_TOLD


def test_columns_of_people_are_hidden_of_initials_unless_they_say_what() -> None:
    """What a case page of somebody with initials tells (public/coarse_case.py), by table."""
    coarse: dict[str, set[str]] = {}
    for table, column in COLUMNS:
        if table.of_people and column.coarse is not None:
            coarse.setdefault(table.name, set()).add(column.name)
    dates = ("", "_earliest", "_latest")
    assert coarse == {
        "prisoners": {"code", "visibility", "initials", "is_fictional", "country", "gender", "occupations"}
        | {f"{name}{end}" for name in ("born", "died") for end in dates},
        "arrests": {"id", "prisoner", "is_death", "country", "region", "context"}
        | {f"{name}{end}" for name in ("began", "ended") for end in dates},
        "charges": {"id", "arrest", "article"},
        "treatments": {"id", "arrest", "kind"},
        "recognitions": {"id", "arrest", "organisation"}
        | {f"{name}{end}" for name in ("made_on", "withdrawn_on") for end in dates},
        "releases": {"arrest", "mechanism"},
        # Behind doors that let the named alone through; their keys.
        **{name: {"id", "arrest"} for name in ("stays", "judgments", "void_releases")},
        "photos": {"prisoner"},
    }


def test_names_are_once_and_links_lead_to_keys() -> None:
    names = [table.name for table in TABLES]
    assert len(set(names)) == len(names)
    by_name = {table.name: table for table in TABLES}
    for table in TABLES:
        assert len(set(table.column_names)) == len(table.columns)
        assert set(table.key) <= set(table.column_names)
        for link in table.links:
            assert (link.column in table.column_names, by_name[link.table].key) == (True, (link.key,)), (table.name, link)


def test_codes_of_lists_lead_to_their_meaning() -> None:
    """Every column of one code has a link, and each controlled list a table."""
    terms = {table.name for table in TABLES if {"code", "label", "labels", "standard", "position"} <= set(table.column_names)}
    controlled = {
        model for app in DECLARED for model in apps.get_app_config(app).get_models() if disclosure.is_controlled_list(model)
    }
    assert len(terms) == len(controlled)
    linked = {link.table for table in TABLES for link in table.links} & terms
    listed = {column.name for _table, column in COLUMNS if column.kind == Kind.LIST}
    assert terms - linked == listed & terms


def test_tables_and_columns_are_explained() -> None:
    assert [table.name for table in TABLES if not str(table.text).endswith(".")] == []
    assert [f"{table.name}.{column.name}" for table, column in COLUMNS if not str(column.text)] == []


def asked(select: str, day: date = TODAY) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(doors(day) + select)
        return cursor.fetchall()


@pytest.mark.django_db
def test_door_lets_through_whoever_has_a_page_and_knows_who_is_named() -> None:
    for state in ("draft", "in_review", "published", "withdrawn"):
        for visibility in ("named", "initials", "counted", "internal"):
            make_prisoner(state=state, visibility=visibility)
    make_prisoner(embargo_until=date(2020, 1, 1))
    through = dict(asked("SELECT code, is_coarse FROM person"))
    assert set(through) == set(Prisoner.objects.published().values_list("code", flat=True))
    named = set(Prisoner.objects.named().values_list("code", flat=True))
    assert {code for code, is_coarse in through.items() if not is_coarse} == named


days = st.dates(date(2026, 11, 19), date(2026, 11, 25))


@st.composite
def consents(draw: st.DrawFn) -> list[Consent]:
    """A log as the database allows it: one agreement of each speaker stands at a time."""
    found = []
    for speaker in (Speaker.SELF, Speaker.FAMILY):
        for number in range(draw(st.integers(0, 3))):
            given_on = draw(days)
            stands = number == 0 and draw(st.booleans())
            withdrawn_on = None if stands else max(given_on, draw(days))
            scope = draw(st.sampled_from([Scope.HEALTH, Scope.HEALTH, Scope.NAME]))
            found.append(Consent(scope=scope, given_by=speaker, given_on=given_on, withdrawn_on=withdrawn_on))
    return found


@pytest.mark.django_db
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(log=consents())
def test_door_tells_of_health_as_the_pages_do(log: list[Consent]) -> None:
    person = make_prisoner()
    for consent in log:
        consent.prisoner = person
    Consent.objects.bulk_create(log)
    [(with_health,)] = asked(f"SELECT with_health FROM person WHERE id = {person.pk}")
    assert with_health == may_tell_of_health(log, TODAY)


@st.composite
def uncertain_dates(draw: st.DrawFn) -> str:
    day = draw(st.dates(date(1, 1, 1), date(9999, 12, 31)))
    text = draw(st.sampled_from([f"{day:%Y}".zfill(4), day.isoformat()[:7], day.isoformat(), f"{day.isoformat()[:7]}~"]))
    other = draw(st.dates(day, date(9999, 12, 31)))
    return draw(st.sampled_from([text, f"{day}/{other}", f"{day}/..", f"../{day}"]))


@pytest.mark.django_db
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=uncertain_dates())
def test_dates_of_people_with_initials_are_widened_as_on_pages(text: str) -> None:
    born = next(column for _table, column in COLUMNS if column.name == "born")
    bounds = [column.coarse for _table, column in COLUMNS if column.name in ("born_earliest", "born_latest")]
    person = make_prisoner(visibility="initials", born=text)
    row = asked(f"SELECT {born.coarse}, {', '.join(map(str, bounds))} FROM prisoners_prisoner AS record WHERE id = {person.pk}")
    expected = in_years(Prisoner.objects.get(pk=person.pk).born)
    assert expected is not None
    assert row == [(expected.text, expected.earliest, expected.latest)]


@pytest.mark.django_db
def test_arrests_are_numbered_in_the_order_of_their_beginning() -> None:
    person = make_prisoner()
    last = make_arrest(person, began="2024")
    first = make_arrest(person, began="2020", ended="2021")
    unknown = make_arrest(person, began=None, ended="../2019-01-01")
    settle()
    numbered = dict(asked("SELECT id, key FROM arrest"))
    assert numbered == {unknown.pk: f"{person.code}-1", first.pk: f"{person.code}-2", last.pk: f"{person.code}-3"}
