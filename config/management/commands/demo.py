"""`manage.py demo`: the site with demonstration data, on this machine alone. `make demo` calls it."""

import argparse
import io
import os
import secrets
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from config.serving import HOST, PortTaken, reserve, serve
from prisoners.models import Prisoner
from prisoners.roles import Role

USER = "editor"  # may do everything but approve its own work
# Beside it, with the same password: other people, to try out what a second person sees.
OTHERS = {"publisher": (Role.EDITOR, Role.PUBLISHER), "contributor": (Role.CONTRIBUTOR,), "auditor": (Role.AUDITOR,)}
PAGES = ("/", "/prisoners/", "/counts/", "/desk/admin/")


def port_number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"“{text}” is not a port: use a whole number from 1 to 65535")
    return int(text)


class Command(BaseCommand):
    help = f"Load the demonstration data once and serve the site on http://{HOST}, for trying it out."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=port_number, default=8000, help="port to serve on (default: %(default)s)")

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        # Until the server has handlers of its own: an exit that runs what was registered for it, the database's end too.
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _leave)
        try:
            self._demonstrate(port)
        except KeyboardInterrupt:
            sys.exit(128 + signal.SIGINT)

    def _demonstrate(self, port: int) -> None:
        if settings.SECURE_SSL_REDIRECT:
            raise CommandError("The demonstration is served without HTTPS: set HTTPS=0, as `make demo` does.")
        try:
            reserved = reserve(port)
        except PortTaken:
            raise CommandError(f"Port {port} can't be used: it is taken. Choose another: make demo PORT={port + 1}") from None
        with reserved:
            password = self._prepare()
            serve(reserved, lambda: self._announce(port, password))

    def _prepare(self) -> str:
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # or the server warns that it isn't there
        call_command("migrate", verbosity=0)
        call_command("index_names", json=True, stdout=io.StringIO())
        if not Prisoner.objects.exists():
            self.stdout.write("Inventing the demonstration data (once) …")
        call_command("make_demo", stdout=self.stdout)
        password = refresh_sign_in(settings.LOCAL_DIR / "demo-sign-in")
        # A connection shared by forked processes would mix their answers.
        connections.close_all()
        return password

    def _announce(self, port: int, password: str) -> None:
        addresses = "\n".join(f"  http://{HOST}:{port}{page}" for page in PAGES)
        self.stdout.write(f"Still Held, with invented people:\n{addresses}")
        self.stdout.write(f"Editors sign in as {USER} with the password {password}")
        self.stdout.write(f"So do, as other people with other roles: {', '.join(OTHERS)}\nStop it with Ctrl-C.")
        self.stdout.flush()


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


def refresh_sign_in(kept_in: Path) -> str:
    """Let the editor and the others sign in with the kept password, made on the first run; give it."""
    password = _kept_password(kept_in)
    _refresh_account(USER, password, is_staff=True, is_superuser=True)
    for name, roles in OTHERS.items():
        account = _refresh_account(name, password)
        for role in roles:
            account.assignments.get_or_create(role=role)
    return password


def _refresh_account(name: str, password: str, **marks: bool) -> Any:
    account, _ = get_user_model().objects.get_or_create(username=name)
    for mark, is_set in {"is_active": True, **marks}.items():
        setattr(account, mark, is_set)
    if not account.check_password(password):
        account.set_password(password)
    account.save()
    return account


def _kept_password(kept_in: Path) -> str:
    kept_in.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(kept_in, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+") as file:
        password = file.read()
        if not password:
            password = secrets.token_urlsafe(15)
            file.write(password)
    return password
