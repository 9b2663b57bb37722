"""Random lives of a small database: what editors, imports, merges and withdrawals do to it, revision after revision."""

from django.db import connection
from hypothesis import strategies as st

from counts.ledger import settle
from prisoners.models import Arrest, Prisoner, Recognition, State, Visibility
from tests.counts import worlds
from tests.factories import as_operator

SMALL = st.integers(0, 9)
edits = st.one_of(
    st.tuples(st.sampled_from(["began", "ended"]), SMALL, st.none() | worlds.uncertain_dates()),
    st.tuples(st.just("region"), SMALL, st.sampled_from(["", "BY-HM", "BY-BR"])),
    st.tuples(st.just("gender"), SMALL, st.sampled_from(["female", "male", "unknown"])),
    st.tuples(st.just("state"), SMALL, st.sampled_from([State.WITHDRAWN, State.WITHDRAWN, State.PUBLISHED])),
    st.tuples(st.just("visibility"), SMALL, st.sampled_from(list(Visibility))),
    st.tuples(st.just("bulk"), SMALL, st.sampled_from(list(Visibility))),
    st.tuples(st.just("delete arrest"), SMALL, st.none()),
    st.tuples(st.just("delete person"), SMALL, st.none()),
    st.tuples(st.just("give arrest to"), SMALL, SMALL),
    st.tuples(st.just("recognise no more"), SMALL, st.none()),
    st.tuples(st.just("import"), SMALL, worlds.lives),
)


def apply(edit) -> None:
    """Make one change, as far as the database lets it be made, and its revision."""
    kind, number, value = edit
    with as_operator():
        worlds.unless_refused(lambda: (_EDITS[kind](kind, number, value), settle()))


def _one(records, number):
    found = list(records.order_by("pk"))
    return found[number % len(found)] if found else None


def _set_on_arrest(field, number, value):
    arrest = _one(Arrest.objects.all(), number)
    if arrest:
        setattr(arrest, field, value)
        arrest.save()


def _set_on_person(field, number, value):
    person = _one(Prisoner.objects.all(), number)
    if person:
        setattr(person, field, value)
        person.save()


def _bulk(_kind, number, visibility):
    """Several at once, past every model and service."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE prisoners_prisoner SET visibility = %s WHERE id %% 3 = %s", [visibility, number % 3])


def _delete_arrest(_kind, number, _value):
    arrest = _one(Arrest.objects.all(), number)
    if arrest:
        Arrest.objects.filter(pk=arrest.pk).delete()


def _delete_person(_kind, number, _value):
    person = _one(Prisoner.objects.all(), number)
    if person:
        person.delete()


def _give_arrest_to(_kind, number, other):
    """What a merge does to the records that are counted."""
    arrest, person = _one(Arrest.objects.all(), number), _one(Prisoner.objects.all(), other)
    if arrest and person:
        Arrest.objects.filter(pk=arrest.pk).update(prisoner=person)


def _recognise_no_more(_kind, number, _value):
    recognition = _one(Recognition.objects.all(), number)
    if recognition:
        Recognition.objects.filter(pk=recognition.pk).delete()


def _import(_kind, _number, life):
    worlds.settle_population([life])


_EDITS = {
    "began": _set_on_arrest,
    "ended": _set_on_arrest,
    "region": _set_on_arrest,
    "gender": _set_on_person,
    "state": _set_on_person,
    "visibility": _set_on_person,
    "bulk": _bulk,
    "delete arrest": _delete_arrest,
    "delete person": _delete_person,
    "give arrest to": _give_arrest_to,
    "recognise no more": _recognise_no_more,
    "import": _import,
}
