"""The newest files, kept in a folder that is named after the state that they are of: whoever asks for another state finds none.

So what was made before somebody was withdrawn is never handed out, whether or not anything noticed the withdrawal. One process
at a time makes files; what it leaves half made is swept by the next one.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from ..moment import one_moment
from .building import Made, Progress, build
from .state import state

_MAKING = "making-"
_LOCK = "lock"


class NotReady(Exception):
    """The files of the present state are not there, and can't be made by whoever asks now."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Files of the present state, and what is in them."""

    folder: Path
    made: Made


def present(day: date) -> Kept | None:
    """The files of this very state; None when they have to be made."""
    folder = _root() / state(day)
    return Kept(folder, Made.read(folder)) if folder.is_dir() else None


def present_or_made(day: date, *, timeout_ms: int) -> Kept:
    """The files of this state, made now where that is allowed. Raises NotReady where not, or while another makes them."""
    found = present(day)
    if found is not None:
        return found
    if not settings.DATA_ON_REQUEST:
        raise NotReady
    return make(day, timeout_ms=timeout_ms)


def make(day: date, *, timeout_ms: int, progress: Progress | None = None) -> Kept:
    """Make the files of one moment, unless they are there, and remove all others. Raises NotReady while another makes them."""
    with _alone(), one_moment(timeout_ms):
        folder = _root() / state(day)
        _sweep(but=folder.name)
        if not folder.is_dir():
            making = Path(tempfile.mkdtemp(prefix=_MAKING, dir=_root()))
            try:
                build(making, day=day, progress=progress)
                making.rename(folder)
            finally:
                shutil.rmtree(making, ignore_errors=True)
        return Kept(folder, Made.read(folder))


@contextmanager
def _alone() -> Iterator[None]:
    descriptor = os.open(_root() / _LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotReady from None
        yield
    finally:
        os.close(descriptor)


def _sweep(*, but: str) -> None:
    """Files of other states. Whoever is downloading one keeps the open file to its end."""
    for entry in os.scandir(_root()):
        if entry.is_dir(follow_symlinks=False) and entry.name != but:
            shutil.rmtree(entry.path)


def _root() -> Path:
    root = Path(settings.DATA_DIR)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return root
