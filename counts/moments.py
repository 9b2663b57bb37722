"""One moment of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_moment(timeout_ms: int) -> Iterator[None]:
    """Every query inside sees the same moment, so that no two numbers disagree, and none may take longer (0: no limit).

    The settings hold for the transaction alone: nothing stays behind in a connection that a pooler hands on.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            snapshot = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; " if is_outermost else ""
            cursor.execute(f"{snapshot}SET LOCAL statement_timeout = %s", [timeout_ms])
        yield
