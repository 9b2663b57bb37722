"""Whether a reader still waits: a server that sends nothing yet can't tell by sending."""

import errno
import select
import socket
from collections.abc import Iterable

from django.http import HttpRequest


def stop_when_gone(request: HttpRequest, steps: Iterable[None]) -> None:
    """Take the steps while the reader is there. Raises ConnectionResetError, which servers take for what it is."""
    connection = request.META.get("gunicorn.socket")
    for _step in steps:
        if isinstance(connection, socket.socket) and _is_gone(connection):
            raise ConnectionResetError(errno.ECONNRESET, "The reader has gone.")


def _is_gone(connection: socket.socket) -> bool:
    """Something to read that is nothing means the other side has closed."""
    readable, _writable, _failed = select.select([connection], [], [], 0)
    return bool(readable) and connection.recv(1, socket.MSG_PEEK) == b""
