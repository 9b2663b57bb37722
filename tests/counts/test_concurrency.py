"""Two editors at once: the ledger ends with both changes, and revisions stand in the order of their commits."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from counts.ledger import differences
from counts.models import LedgerRow, Revision
from prisoners.models import Charge, Statute
from tests.factories import make_arrest, make_organisation, make_prisoner, recognise

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*writers):
    """Run each writer in a transaction and a connection of its own; all have written before any commits."""
    run_together(writers, lambda write, barrier: (write(), barrier.wait(timeout=20)))


def in_turn(*writers):
    """The same, but a change to a person waits for whoever is changing that person: all have begun before any writes."""
    run_together(writers, lambda write, barrier: (barrier.wait(timeout=20), write()))


def run_together(writers, order):
    barrier = threading.Barrier(len(writers))

    def run(write):
        try:
            with transaction.atomic():
                order(write, barrier)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(write,)) for write in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
        assert not thread.is_alive()


def test_ledger_keeps_both_of_two_changes_to_one_arrest_made_at_once():
    arrest = make_arrest()
    make_organisation("monitor")
    statute = Statute.objects.create(slug="by-cc-342", country="BY", law="CC", article="342", title="x")
    in_turn(lambda: recognise(arrest), lambda: Charge.objects.create(arrest=arrest, statute=statute))
    row = LedgerRow.objects.current().get()
    assert (row.articles, len(row.recognisers), list(differences())) == ([statute.pk], 1, [])


def test_revisions_of_many_writers_are_gapless_and_in_the_order_of_their_moments():
    arrests = [make_arrest() for _ in range(6)]
    make_organisation("monitor")
    before = Revision.objects.count()
    at_once(*(lambda arrest=arrest: recognise(arrest) for arrest in arrests))
    revisions = list(Revision.objects.order_by("number").values_list("number", "recorded_at"))
    assert [number for number, _ in revisions] == list(range(1, before + 7))
    assert [moment for _, moment in revisions] == sorted(moment for _, moment in revisions)
    assert list(differences()) == []


def test_people_of_two_transactions_are_settled_apart():
    at_once(lambda: make_arrest(make_prisoner("First")), lambda: make_arrest(make_prisoner("Second")))
    assert LedgerRow.objects.current().count() == 2


def write_with_an_old_snapshot():
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        make_arrest()


def test_records_written_with_an_old_snapshot_are_refused():
    with pytest.raises(DatabaseError, match="READ COMMITTED"):
        write_with_an_old_snapshot()
    assert LedgerRow.objects.count() == 0
