"""Every table of a person's record tells the database whose change it was, also one that is added tomorrow."""

import pytest
from django.apps import apps
from django.db import connection

from prisoners.acting import acting
from prisoners.models import Charge, Citation, Name, Prisoner, Review, Statute
from releases.models import Citation as ReleaseCitation
from releases.models import PardonLine, Release
from tests.factories import make_arrest, make_prisoner, make_source, recognise

pytestmark = pytest.mark.django_db
# What a source's list says is the pardon's, whoever it is matched to; reviews are opened by the watching itself.
NOT_OF_THE_RECORD = {PardonLine, Review}


def models_of_a_record():
    """The person's model, and all that lead to it from below."""
    here = [m for label in ("prisoners", "releases") for m in apps.get_app_config(label).get_models(include_auto_created=True)]
    found = {Prisoner}
    while more := {m for m in here if m not in found | NOT_OF_THE_RECORD and ties(m, found)}:
        found |= more
    return found - {Prisoner}


def ties(model, record):
    return {field.column for field in model._meta.concrete_fields if field.is_relation and field.related_model in record}


def watching():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, string_agg(tgname, ' ' ORDER BY tgname), min(encode(tgargs, 'escape')) "
            "FROM pg_trigger WHERE tgname LIKE 'watched%' GROUP BY 1"
        )
        return {table: (names, query) for table, names, query in cursor.fetchall()}


def test_every_table_of_a_record_is_watched_through_all_its_ties():
    found, record = watching(), models_of_a_record()
    assert {model._meta.db_table for model in record} == set(found)
    assert {names for names, _query in found.values()} == {"watched_delete watched_insert watched_update"}
    unread = {
        (model._meta.db_table, column)
        for model in record
        for column in ties(model, record | {Prisoner})
        if column not in found[model._meta.db_table][1]
    }
    assert unread == set()


def make_statute():
    return Statute.objects.create(slug="s", country="BY", law="CC", article="1", title="x")


WRITES = {
    "name": lambda arrest: Name.objects.create(prisoner=arrest.prisoner, text="Another"),
    "occupation": lambda arrest: arrest.prisoner.occupations.add("teacher"),
    "arrest": lambda arrest: type(arrest).objects.filter(pk=arrest.pk).update(place="Minsk"),
    "charge": lambda arrest: Charge.objects.create(arrest=arrest, statute=make_statute()),
    "recognition": lambda arrest: recognise_as(arrest),
    "citation of a part": lambda arrest: Citation.objects.create(recognition=arrest.recognitions.get(), source=make_source()),
    "release": lambda arrest: Release.objects.filter(arrest=arrest).update(note="x"),
    "citation of the release": lambda arrest: ReleaseCitation.objects.create(release=arrest.release, source=make_source()),
    "deleted release": lambda arrest: Release.objects.filter(arrest=arrest).delete(),
}


def recognise_as(arrest):
    arrest.recognitions.update(criteria_note="PACE 1900 a")


@pytest.mark.parametrize("what", WRITES)
def test_change_of_any_part_is_its_author_s_change_to_the_person(what):
    arrest = make_arrest(make_prisoner(), ended="2021")
    recognise(arrest)
    Release.objects.create(arrest=arrest, mechanism_id="unknown")
    other = make_arrest().prisoner
    with acting(actor="anna"):
        WRITES[what](arrest)
    assert Prisoner.objects.get(pk=arrest.prisoner_id).last_changed_by == "anna"
    assert Prisoner.objects.get(pk=other.pk).last_changed_by != "anna"
    items = Review.objects.filter(decision="", author="anna")
    assert list(items.values_list("prisoner_id", "kind")) == [(arrest.prisoner_id, "change")]
