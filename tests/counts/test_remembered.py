"""What was counted once at a revision isn't counted again at it; and never taken for another's."""

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from counts.answering import answer
from counts.listing import Listing
from counts.moment import one_moment
from counts.remembered import rows
from prisoners.models import Name, Prisoner, State
from tests.factories import as_operator, make_arrest, make_prisoner

pytestmark = pytest.mark.django_db(transaction=True)
HELD = "measure=held&recognised=any&on=2022-01-01&by=region"


@pytest.fixture(autouse=True)
def nothing_remembered():
    caches["numbers"].clear()


def ask(query):
    with one_moment(5000):
        return answer(QueryDict(query), today=timezone.localdate(), now=timezone.now())


def asked_of_the_ledger(query):
    """The answer, and how many statements it took to count it."""
    with CaptureQueriesContext(
        connection,
    ) as context:
        answered = ask(query)
    return answered, sum("counts_ledgerrow" in query["sql"] for query in context.captured_queries)


def test_same_question_at_the_same_revision_is_counted_once():
    make_arrest(region="BY-HM")
    first, counted = asked_of_the_ledger(HELD)
    again, counted_again = asked_of_the_ledger(HELD)
    assert (counted > 0, counted_again) == (True, 0)
    assert (again.total, again.groups) == (first.total, first.groups)


def test_new_revision_is_counted_anew():
    arrest = make_arrest(region="BY-HM")
    before, _ = asked_of_the_ledger(HELD)
    with as_operator(), transaction.atomic():
        arrest.prisoner.state = State.WITHDRAWN
        arrest.prisoner.save()
    after, counted = asked_of_the_ledger(HELD)
    assert (before.total.at_most, after.total.at_most, after.groups, counted > 0) == (1, 0, [], True)


def test_list_shares_what_was_remembered_and_reads_its_rows():
    make_arrest()
    totals = []
    for _ in range(2):
        with one_moment(5000):
            listing = Listing(QueryDict(""), today=timezone.localdate())
            totals.append((listing.total.at_most, len(listing.rows), len(listing.facets)))
    assert totals[0] == totals[1] == (1, 1, 10)


def test_words_searched_are_asked_of_the_names_each_time():
    make_arrest(make_prisoner("Alena Fictional"))
    found = [ask("q=Alena&recognised=any").total.at_most]
    Name.objects.update(text="Renamed Fictional")
    found.append(ask("q=Alena&recognised=any").total.at_most)
    assert found == [1, 0]


def test_outside_a_moment_nothing_is_remembered():
    make_arrest()
    query = "SELECT count(*) FROM counts_ledgerrow WHERE known_until IS NULL"
    with one_moment(5000):
        first = rows(query, [])
    with transaction.atomic():
        Prisoner.objects.all().delete()
        within = rows(query, [])
        with one_moment(5000):
            nested = rows(query, [])
        transaction.set_rollback(True)
    assert (first, within, nested) == ([(1,)], [(1,)], [(1,)])
    assert rows("SELECT %s", [7]) == [(7,)]


def test_other_parameters_are_another_question():
    with one_moment(5000):
        assert [rows("SELECT %s, 'counts_ledgerrow'", [value])[0][0] for value in (1, "1", 2, 1)] == [1, "1", 2, 1]


def test_restored_database_with_the_same_number_is_another():
    make_arrest()
    before = ask(HELD).total
    with connection.cursor() as cursor:
        cursor.execute("UPDATE counts_revision SET recorded_at = recorded_at + interval '1 second'")
        cursor.execute("DELETE FROM counts_ledgerrow")
    assert (before.at_most, ask(HELD).total.at_most) == (1, 0)
