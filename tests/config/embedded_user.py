"""A process that uses the embedded PostgreSQL of a folder until its input is closed. Started by test_embedded.py.

python -m tests.config.embedded_user FOLDER [ACCOUNT-ID]
"""

import os
import sys
from pathlib import Path

import psycopg2

from config import embedded


def become(account: int) -> None:
    """Another account from here on; everything needed is imported already, since it may not reach our Python."""
    os.setgroups([])
    os.setgid(account)
    os.setuid(account)


def main() -> None:
    folder = Path(sys.argv[1])
    if len(sys.argv) > 2:
        embedded._open_the_way(folder / "postgres")
        become(int(sys.argv[2]))
    socket_dir = embedded.start(folder)
    psycopg2.connect(host=str(socket_dir), user=embedded.SUPERUSER, dbname=embedded.DATABASE_NAME).close()
    sys.stdout.write(f"{socket_dir}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main()
