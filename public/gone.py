"""Whether a reader still waits: a server that is making a file, or waits for the database, can't tell by sending."""

import errno
import select
import socket
import ssl
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection
from django.http import HttpRequest

# Seconds between two looks.
EVERY = 0.25


@contextmanager
def freed_when_gone(request: HttpRequest) -> Iterator[None]:
    """Break off whatever the database does inside, once the reader has gone.

    Raises ConnectionResetError then, which servers take for what it is. Servers that don't hand over their connection to the
    reader find out when they next send something.
    """
    reader = _reader(request)
    if reader is None:
        yield
        return
    connection.ensure_connection()
    is_over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(reader, connection.connection, is_over), daemon=True)
    watcher.start()
    try:
        yield
    except OperationalError as error:
        if _is_gone(reader):
            raise _gone() from error
        raise
    finally:
        is_over.set()
        watcher.join()


def stop_when_gone(request: HttpRequest, steps: Iterable[None]) -> None:
    """Take the steps while the reader is there. Raises ConnectionResetError."""
    reader = _reader(request)
    for _step in steps:
        if reader is not None and _is_gone(reader):
            raise _gone()


def _watch(reader: socket.socket, database: Any, is_over: threading.Event) -> None:
    while not is_over.wait(EVERY):
        if _is_gone(reader):
            database.cancel()  # and again, until nothing is asked any more


def _reader(request: HttpRequest) -> socket.socket | None:
    """The connection to the reader, or to the proxy before it, where it can be looked at without taking from it."""
    found = request.META.get("gunicorn.socket")
    return found if isinstance(found, socket.socket) and not isinstance(found, ssl.SSLSocket) else None


def _is_gone(reader: socket.socket) -> bool:
    """Something to read that is nothing means the other side has closed."""
    try:
        readable, _writable, _failed = select.select([reader], [], [], 0)
        return bool(readable) and reader.recv(1, socket.MSG_PEEK) == b""
    except OSError:  # broken off rather than closed
        return True


def _gone() -> ConnectionResetError:
    return ConnectionResetError(errno.ECONNRESET, "The reader has gone.")
