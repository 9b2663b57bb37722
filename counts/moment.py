"""One moment of the database for everything that one answer says."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

_SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; "
# Whoever takes a file and stops reading holds on to the moment that it is of, and keeps the database from tidying up.
PATIENCE = "10min"


@contextmanager
def one_moment(timeout_ms: int) -> Iterator[None]:
    """Every query inside sees the same moment, so that no two numbers of a page disagree, and none may take longer.

    The settings hold for the transaction alone: nothing stays behind in a connection that a pooler hands on.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"{_SNAPSHOT if is_outermost else ''}SET LOCAL statement_timeout = %s", [timeout_ms])
        yield


@contextmanager
def one_long_moment(timeout_ms: int) -> Iterator[None]:
    """The same for a file that is still being read when its view is through.

    Inside of another transaction it marks off no part of it: two files can be read in turns, and such parts could not end so.
    """
    if connection.in_atomic_block:
        _limit(timeout_ms)
        yield
        return
    with transaction.atomic():
        _limit(timeout_ms, _SNAPSHOT)
        yield


def _limit(timeout_ms: int, before: str = "") -> None:
    limits = "SET LOCAL statement_timeout = %s; SET LOCAL idle_in_transaction_session_timeout = %s"
    with connection.cursor() as cursor:
        cursor.execute(before + limits, [timeout_ms, PATIENCE])
