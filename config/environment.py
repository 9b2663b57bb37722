"""Typed reading of settings from the environment. A wrong value stops the start with a message that names it."""

import base64
import contextlib
import os
import re
import secrets
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from zoneinfo import available_timezones

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FERNET_KEY = re.compile(r"[A-Za-z0-9_-]{43}=")
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?")
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


def _random_text() -> str:
    return secrets.token_urlsafe(64)


def secret(environ: Mapping[str, str], name: str, kept_in: Path, make: Callable[[], str] = _random_text) -> str:
    """The value; when unset or empty, a random one, made once and kept in a file that only its owner can read."""
    value = environ.get(name, "")
    if value:
        return value
    kept_in.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=kept_in.parent) as fresh:  # its mode is 0600
        fresh.write(make())
        fresh.flush()
        with contextlib.suppress(FileExistsError):  # another process was first, or it is there since last time
            os.link(fresh.name, kept_in)
    return kept_in.read_text()


def private_keys(environ: Mapping[str, str], name: str, kept_in: Path) -> list[str]:
    """Fernet keys, newest first, separated by commas; when unset or empty, one is made once and kept as a secret is.

    The message about a wrong one says which, never what stands there: it may be a key with a slip in it.
    """
    given = secret(environ, name, kept_in, make=_fernet_key)
    where = name if environ.get(name) else f"{name} is unset, and the file {kept_in} that keeps them"
    keys = [key.strip() for key in given.split(",")]
    for number, key in enumerate(keys, start=1):
        if not _FERNET_KEY.fullmatch(key):
            raise ImproperlyConfigured(
                f"{where} must be keys of 44 characters, as `manage.py make_private_key` prints them, newest first, "
                f"separated by commas: number {number} of {len(keys)} is none."
            )
    return keys


def _fernet_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode("ascii")


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


def origin(environ: Mapping[str, str], name: str, default: str) -> str:
    """The address of a site without a path, such as https://example.org, or nothing."""
    value = text(environ, name, default)
    if value and not _ORIGIN.fullmatch(value):
        raise ImproperlyConfigured(f"{name} must be an address such as https://example.org, without a path, not “{value}”.")
    return value


def time_zone(environ: Mapping[str, str], name: str, default: str) -> str:
    """A name from the IANA database, such as Europe/Vilnius."""
    value = text(environ, name, default)
    if value not in available_timezones():
        raise ImproperlyConfigured(f"{name} must be a time zone such as Europe/Vilnius, not “{value}”.")
    return value
