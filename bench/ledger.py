"""How fast the ledger answers beside the best SQL written by hand: a count with a breakdown, and a count with five facets.

    .venv/bin/python -m bench.ledger [PEOPLE]

Both read the same rows and give the same numbers, which is checked; the ratio is what to watch. Beside it: the same count when it
is remembered, the whole way of a request. It works on a database of its own, which it makes beforehand and drops afterwards.
"""

import os
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

DAY = date(2024, 1, 15)
FACETS = ("gender", "region", "mechanism", "occupation", "article")
ROUNDS = 7

BY_HAND = """
WITH matched AS MATERIALIZED (
    SELECT prisoner_id, siblings, gender, region, mechanism, occupations, articles, certain_from <= %(day)s AS is_certain
    FROM counts_ledgerrow WHERE known_until IS NULL AND visibility <> 'counted' AND possible_from <= %(day)s
), one AS (SELECT * FROM matched WHERE siblings = 1), several AS (SELECT * FROM matched WHERE siblings > 1),
part (facet, key, at_least, at_most) AS (
    SELECT CASE grouping(gender, region, mechanism) WHEN 3 THEN 'gender' WHEN 5 THEN 'region' WHEN 6 THEN 'mechanism' ELSE '' END,
           coalesce(gender, region, mechanism), count(*) FILTER (WHERE is_certain), count(*)
    FROM one GROUP BY GROUPING SETS (gender, region, mechanism, ())
    UNION ALL
    SELECT CASE grouping(gender, region, mechanism) WHEN 3 THEN 'gender' WHEN 5 THEN 'region' WHEN 6 THEN 'mechanism' ELSE '' END,
           coalesce(gender, region, mechanism), count(DISTINCT prisoner_id) FILTER (WHERE is_certain), count(DISTINCT prisoner_id)
    FROM several GROUP BY GROUPING SETS (gender, region, mechanism, ())
    UNION ALL
    SELECT 'occupation', unnest(occupations), count(*) FILTER (WHERE is_certain), count(*) FROM one GROUP BY 2
    UNION ALL
    SELECT 'occupation', unnest(occupations), count(DISTINCT prisoner_id) FILTER (WHERE is_certain), count(DISTINCT prisoner_id)
    FROM several GROUP BY 2
    UNION ALL
    SELECT 'article', unnest(articles)::text, count(*) FILTER (WHERE is_certain), count(*) FROM one GROUP BY 2
    UNION ALL
    SELECT 'article', unnest(articles)::text, count(DISTINCT prisoner_id) FILTER (WHERE is_certain), count(DISTINCT prisoner_id)
    FROM several GROUP BY 2
)
SELECT facet, key, sum(at_least)::bigint, sum(at_most)::bigint FROM part GROUP BY 1, 2
"""

# The best for one breakdown: nothing is kept that isn't grouped, people with one arrest needn't be told apart.
BREAKDOWN_BY_HAND = """
WITH matched AS NOT MATERIALIZED (
    SELECT prisoner_id, siblings, region, certain_from <= %(day)s AND certain_until > %(day)s
           AND recognised_certain @> %(day)s::date AS is_certain
    FROM counts_ledgerrow WHERE known_until IS NULL AND visibility <> 'counted'
      AND possible_from <= %(day)s AND possible_until > %(day)s AND recognised_possible @> %(day)s::date
), part (key, at_least, at_most) AS (
    SELECT region, count(*) FILTER (WHERE is_certain), count(*) FROM matched WHERE siblings = 1 GROUP BY region
    UNION ALL
    SELECT region, count(DISTINCT prisoner_id) FILTER (WHERE is_certain), count(DISTINCT prisoner_id)
    FROM matched WHERE siblings > 1 GROUP BY region
)
SELECT key, sum(at_least)::bigint, sum(at_most)::bigint FROM part GROUP BY key
"""

Numbers = dict[str, list[tuple[int, int]]]
QUESTION = f"measure=held&on={DAY}&recognised=then&by=region"


def by_hand() -> Numbers:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, {"day": DAY})
        rows = cursor.fetchall()
    return {facet: sorted((least, most) for name, _key, least, most in rows if name == facet) for facet in ("", *FACETS)}


def by_the_list() -> Numbers:
    from django.http import QueryDict

    from counts import grouping
    from counts.dimensions import DIMENSIONS
    from counts.listing import Listing

    listing = Listing(QueryDict(), today=DAY)
    wanted: dict[str, Any] = {name: (listing.matched, DIMENSIONS[name]) for name in FACETS}
    found, groups = grouping.total_and_groups(listing.matched, wanted, {"on": DAY, "first": None, "last": DAY})
    total = [(found.at_least, found.at_most)]
    each = {name: sorted((g.figures.at_least, g.figures.at_most) for g in found) for name, found in groups.items()}
    return {"": total, **each}


def breakdown_by_hand() -> Numbers:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(BREAKDOWN_BY_HAND, {"day": DAY})
        return {"region": sorted((least, most) for _key, least, most in cursor.fetchall())}


def breakdown() -> Numbers:
    """The answer to the question as pages and programs ask it, with everything that it says."""
    from django.http import QueryDict
    from django.utils import timezone

    from counts.answering import answer

    found = answer(QueryDict(QUESTION), today=DAY, now=timezone.now())
    return {"region": sorted((g.figures.at_least, g.figures.at_most) for g in found.groups)}


def rows_of_a_file() -> Numbers:
    from django.http import QueryDict

    from counts.exports.people_source import number_of
    from counts.listing import Listing

    number = number_of(Listing(QueryDict(), today=DAY))
    return {"rows": [(number, number)]}


@cache
def client() -> Any:
    """One server: each client would read all static files anew."""
    from django.test import Client

    return Client()


def request() -> Numbers:
    """The whole way of a request, within one moment of the database, where numbers are remembered."""
    groups = client().get(f"/counts.json?{QUESTION}").json()["groups"]
    return {"region": sorted((group["at_least"], group["at_most"]) for group in groups)}


def fastest(ask: Callable[[], Numbers]) -> float:
    """Seconds of the fastest of several rounds: the others measure what else the machine did."""
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        ask()
        seconds.append(time.perf_counter() - began)
    return min(seconds)


def measure() -> None:
    pairs = {
        "a count by region": (breakdown_by_hand, breakdown, 1.5),
        f"a count and {len(FACETS)} facets": (by_hand, by_the_list, 1.2),
    }
    for name, (hand, own, target) in pairs.items():
        if hand() != own():
            sys.exit(f"{name}: the answer and the SQL written by hand give different numbers.")
        best, ours = fastest(hand), fastest(own)
        print(f"{name}: by hand {best * 1000:.0f} ms, as asked {ours * 1000:.0f} ms, ratio {ours / best:.2f} (target {target})")
    if request() != breakdown():
        sys.exit("The request and the answer give different numbers.")
    print(f"the number of rows of a file, which its first byte waits for: {fastest(rows_of_a_file) * 1000:.0f} ms (target 300)")
    print(f"the count by region again, remembered, as a whole request: {fastest(request) * 1000:.1f} ms (target 10)")


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from bench import _ledger_rows

    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["testserver"], False
    before = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = "bench_ledger"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        people = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
        _ledger_rows.write(people)
        print(f"{people:,} people")
        measure()
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


if __name__ == "__main__":
    main()
