"""The embedded PostgreSQL, with real processes and real folders."""

import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import psycopg2
import pytest
from django.conf import settings

from config import embedded

IS_ROOT = os.geteuid() == 0
NOBODY = pwd.getpwnam("nobody").pw_uid


@pytest.fixture
def folder():
    """A private folder, as a careful person's home is; outside pytest's own, which it closes to other accounts."""
    path = Path(tempfile.mkdtemp(prefix="stillheld-test-"))
    yield path
    shutil.rmtree(path)


@pytest.fixture
def start():
    """Starts processes that use the embedded server of a folder, and ends those that a test left."""
    started = []

    def start(folder, account=None):
        command = [sys.executable, "-m", "tests.config.embedded_user", folder, *([str(account)] if account else [])]
        started.append(
            subprocess.Popen(
                command, cwd=settings.BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
        )
        return started[-1]

    yield start
    for process in started:
        leave(process)


def socket_of(process):
    line = process.stdout.readline().strip()
    assert line, process.stderr.read()
    return Path(line)


def leave(*processes):
    for process in processes:
        process.stdin.close()
    for process in processes:
        process.wait(30)
        process.stdout.close()
        process.stderr.close()


def servers(folder):
    """The servers that run for a folder."""
    found = psutil.process_iter(["cmdline"])
    return [p for p in found if p.info["cmdline"] and p.info["cmdline"][1:3] == ["-D", str(folder.resolve() / "postgres")]]


def ask(socket_dir, query):
    connection = psycopg2.connect(host=str(socket_dir), user=embedded.SUPERUSER, dbname=embedded.DATABASE_NAME)
    try:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchone()
    finally:
        connection.close()


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_server_in_a_new_folder_starts_and_stops_with_its_only_user(folder, start):
    user = start(folder)
    socket_dir = socket_of(user)
    assert len(servers(folder)) == 1
    assert ask(socket_dir, "SELECT current_setting('listen_addresses'), upper('ĺ'), pg_encoding_to_char(6)") == ("", "Ĺ", "UTF8")
    leave(user)
    assert servers(folder) == []


def test_server_is_reached_only_through_a_private_folder(folder, start):
    socket_dir = socket_of(start(folder))
    assert mode(socket_dir) == 0o700
    assert socket_dir.stat().st_uid == servers(folder)[0].uids().effective


def test_two_processes_at_once_on_a_new_folder_share_one_server(folder, start):
    first, second = start(folder), start(folder)
    assert socket_of(first) == socket_of(second)
    (server,) = servers(folder)
    leave(first)
    assert servers(folder) == [server]
    leave(second)
    assert servers(folder) == []


def test_processes_that_end_at_once_leave_no_server(folder, start):
    users = [start(folder) for _ in range(4)]
    assert len({socket_of(user) for user in users}) == 1
    leave(*users)
    assert servers(folder) == []


def test_server_of_a_killed_process_stops_with_the_next_one(folder, start):
    killed = start(folder)
    socket_of(killed)
    killed.kill()
    killed.wait()
    (server,) = servers(folder)
    following = start(folder)
    socket_of(following)
    assert servers(folder) == [server]
    leave(following)
    assert servers(folder) == []


def test_server_that_was_killed_is_started_again_with_its_data(folder, start):
    first = start(folder)
    connection = psycopg2.connect(host=str(socket_of(first)), user=embedded.SUPERUSER, dbname=embedded.DATABASE_NAME)
    with connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept AS SELECT 7 AS number")
    connection.close()
    (server,) = servers(folder)
    server.kill()
    server.wait(10)
    assert ask(socket_of(start(folder)), "SELECT number FROM kept") == (7,)


def test_new_cluster_that_was_interrupted_is_made_anew(folder, start):
    (folder / "postgres.new").mkdir()
    (folder / "postgres.new" / "PG_VERSION").write_text("18\n")
    assert ask(socket_of(start(folder)), "SELECT 1") == (1,)
    assert not (folder / "postgres.new").exists()


def test_deep_folder_gets_a_private_socket_elsewhere_which_goes_with_the_server(folder, start):
    deep = folder / ("a folder with spaces " * 3).strip() / ("Ж" * 40)
    deep.mkdir(parents=True)
    user = start(deep)
    socket_dir = socket_of(user)
    assert socket_dir.parent == Path(tempfile.gettempdir())
    assert mode(socket_dir) == 0o700
    assert socket_dir.stat().st_uid == (deep / "postgres").stat().st_uid
    leave(user)
    assert servers(deep) == []
    assert not socket_dir.exists()


def test_server_of_root_runs_under_another_account_and_of_others_under_their_own(folder, start):
    socket_of(start(folder))
    expected = pwd.getpwnam(embedded.ROOTS_ACCOUNT).pw_uid if IS_ROOT else os.geteuid()
    assert servers(folder)[0].uids().effective == expected


def test_server_of_an_ordinary_account_runs_under_it_and_root_may_join(folder, start):
    account = NOBODY if IS_ROOT else os.geteuid()
    os.chown(folder, account, -1)
    first = start(folder, account) if IS_ROOT else start(folder)
    socket_of(first)
    second = start(folder)
    assert socket_of(second) == folder.resolve() / "postgres"
    leave(first)
    assert [server.uids().effective for server in servers(folder)] == [account]
    leave(second)
    assert servers(folder) == []
    assert ask(socket_of(start(folder)), "SELECT 1") == (1,)
    assert [server.uids().effective for server in servers(folder)] == [account]


def test_folder_of_the_cluster_is_opened_for_passing_only_and_only_for_root(folder, start):
    assert mode(folder) == 0o700
    socket_of(start(folder))
    assert mode(folder) == (0o701 if IS_ROOT else 0o700)


def test_forked_child_that_ends_does_not_stop_the_server(folder):
    script = (
        "import os, sys; from pathlib import Path; from config import embedded\n"
        "folder = Path(sys.argv[1]); embedded.start(folder)\n"
        "os.fork() or sys.exit()\n"
        "os.wait(); sys.exit(not embedded._is_running(folder / 'postgres'))\n"
    )
    done = subprocess.run([sys.executable, "-c", script, folder], cwd=settings.BASE_DIR, check=False)
    assert done.returncode == 0
    assert servers(folder) == []


def test_cluster_that_can_not_start_is_reported_with_its_folder_and_the_reason(folder, start):
    leave(start(folder))
    (folder / "postgres" / "PG_VERSION").write_text("9\n")
    broken = start(folder)
    report = broken.communicate()[1].splitlines()[-1]
    assert report.startswith(f"django.core.exceptions.ImproperlyConfigured: The embedded PostgreSQL in {folder}/postgres failed")
    assert "incompatible with server" in report
    assert report.endswith("(Set DATABASE_URL to use another PostgreSQL.)")
