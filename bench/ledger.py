"""How fast the ledger answers: a count and five facets, as a list asks them, beside the best SQL written by hand.

    .venv/bin/python -m bench.ledger [PEOPLE]

Both read the same rows and give the same numbers, which is checked; the ratio is what to watch. It works on a database of
its own, which it makes beforehand and drops afterwards.
"""

import os
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

DAY = date(2024, 1, 15)
FACETS = ("gender", "region", "mechanism", "occupation", "article")
ROUNDS = 7

# One person in twenty was arrested twice; a third came out; a tenth were arrested in a month known, on a day unknown.
PEOPLE = """
INSERT INTO prisoners_prisoner (code, country, gender, born, citizenships, home_region, summary, state, visibility,
                                is_fictional, created_at, changed_at)
SELECT 'BY-' || lpad(n::text, 6, '0'), 'BY', (ARRAY['female', 'male', 'male'])[1 + n %% 3], (1950 + n %% 55)::text, '{}', '', '',
       CASE WHEN n %% 50 = 0 THEN 'draft' ELSE 'published' END, 'named', true, now(), now()
FROM generate_series(1, %s) AS n;
INSERT INTO prisoners_arrest (prisoner_id, began, ended, country, region, place, agency, circumstances, stated_reason,
                              real_reason, whereabouts, is_home_confinement)
SELECT id, CASE WHEN id %% 10 = 0 THEN to_char(began, 'YYYY-MM') ELSE began::text END,
       CASE WHEN id %% 3 = 0 THEN (began + 400)::text END, 'BY', (ARRAY['BY-HM', 'BY-BR', 'BY-VI', 'BY-HO'])[1 + id %% 4],
       '', '', '', '', '', 'unknown', false
FROM prisoners_prisoner, LATERAL (SELECT '2020-08-09'::date + (id %% 900)::int AS began) AS began
UNION ALL
SELECT id, '2019-01-10', '2019-01-25', 'BY', 'BY-HM', '', '', '', '', '', 'unknown', false
FROM prisoners_prisoner WHERE id %% 20 = 0;
INSERT INTO releases_release (arrest_id, mechanism_id, liberty_after, verification, note)
SELECT id, 'pardon', 'free', 'announced', '' FROM prisoners_arrest WHERE ended IS NOT NULL;
INSERT INTO prisoners_prisoner_occupations (prisoner_id, occupation_id)
SELECT person.id, occupation.code FROM prisoners_prisoner AS person
JOIN (SELECT code, row_number() OVER () AS n FROM prisoners_occupation) AS occupation ON occupation.n = 1 + person.id %% 9;
INSERT INTO prisoners_statute (slug, country, law, article, part, title)
SELECT 'by-cc-' || n, 'BY', 'CC', n::text, '', 'Article' FROM generate_series(1, 40) AS n;
INSERT INTO prisoners_charge (arrest_id, statute_id, status)
SELECT arrest.id, statute.id, 'pending' FROM prisoners_arrest AS arrest
JOIN prisoners_statute AS statute ON statute.article::int IN (1 + arrest.id %% 40, 1 + arrest.id %% 7);
"""

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

Numbers = dict[str, list[tuple[int, int]]]


def by_hand() -> Numbers:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, {"day": DAY})
        rows = cursor.fetchall()
    return {facet: sorted((least, most) for name, _key, least, most in rows if name == facet) for facet in ("", *FACETS)}


def by_the_list() -> Numbers:
    from django.http import QueryDict

    from counts import tally
    from counts.dimensions import DIMENSIONS
    from counts.listing import Listing

    listing = Listing(QueryDict(), today=DAY)
    total = [(listing.total.at_least, listing.total.at_most)]
    wanted: dict[str, Any] = {name: (listing.matched, DIMENSIONS[name]) for name in FACETS}
    groups = tally.group_each(wanted, {"on": DAY, "first": None, "last": DAY})
    each = {name: sorted((g.figures.at_least, g.figures.at_most) for g in found) for name, found in groups.items()}
    return {"": total, **each}


def fastest(ask: Callable[[], Numbers]) -> float:
    """Seconds of the fastest of several rounds: the others measure what else the machine did."""
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        ask()
        seconds.append(time.perf_counter() - began)
    return min(seconds)


def measure(people: int) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PEOPLE, [people])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    if by_the_list() != by_hand():
        sys.exit("The list and the SQL written by hand give different numbers.")
    hand, listed = fastest(by_hand), fastest(by_the_list)
    print(
        f"{people} people, a count and {len(FACETS)} facets: by hand {hand * 1000:.0f} ms, as a list asks {listed * 1000:.0f} ms"
    )
    print(f"ratio {listed / hand:.2f}")


def main() -> None:
    import django

    django.setup()
    from django.db import connection

    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        measure(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


if __name__ == "__main__":
    main()
