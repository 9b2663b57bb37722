"""Serves the site with gunicorn from inside a command, on this machine alone."""

import errno
import signal
import socket
from collections.abc import Callable
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

HOST = "127.0.0.1"
_SETTINGS = {
    "workers": 2,
    "threads": 4,
    "preload_app": True,  # or a worker that is still loading would miss the signal to stop
    "graceful_timeout": 5,
    "timeout": 120,
    "loglevel": "warning",
    "control_socket_disable": True,
    "proc_name": "still-held-demo",
}


class PortTaken(Exception):
    """Somebody else listens there, or the port may not be used by this person."""


def reserve(port: int) -> socket.socket:
    """Take the port before anything slow is done; it refuses connections until it is served.

    Raises PortTaken when that can't be.
    """
    reserved = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        reserved.bind((HOST, port))
    except OSError as error:
        reserved.close()
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        raise PortTaken from None
    return reserved


class _Arbiter(Arbiter):
    """Ends with its terminal, too: a demonstration that nobody sees any more shouldn't go on."""

    def handle_hup(self) -> None:
        raise StopIteration


class _Server(BaseApplication):
    def __init__(self, reserved: socket.socket, when_ready: Callable[[], None]) -> None:
        self._reserved, self._when_ready = reserved, when_ready
        super().__init__()

    def load_config(self) -> None:
        for name, value in _SETTINGS.items():
            self.cfg.set(name, value)
        # The socket is handed over for good: gunicorn closes it.
        self.cfg.set("bind", f"fd://{self._reserved.detach()}")
        self.cfg.set("post_worker_init", lambda worker: _leave_signals_to_the_parent())
        self.cfg.set("when_ready", lambda server: self._when_ready())

    def load(self) -> Any:
        from .wsgi import application

        return application

    def run(self) -> None:
        _Arbiter(self).run()


def _leave_signals_to_the_parent() -> None:
    # A terminal sends these to every process; the parent passes on what concerns a worker, which one is enough to obey.
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def serve(reserved: socket.socket, when_ready: Callable[[], None]) -> None:
    """Answer requests until this process is told to stop; `when_ready` is called once connections are accepted.

    It leaves by SystemExit, so that whatever was registered to run at exit does: the embedded PostgreSQL is stopped then.
    """
    _Server(reserved, when_ready).run()
