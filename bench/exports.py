"""How fast a list comes as a file: beside the database's own COPY of the same columns, and how much memory it takes.

    .venv/bin/python -m bench.exports [PEOPLE]

The COPY is one statement over everybody, planned as the database likes best, without the care that a file takes (nothing
neutralised, no initials). It works on a database of its own, which it makes beforehand and drops
afterwards.
"""

import os
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

DAY = date(2024, 1, 15)
ROUNDS = 2


def everybody() -> tuple[str, dict[str, Any]]:
    """The statement of a part, asked of everybody at once."""
    from django.http import QueryDict

    from counts.exports.people import PEOPLE
    from counts.exports.people_sql import SOURCE
    from counts.exports.tables import Part, values
    from counts.listing import Listing

    query, params = Listing(QueryDict(), today=DAY).ledger_rows().values("id", "arrest_id", "is_certain").query.sql_with_params()
    rows = query % tuple(f"'{param}'" for param in params)
    listed = f"""(SELECT id AS row_id, is_certain, NULL::text AS initials, row_number() OVER () AS place FROM ({rows}) AS listing)
                 AS listed"""
    source = re.sub(r"unnest\(%\(rows\)s.*?AS listed \(.*?\)", lambda _: listed.replace("%", "%%"), SOURCE, flags=re.S)
    visible = "(SELECT arrest_id, visibility = 'initials' AS is_coarse FROM counts_ledgerrow WHERE known_until IS NULL) AS asked"
    source = re.sub(r"unnest\(%\(arrests\)s.*?AS asked \(.*?\)", visible, source, flags=re.S)
    source = re.sub(r"[\w.]+ = ANY \(%\(\w+\)s::bigint\[\]\)", "true", source)
    return values(PEOPLE, Part(source)), {"day": DAY, "language": "en"}


class Nowhere:
    """Counts what is written to it."""

    def __init__(self) -> None:
        self.rows = self.bytes = 0

    def write(self, line: bytes) -> int:
        self.rows += 1
        self.bytes += len(line)
        return len(line)


def by_copy() -> tuple[int, int]:
    from counts.exports.copying import CSV, copy_out
    from counts.moment import one_long_moment

    out = Nowhere()
    with one_long_moment(0):
        copy_out(*everybody(), CSV, out)  # type: ignore[arg-type]
    return out.rows, out.bytes


def as_a_file(form: str, moments: dict[str, float]) -> tuple[int, int]:
    """The whole way of a download, but for the network."""
    began = time.perf_counter()
    rows = size = 0
    with closing(chunks(form)) as pieces:
        for number, piece in enumerate(filter(None, pieces)):
            if number < 2:
                moments[("first byte", "first row")[number]] = time.perf_counter() - began
            rows += piece.count(b"\n")
            size += len(piece)
    return rows, size


def chunks(form: str) -> Iterator[bytes]:
    from django.test import RequestFactory

    from public.views.downloads import people

    response = people(RequestFactory().get(f"/prisoners.{form}", {"on": DAY}), form)
    try:
        yield from response  # type: ignore[misc]
    finally:
        response.close()


def timed(work: Callable[[], tuple[int, int]]) -> tuple[float, int, int]:
    """Seconds of the faster round, rows and bytes."""
    best, rows, size = float("inf"), 0, 0
    for _ in range(ROUNDS):
        began = time.perf_counter()
        rows, size = work()
        best = min(best, time.perf_counter() - began)
    return best, rows, size


def memory() -> float:
    """The most that this process ever took, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(forms: list[str]) -> None:
    own, rows, size = timed(by_copy)
    print(f"{'':10}{'seconds':>10}{'rows':>12}{'MB':>8}{'speed':>8}{'first byte':>12}{'first row':>11}{'memory MB':>11}")
    print(f"{'COPY':10}{own:10.1f}{rows:12,}{size / 1e6:8.0f}{'1.00':>8}{'':>12}{'':>11}{memory():11.0f}")
    for form in forms:
        moments: dict[str, float] = {}
        seconds, _lines, size = timed(lambda form=form, moments=moments: as_a_file(form, moments))  # type: ignore[misc]
        first = "".join(f"{moments[name] * 1000:>{width}.0f} ms" for name, width in (("first byte", 9), ("first row", 8)))
        print(f"{form:10}{seconds:10.1f}{rows:12,}{size / 1e6:8.0f}{own / seconds:8.2f}{first}{memory():11.0f}", flush=True)


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    settings.ALLOWED_HOSTS = ["testserver"]
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        from bench._crowd import gather

        gather(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
        measure(["csv", "jsonl", "json"])
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


if __name__ == "__main__":
    main()
