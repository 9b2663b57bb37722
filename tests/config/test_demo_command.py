"""`manage.py demo`: what it does before it serves, and that it ends without a trace."""

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from io import StringIO
from pathlib import Path

import psutil
import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command
from django.test import override_settings

from config.management.commands.demo import refresh_sign_in
from config.serving import HOST, PortTaken, reserve
from prisoners.models import Prisoner
from tests.factories import make_prisoner

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@pytest.mark.django_db
def test_sign_in_first_run_makes_an_editor_and_keeps_the_password_to_its_owner(tmp_path: Path) -> None:
    kept_in = tmp_path / "local" / "demo-sign-in"
    password = refresh_sign_in(kept_in)
    assert authenticate(username="editor", password=password) == get_user_model().objects.get(is_superuser=True, is_staff=True)
    assert stat.S_IMODE(kept_in.stat().st_mode) == 0o600
    assert kept_in.read_text() == password
    assert len(password) == 20


@pytest.mark.django_db
def test_sign_in_next_run_gives_the_same_password_even_if_it_was_changed(tmp_path: Path) -> None:
    password = refresh_sign_in(tmp_path / "demo-sign-in")
    user = get_user_model().objects.get(username="editor")
    user.set_password("something else")
    user.is_active = False
    user.save()
    assert refresh_sign_in(tmp_path / "demo-sign-in") == password
    assert authenticate(username="editor", password=password) == user


@pytest.mark.django_db
def test_sign_in_makes_other_people_of_other_roles_once(tmp_path: Path) -> None:
    password = refresh_sign_in(tmp_path / "demo-sign-in")
    assert refresh_sign_in(tmp_path / "demo-sign-in") == password
    others = get_user_model().objects.filter(is_superuser=False).order_by("username", "assignments__role")
    assert list(others.values_list("username", "assignments__role", "is_staff")) == [
        ("auditor", "auditor", False),
        ("contributor", "contributor", False),
        ("publisher", "editor", False),
        ("publisher", "publisher", False),
    ]
    assert all(authenticate(username=user.username, password=password) == user for user in others)


@pytest.mark.django_db
def test_demo_port_taken_says_how_to_choose_another_and_does_nothing() -> None:
    with socket.create_server((HOST, 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=rf"Port {port} .* make demo PORT={port + 1}$"):
            call_command("demo", port=port)
    assert not Prisoner.objects.exists()
    assert not get_user_model().objects.exists()


@pytest.mark.django_db
def test_demo_real_people_present_makes_no_account() -> None:
    make_prisoner("Real Person", is_fictional=False, state="draft")
    with pytest.raises(CommandError, match="This database holds real people"):
        call_command("demo", port=free_port(), stdout=StringIO())
    assert not get_user_model().objects.exists()


@override_settings(SECURE_SSL_REDIRECT=True)
def test_demo_with_https_on_is_refused_by_name() -> None:
    with pytest.raises(CommandError, match="HTTPS=0"):
        call_command("demo", port=free_port())


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_demo_port_that_is_none_is_refused_by_name(port: str) -> None:
    with pytest.raises(CommandError, match=f"“{port}” is not a port"):
        call_command("demo", f"--port={port}")


def test_reserve_refuses_connections_until_served_and_frees_the_port_afterwards() -> None:
    port = free_port()
    with reserve(port), socket.socket() as visitor:
        assert visitor.connect_ex((HOST, port)) != 0
    with reserve(port), socket.create_server((HOST, 0)) as other, pytest.raises(PortTaken):
        reserve(other.getsockname()[1])


def status_of(url: str, server: "subprocess.Popen[str]", seconds: int = 60) -> int:
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(url) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            error.close()
            return error.code
        except urllib.error.URLError:
            time.sleep(0.1)
    server.kill()
    pytest.fail(f"No answer from {url}, but: {server.communicate()[0]}")


def databases_of(folder: Path) -> list[int]:
    """Process numbers of the database servers whose data is in the folder."""
    running = psutil.process_iter(["pid", "cmdline"])
    return [process.pid for process in running if str(folder) in " ".join(process.info["cmdline"] or [])]


def are_gone(processes: list[int], seconds: int = 10) -> bool:
    """Whether these end soon: a database server takes its mark away a moment before it has ended."""
    end = time.monotonic() + seconds
    while any(map(psutil.pid_exists, processes)) and time.monotonic() < end:
        time.sleep(0.05)
    return not any(map(psutil.pid_exists, processes))


def test_demo_serves_and_at_sigterm_ends_with_its_database(tmp_path: Path) -> None:
    environ = {**os.environ, "LOCAL_DIR": str(tmp_path / "local"), "HTTPS": "0", "DJANGO_SETTINGS_MODULE": "config.settings"}
    environ.pop("DATABASE_URL", None)
    manage = [sys.executable, str(ROOT / "manage.py")]
    # A small population: the default one is loaded by another test.
    subprocess.run([*manage, "migrate", "--verbosity=0"], env=environ, check=True)
    subprocess.run([*manage, "make_demo", "--people=20"], env=environ, check=True, stdout=subprocess.DEVNULL)
    port = free_port()
    with subprocess.Popen(
        [*manage, "demo", f"--port={port}"], env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        try:
            status = status_of(f"http://{HOST}:{port}/desk/admin/login/", server)
            running = databases_of(tmp_path / "local" / "postgres")
        finally:
            server.send_signal(signal.SIGTERM)
        said, _ = server.communicate(timeout=30)
    assert (status, server.returncode) == (200, 0)
    assert (len(running), are_gone(running)) == (1, True)
    assert re.findall(r"http://\S+", said) == [
        f"http://{HOST}:{port}{page}" for page in ("/", "/prisoners/", "/counts/", "/desk/admin/")
    ]
    assert f"password {(tmp_path / 'local' / 'demo-sign-in').read_text()}" in said
