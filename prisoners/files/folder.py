"""Folders of files with random names, which nobody but the site's own account can enter."""

import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

NAME_LENGTH = 32
_NAME = re.compile(rf"[0-9a-f]{{{NAME_LENGTH}}}(-small)?\.(jpg|bin)")
_FOLDER_MODE, _FILE_MODE = 0o700, 0o600


class InvalidName(ValueError):
    """A name that no file here can have; it may be made to lead out of the folder."""


def new_name(chance: random.Random) -> str:
    """A name that says nothing and can't be guessed. `chance` is `secrets.SystemRandom()` but in tests."""
    return f"{chance.getrandbits(4 * NAME_LENGTH):0{NAME_LENGTH}x}"


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder. A file is written once, and never over another."""

    path: Path

    def write(self, name: str, content: bytes) -> None:
        """Keep the content for good before this returns. Raises FileExistsError when there is a file of that name."""
        path = self._path(name)
        self._make()
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, _FILE_MODE)
        written = False
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            written = True
        finally:
            if not written:
                path.unlink()

    def read(self, name: str) -> bytes | None:
        """The content; None when there is no such file."""
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            return None

    def delete(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def names(self, *, older_than: float) -> Iterator[str]:
        """What lies in the folder, whatever its name, last changed before that moment (seconds since 1970)."""
        if self.path.is_dir():
            for entry in os.scandir(self.path):
                if entry.stat(follow_symlinks=False).st_mtime < older_than:
                    yield entry.name

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise InvalidName(name)
        return self.path / name

    def _make(self) -> None:
        self.path.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)


def public_folder() -> Folder:
    """Files that readers may be shown, if what they belong to allows it at that moment."""
    return Folder(Path(settings.MEDIA_DIR) / "public")
