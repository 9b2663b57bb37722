"""Typed reading of settings from the environment. A wrong value stops the start with a message that names it."""

import contextlib
import os
import secrets
import tempfile
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import available_timezones

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}


def text(environ: Mapping[str, str], name: str, default: str) -> str:
    """The value as it is; the default when unset or empty."""
    return environ.get(name, "") or default


def folder(environ: Mapping[str, str], name: str, default: Path, *, mode: int = 0o777) -> Path:
    """A folder that this process can write in; made, with the mode that the account's mask leaves, when it isn't there."""
    path = Path(environ.get(name, "") or default).absolute()
    with contextlib.suppress(OSError):  # what is wrong shows in the next line
        path.mkdir(mode=mode, parents=True, exist_ok=True)
    if not (path.is_dir() and os.access(path, os.W_OK | os.X_OK)):
        raise ImproperlyConfigured(f"{name} must be a folder that this account can write in, not “{path}”.")
    return path


def secret(environ: Mapping[str, str], name: str, kept_in: Path) -> str:
    """The value; when unset or empty, a random one, made once and kept in a file that only its owner can read."""
    value = environ.get(name, "")
    if value:
        return value
    kept_in.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=kept_in.parent) as fresh:  # its mode is 0600
        fresh.write(secrets.token_urlsafe(64))
        fresh.flush()
        with contextlib.suppress(FileExistsError):  # another process was first, or it is there since last time
            os.link(fresh.name, kept_in)
    return kept_in.read_text()


def boolean(environ: Mapping[str, str], name: str, default: bool) -> bool:
    """1/true/yes/on or 0/false/no/off, in any case."""
    value = environ.get(name, "").lower()
    if not value:
        return default
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not “{environ[name]}”.")


def whole_number(environ: Mapping[str, str], name: str, default: int, *, minimum: int) -> int:
    """A whole number, at least `minimum`."""
    value = environ.get(name, "")
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or int(value) < minimum:
        raise ImproperlyConfigured(f"{name} must be a whole number of at least {minimum}, not “{value}”.")
    return int(value)


def words(environ: Mapping[str, str], name: str, default: str) -> list[str]:
    """A list, separated by commas."""
    return [word.strip() for word in text(environ, name, default).split(",") if word.strip()]


def time_zone(environ: Mapping[str, str], name: str, default: str) -> str:
    """A name from the IANA database, such as Europe/Vilnius."""
    value = text(environ, name, default)
    if value not in available_timezones():
        raise ImproperlyConfigured(f"{name} must be a time zone such as Europe/Vilnius, not “{value}”.")
    return value
