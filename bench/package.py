"""How long the data package takes to make, beside the database's own COPY of the same tables, and how much memory.

    .venv/bin/python -m bench.package [PEOPLE]

The COPY is one statement a table, to nowhere, without neutralised cells, Parquet, digests, the zip and the entities. It works
on a database of its own, which it makes beforehand and drops afterwards.
"""

import os
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

DAY = date(2024, 1, 15)


class Nowhere:
    """Counts what is written to it."""

    def __init__(self) -> None:
        self.rows = self.bytes = 0

    def write(self, line: bytes) -> int:
        self.rows += 1
        self.bytes += len(line)
        return len(line)


def by_copy() -> tuple[int, int]:
    """Every table as it is told, by the database alone: rows and bytes."""
    from counts.exports.copying import CSV, copy_out
    from counts.moment import one_long_moment
    from counts.tables import TABLES
    from counts.tables.doors import doors

    out, told = Nowhere(), doors(DAY)
    with one_long_moment(0):
        for table in TABLES:
            copy_out(f"{told} {table.select()}", {}, CSV, out)  # type: ignore[arg-type]
    return out.rows, out.bytes


def as_files() -> tuple[int, int]:
    """Everything that /data/ offers: rows, and bytes of the zip."""
    from counts.moment import one_moment
    from counts.package.building import build

    with tempfile.TemporaryDirectory() as folder, one_moment(0):
        made = build(Path(folder), day=DAY)
        return made.zip.rows, made.zip.bytes


def memory() -> float:
    """The most that this process ever took, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure() -> None:
    print(f"{'':10}{'seconds':>10}{'rows':>12}{'MB':>8}{'ratio':>8}{'memory MB':>11}")
    own = 0.0
    for name, work in (("COPY", by_copy), ("package", as_files)):
        began = time.perf_counter()
        rows, size = work()
        seconds = time.perf_counter() - began
        own = own or seconds
        print(f"{name:10}{seconds:10.1f}{rows:12,}{size / 1e6:8.0f}{seconds / own:8.2f}{memory():11.0f}", flush=True)


def main() -> None:
    import django

    django.setup()
    from django.db import connection

    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        from bench._crowd import gather

        gather(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
        measure()
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


if __name__ == "__main__":
    main()
