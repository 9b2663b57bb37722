"""Embargoes, and the day on which a person first became public."""

import json
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection

from counts.ledger import settle
from counts.models import LedgerRow, Revision
from prisoners.embargo import lift_embargoes
from prisoners.models import Prisoner
from tests.factories import as_operator, make_arrest, make_prisoner

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


def embargoed(**fields):
    return make_arrest(make_prisoner(embargo_until=DAY, **fields)).prisoner


def test_embargoed_person_is_in_no_number_whatever_the_day():
    embargoed()
    settle()
    assert (LedgerRow.objects.count(), Prisoner.objects.in_numbers().count()) == (0, 0)


@pytest.mark.parametrize(("today", "lifted"), [(date(2026, 2, 28), 0), (DAY, 1), (date(2027, 1, 1), 1)])
def test_embargo_is_lifted_from_its_day_on(today, lifted):
    embargoed()
    assert len(lift_embargoes(today=today)) == lifted
    settle()
    assert (LedgerRow.objects.count(), Prisoner.objects.published().count()) == (lifted, lifted)


@pytest.mark.django_db(transaction=True)  # the revision is written at the commit
def test_lifting_is_one_revision_that_says_who_and_why():
    embargoed()
    embargoed()
    before = Revision.objects.count()
    lift_embargoes(today=DAY)
    newest = Revision.objects.first()
    assert (Revision.objects.count(), newest.actor, newest.reason) == (
        before + 1,
        "embargo",
        "The day of the embargo has come.",
    )


def test_lifting_publishes_nobody_who_is_a_draft():
    draft = embargoed(state="draft")
    assert lift_embargoes(today=DAY) == [draft.code]
    assert Prisoner.objects.published().count() == 0


def test_command_lists_the_people_for_scripts(capsys):
    code = embargoed().code
    call_command("lift_embargoes", json=True)
    assert json.loads(capsys.readouterr().out) == {"lifted": [code]}
    call_command("lift_embargoes")
    assert capsys.readouterr().out == "0 lifted.\n"


def published_on(person):
    return Prisoner.objects.values_list("published_on", flat=True).get(pk=person.pk)


def today():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_date")
        return cursor.fetchone()[0]


@pytest.mark.parametrize("facts", [{"state": "draft"}, {"visibility": "internal"}, {"embargo_until": DAY}])
def test_first_day_of_being_public_is_noted_by_the_database(facts):
    person = make_arrest(make_prisoner(**facts)).prisoner
    assert published_on(person) is None
    with as_operator(), connection.cursor() as cursor:
        cursor.execute("UPDATE prisoners_prisoner SET state = 'published', visibility = 'counted', embargo_until = NULL")
    assert published_on(person) == today()


def test_first_day_of_being_public_never_changes():
    person = make_arrest(make_prisoner(published_on=DAY)).prisoner
    person.published_on = None
    person.save()
    Prisoner.objects.update(state="withdrawn", published_on=date(2001, 1, 1))
    with as_operator():
        Prisoner.objects.update(state="published")
    assert published_on(person) == DAY
