"""Files and rows that stay or go together."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from django.conf import settings
from django.db import transaction

from prisoners.files.folder import Folder

_written: ContextVar[list[tuple[Folder, str]] | None] = ContextVar("files written in this transaction", default=None)


def private_folder() -> Folder:
    """Files that only the desk hands out."""
    return Folder(Path(settings.MEDIA_DIR) / "private")


@contextmanager
def kept_with_rows() -> Iterator[None]:
    """One transaction, and the files that `keep` writes within it: when it fails, they are gone with its rows.

    Blocks can stand within each other. What a crash of the whole machine leaves behind, `sweep_files` removes.
    """
    outer = _written.get()
    mine: list[tuple[Folder, str]] = []
    token = _written.set(mine)
    done = False
    try:
        with transaction.atomic():
            yield
        done = True
    finally:
        _written.reset(token)
        if not done:
            for folder, name in mine:
                folder.delete(name)
        elif outer is not None:
            outer += mine


def keep(folder: Folder, name: str, content: bytes) -> None:
    """Write a file, before the row that names it."""
    written = _written.get()
    if written is None:
        raise RuntimeError("files are kept within kept_with_rows()")
    folder.write(name, content)
    written.append((folder, name))


def drop(folder: Folder, name: str) -> None:
    """Delete a file once the row that named it is gone for good."""
    transaction.on_commit(lambda: folder.delete(name))
