"""One moment of the database for everything that one answer says."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

from django.db import connection, transaction

Found = TypeVar("Found")


class Moment:
    """What is asked once, for it can't change within a moment."""

    def __init__(self) -> None:
        self._found: dict[type, Any] = {}

    def once(self, kind: type[Found], ask: Callable[[], Found]) -> Found:
        """The answer of its kind; asked the first time."""
        if kind not in self._found:
            self._found[kind] = ask()
        return cast(Found, self._found[kind])


_present: ContextVar[Moment | None] = ContextVar("moment", default=None)


def present() -> Moment | None:
    """The moment that all queries see, if they do."""
    return _present.get()


@contextmanager
def one_moment(timeout_ms: int) -> Iterator[None]:
    """Every query inside sees the same moment, so that no two numbers of a page disagree, and none may take longer.

    The settings hold for the transaction alone: nothing stays behind in a connection that a pooler hands on. Inside of another
    transaction it's that one which decides what is seen, and nothing is taken for unchanging.
    """
    is_outermost = not connection.in_atomic_block
    token = _present.set(Moment() if is_outermost else None)
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                snapshot = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; " if is_outermost else ""
                cursor.execute(f"{snapshot}SET LOCAL statement_timeout = %s", [timeout_ms])
            yield
    finally:
        _present.reset(token)
