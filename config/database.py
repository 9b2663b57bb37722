"""Which PostgreSQL is used: the one that DATABASE_URL names or, without it, the embedded one."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from . import embedded

ENGINE = "django.db.backends.postgresql"
EXAMPLE = "postgresql://user:password@host/stillheld"
# A connection is kept for a minute, and tried before it is used again.
KEPT = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def database_settings(environ: Mapping[str, str], local_dir: Path) -> dict[str, Any]:
    """Django's `DATABASES["default"]`, from `DATABASE_URL` or, without it, of the embedded server (started here).

    Raises ImproperlyConfigured when the address is not one of a PostgreSQL database.
    """
    url = environ.get("DATABASE_URL", "")
    return {"OPTIONS": {}, **KEPT, **(_named(url) if url else _embedded(local_dir))}


def _embedded(local_dir: Path) -> dict[str, Any]:
    socket_dir = embedded.start(local_dir)
    return {"ENGINE": ENGINE, "NAME": embedded.DATABASE_NAME, "USER": embedded.SUPERUSER, "HOST": str(socket_dir)}


def _named(url: str) -> dict[str, Any]:
    try:
        settings = dict(dj_database_url.parse(url))
    except ValueError:  # its text can hold the password, so it is not repeated
        raise ImproperlyConfigured(f"DATABASE_URL can't be read: it must look like {EXAMPLE}") from None
    if settings["ENGINE"] != ENGINE:
        raise ImproperlyConfigured(f"DATABASE_URL must name a PostgreSQL (15 or later), as in {EXAMPLE}")
    if not settings["NAME"]:
        raise ImproperlyConfigured(f"DATABASE_URL must name a database, as in {EXAMPLE}")
    return {**settings, **KEPT}
