"""Who is acting, as the database hears it, also where Django's statements don't carry it along."""

import pytest
from django.db import connection, transaction

from prisoners.acting import acting, tell_transaction


def heard():
    """A bare query carries nothing along: it hears what the transaction was told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT stillheld_actor(), stillheld_context('capacity')")
        return cursor.fetchone()


@pytest.mark.django_db
def test_transaction_that_is_open_hears_who_acts_and_when_they_stop():
    with acting(actor="anna", capacity="operator"):
        assert heard() == ("anna", "operator")
        with acting(actor="bahdan"):
            assert heard() == ("bahdan", "")
        assert heard() == ("anna", "operator")
    assert heard() == ("", "")


@pytest.mark.django_db(transaction=True)
def test_transaction_begun_later_hears_it_once_it_is_told():
    with acting(actor="anna"), transaction.atomic():
        assert heard() == ("", "")
        tell_transaction()
        assert heard() == ("anna", "")
    assert heard() == ("", "")


@pytest.mark.django_db
def test_refused_write_leaves_who_acts_as_it_was():
    with acting(actor="anna"):
        with pytest.raises(ZeroDivisionError), transaction.atomic(), acting(actor="bahdan"):
            raise ZeroDivisionError
        assert heard() == ("anna", "")
