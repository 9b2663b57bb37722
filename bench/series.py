"""How fast a series answers: 80 months in one query, beside one single count of the same.

    .venv/bin/python -m bench.series [PEOPLE]

The last point is checked to be the single count. The ratio is what to watch: the target is under 2. The ledger's rows are made
directly, for it alone is read; the database is made beforehand and dropped afterwards.
"""

import os
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

FIRST, LAST = date(2017, 6, 1), date(2024, 1, 15)
ROUNDS = 7
OF_DAYS = f"from={FIRST}&to={LAST}&step=month"

# One person in twenty was arrested twice; a third came out; a tenth on a day known to a month; seven in ten are recognised, and
# one in two hundred of all twice, with a gap.
LEDGER = """
INSERT INTO counts_revision (number, recorded_at, actor, reason) VALUES (1, now(), '', '');
INSERT INTO counts_ledgerrow (known_from, arrest_id, prisoner_id, ordinal, siblings, possible_from, certain_from, certain_until,
    possible_until, next_possible_from, next_certain_from, unconfirmed_from, is_death, mechanism, recognised_certain,
    recognised_possible, recognisers, recognisers_certain, recognisers_possible, born_earliest, born_latest, gender, country,
    region, occupations, articles, treatments, facilities, facilities_certain, facilities_possible, visibility, sentence_kind,
    sentence_months)
SELECT 1, 2 * id + again, id, CASE WHEN id %% 20 = 0 THEN 2 - again ELSE 1 END, CASE WHEN id %% 20 = 0 THEN 2 ELSE 1 END,
    began, began + unsure, until, until, CASE WHEN again = 1 THEN later ELSE 'infinity' END,
    CASE WHEN again = 1 THEN later ELSE 'infinity' END,
    CASE WHEN until < 'infinity' THEN 'infinity' ELSE began + unsure + 365 END, false,
    CASE WHEN until < 'infinity' THEN 'pardon' ELSE '' END,
    recognised, recognised, ARRAY[1]::bigint[], ARRAY[span], ARRAY[span],
    make_date(1950 + id %% 55, 1, 1), make_date(1950 + id %% 55, 12, 31), (ARRAY['female', 'male', 'male'])[1 + id %% 3], 'BY',
    (ARRAY['BY-HM', 'BY-BR', 'BY-VI', 'BY-HO'])[1 + id %% 4], ARRAY['lawyer'], ARRAY[1 + id %% 40, 41 + id %% 7]::bigint[], '{}',
    '{}', '{}', '{}', 'named', 'imprisonment', 12 + id %% 120
FROM generate_series(1, %s) AS id
CROSS JOIN LATERAL (SELECT '2020-08-09'::date + (id * 7919::bigint %% 900)::int AS later) AS later
CROSS JOIN LATERAL (
    SELECT 0 AS again, later AS began, CASE WHEN id %% 10 = 0 THEN 30 ELSE 0 END AS unsure,
           CASE WHEN id %% 3 = 0 THEN later + 30 + (id * 104729::bigint %% 500)::int ELSE 'infinity' END AS until
    UNION ALL SELECT 1, '2019-01-10', 0, '2019-01-25' WHERE id %% 20 = 0
) AS arrest
CROSS JOIN LATERAL (SELECT daterange(began + (id * 31) %% 200, NULL) AS span) AS span
CROSS JOIN LATERAL (SELECT CASE WHEN id %% 7 >= 5 THEN '{}'::datemultirange
    WHEN id %% 200 = 7 THEN datemultirange(daterange(began + 30, began + 90), daterange(began + 300, NULL))
    ELSE datemultirange(span) END AS recognised) AS recognised;
"""
QUESTIONS = [
    "recognised=any",
    "recognised=then",
    "recognised=then&unit=arrests",
    "recognised=then&region=BY-HM",
    "recognised=then&by=region",
    "recognised=then&by=article",
    "measure=ever&recognised=then",
    "measure=arrests&recognised=then",
    "measure=releases&recognised=then",
    "measure=arrests&recognised=then&cumulative=1",
]


def fastest_of(asks: list[Callable[[], Any]]) -> list[float]:
    """Seconds of the fastest of several rounds of each, taken in turns: the others measure what else the machine did."""
    seconds = [float("inf")] * len(asks)
    for _ in range(ROUNDS):
        for place, ask in enumerate(asks):
            began = time.perf_counter()
            ask()
            seconds[place] = min(seconds[place], time.perf_counter() - began)
    return seconds


def measure(people: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(LEDGER, [people])
        cursor.execute("VACUUM ANALYZE counts_ledgerrow")
    print(f"{people} people, 80 months beside a single count of the last day or of the whole time:")
    for question in QUESTIONS:
        single, series = fastest_of(list(asked(question)))
        print(f"{question:<48} single {single * 1000:5.0f} ms, series {series * 1000:5.0f} ms, ratio {series / single:.2f}")


def asked(question: str) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """The single count and the series of a question, checked to agree where both say the same."""
    from django.http import QueryDict

    from counts import tally
    from counts.asking import CountFilters
    from counts.dimensions import DIMENSIONS
    from counts.matching import matched
    from counts.series import Course

    filters = CountFilters(QueryDict(f"{question}&{OF_DAYS}"), today=LAST)
    found = matched(filters, None)
    course = Course(filters, found, filters.periods, "cumulative" in filters.given)
    by = DIMENSIONS.get(filters.one("by", ""))
    if by is not None:
        return lambda: tally.cells(found, by, filters.days), lambda: course.cells(by)
    is_same = not filters.asked.is_flow or course.is_cumulative
    if is_same and course.totals()[-1] != tally.total(found):
        sys.exit(f"The last point of {question} isn't the single count.")
    return lambda: tally.total(found), course.totals


def main() -> None:
    import django

    django.setup()
    from django.db import connection

    before = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = "bench_series"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        measure(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


if __name__ == "__main__":
    main()
