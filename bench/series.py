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
    from bench import _ledger_rows

    _ledger_rows.write(people)
    print(f"{people} people, 80 months beside a single count of the last day or of the whole time:")
    for question in QUESTIONS:
        single, series = fastest_of(list(asked(question)))
        print(f"{question:<48} single {single * 1000:5.0f} ms, series {series * 1000:5.0f} ms, ratio {series / single:.2f}")


def asked(question: str) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """The single count and the series of a question, checked to agree where both say the same."""
    from django.http import QueryDict

    from counts import grouping, tally
    from counts.asking import CountFilters
    from counts.dimensions import DIMENSIONS
    from counts.matching import matched
    from counts.series import Course

    filters = CountFilters(QueryDict(f"{question}&{OF_DAYS}"), today=LAST)
    found = matched(filters, None)
    course = Course(filters, found, filters.periods, "cumulative" in filters.given)
    by = DIMENSIONS.get(filters.one("by", ""))
    if by is not None:
        return lambda: grouping.cells(found, by, filters.days), lambda: course.cells(by)
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
