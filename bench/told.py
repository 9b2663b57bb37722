"""How fast the form of a count knows what it can offer, beside reading the whole ledger for each of its four lists.

    .venv/bin/python -m bench.told [PEOPLE]

Both sides are checked to say the same. Also what it costs to keep the terms: the same rows written with and without.
"""

import os
import sys
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

ROUNDS = 5
OF_LISTS = "FROM counts_ledgerrow WHERE known_until IS NULL AND visibility <> 'counted'"
# One list each: as the form would ask the ledger.
WHOLE = {
    "region": f"SELECT DISTINCT country, region {OF_LISTS} ORDER BY country, region",
    "occupation": f"SELECT DISTINCT unnest(occupations) {OF_LISTS}",
    "treatment": f"SELECT DISTINCT unnest(treatments) {OF_LISTS}",
    "mechanism": f"SELECT DISTINCT mechanism {OF_LISTS} AND mechanism <> ''",
}


def fastest(ask: Callable[[], Any]) -> float:
    """Seconds of the fastest of several rounds."""
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        ask()
        seconds.append(time.perf_counter() - began)
    return min(seconds)


def whole() -> dict[str, list[Any]]:
    """The four lists, each read from all of the ledger."""
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for name, sql in WHOLE.items():
            cursor.execute(sql)
            rows = cursor.fetchall()
            found[name] = rows if name == "region" else sorted(code for (code,) in rows)
    return found


def told() -> dict[str, list[Any]]:
    """The four lists as the form asks for them."""
    from counts.told import VOCABULARIES, places_told, terms_told

    return {"region": places_told(), **{name: sorted(terms_told(name)) for name in VOCABULARIES}}


def written(people: int, state: str) -> float:
    """Seconds to write the rows where what keeps the terms is in this state (ENABLE or DISABLE)."""
    from django.db import connection

    from bench import _ledger_rows

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE counts_ledgerrow, counts_toldterm, counts_revision")
        cursor.execute(f"ALTER TABLE counts_ledgerrow {state} TRIGGER USER")
    began = time.perf_counter()
    _ledger_rows.write(people)
    return time.perf_counter() - began


def measure(people: int) -> None:
    without, kept = written(people, "DISABLE"), written(people, "ENABLE")
    if whole() != told():
        sys.exit("What is told isn't what the ledger holds.")
    of_whole, of_told = fastest(whole), fastest(told)
    print(f"{people} people:")
    print(f"the four lists, whole {of_whole * 1000:.0f} ms, told {of_told * 1000:.1f} ms, ratio {of_told / of_whole:.5f}")
    print(f"rows written, without {without:.1f} s, with the terms kept {kept:.1f} s, ratio {kept / without:.2f}")


def main() -> None:
    import django

    django.setup()
    from django.db import connection

    before = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = "bench_told"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        measure(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


if __name__ == "__main__":
    main()
