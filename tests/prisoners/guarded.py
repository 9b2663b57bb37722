"""Writes as the database sees them, whatever way they take, and which of its rules refuses them."""

from django.db import IntegrityError, connection, transaction

from prisoners.acting import acting
from prisoners.models import Prisoner, Review, State
from tests.factories import make_arrest, make_prisoner


def by(name):
    return acting(actor=name)


def make_person(state=State.DRAFT, *, author="anna", **fields):
    """Somebody who lacks nothing, in this state, last changed by the author."""
    person = make_prisoner(state=state, **fields)
    make_arrest(person)
    with by(author):
        Prisoner.objects.filter(pk=person.pk).update(home_region="BY-HM")
    return person


def refusal(write):
    """The name of the rule that refuses the write; None when it is let through."""
    try:
        with transaction.atomic():
            write()
    except IntegrityError as error:
        return error.__cause__.diag.constraint_name
    return None


def check_at_once():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def set_raw(person, **columns):
    assignments = ", ".join(f"{column} = %s" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE prisoners_prisoner SET {assignments} WHERE id = %s", [*columns.values(), person.pk])


def set_bulk(person, **columns):
    for name, value in columns.items():
        setattr(person, name, value)
    Prisoner.objects.bulk_update([person], list(columns))


def set_saved(person, **columns):
    for name, value in columns.items():
        setattr(person, name, value)
    person.save()


WAYS = [set_raw, set_bulk, set_saved]


def open_items(person=None):
    items = Review.objects.filter(decision="", **({"prisoner": person} if person else {}))
    return sorted(items.values_list("author", "kind"))
