"""How fast the pages of releases and the timeline are: whole requests, and their figures beside SQL written by hand.

    .venv/bin/python -m bench.waves [PEOPLE]

Of a million people twenty thousand stand under five acts of one wave, a hundred thousand under 99 other waves; 500 events.
A page is asked when nothing is remembered, as after a change of any record, and again. It works on a database of its own, which
it makes beforehand (a quarter of an hour for a million) and drops afterwards.
"""

import os
import sys
import time
from collections.abc import Callable
from functools import cache
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

ROUNDS = 5
FIRST_VIEW = 60_000
PERIOD = "from=2020-08-01&to=2023-07-31"
PAGES = [
    "/releases/large/",
    "/releases/large/?page=100",
    "/releases/large/?outcome=released&left=under-90",
    "/releases/large/act-1/",
    "/releases/large.json",
    "/releases/large/act-1.json",
    "/releases/wave-50/",
    "/releases/",
    f"/timeline/?{PERIOD}",
    f"/timeline.json?{PERIOD}",
    "case",
]

# All that the page of a wave counts, but for words and the list.
WAVE_BY_HAND = """
WITH covered AS (
    SELECT arrest_id, bool_or(by = 2) AS is_under, bool_or(by = 3) AS is_void FROM (
        SELECT arrest_id, 1 AS by FROM releases_pardonline WHERE pardon_id BETWEEN 1 AND 5 AND arrest_id IS NOT NULL
        UNION ALL SELECT arrest_id, 2 FROM releases_release WHERE pardon_id BETWEEN 1 AND 5
        UNION ALL SELECT arrest_id, 3 FROM releases_voidrelease WHERE pardon_id BETWEEN 1 AND 5
    ) AS tied GROUP BY arrest_id
), known AS MATERIALIZED (
    SELECT row.prisoner_id, release.id AS release_id, release.verification,
           CASE WHEN row.is_death THEN 'died' WHEN is_under AND row.mechanism <> '' THEN 'released' WHEN is_void THEN 'void'
                WHEN row.mechanism <> '' THEN 'otherwise' ELSE 'held' END AS outcome, arrest.id AS arrest_id,
           arrest.ended_earliest, arrest.ended_latest,
           row.siblings > 1 AND row.mechanism <> '' AND EXISTS (
               SELECT FROM counts_ledgerrow AS other WHERE other.known_until IS NULL AND other.prisoner_id = row.prisoner_id
                   AND other.arrest_id <> row.arrest_id AND other.possible_from >= row.possible_until) AS is_again
    FROM covered JOIN counts_ledgerrow AS row USING (arrest_id) JOIN prisoners_arrest AS arrest ON arrest.id = arrest_id
    LEFT JOIN releases_release AS release USING (arrest_id)
    WHERE row.known_until IS NULL AND row.visibility = 'named'
), sentences AS (
    SELECT greatest(0, told.latest - ended_earliest) AS most FROM known
    CROSS JOIN LATERAL sentence_ends(arrest_id, ended_earliest, ended_latest) AS told WHERE outcome = 'released'
)
SELECT outcome, count(DISTINCT prisoner_id) FROM known GROUP BY 1
UNION ALL SELECT 'again', count(DISTINCT prisoner_id) FROM known WHERE is_again
UNION ALL SELECT verification, count(DISTINCT prisoner_id) FROM known WHERE outcome = 'released' GROUP BY 1
UNION ALL SELECT condition_id, count(DISTINCT prisoner_id) FROM known JOIN releases_release_conditions USING (release_id)
          WHERE outcome = 'released' GROUP BY 1
UNION ALL SELECT 'left', sum(most) FROM sentences
UNION ALL SELECT 'before', count(DISTINCT prisoner_id) FROM counts_ledgerrow
          WHERE known_until IS NULL AND possible_from <= '2022-12-19' AND certain_from >= '2022-11-20'
"""
# Arrests that can have begun in each month: one of the three measures of the timeline, without those that certainly did.
MONTHS_BY_HAND = """
SELECT month, count(DISTINCT prisoner_id) FROM generate_series('2020-08-01'::date, '2023-07-01', '1 month') AS month
JOIN counts_ledgerrow ON possible_from < month + interval '1 month' AND certain_from >= month
WHERE known_until IS NULL AND certain_from >= '2020-08-01' AND possible_from <= '2023-07-31' GROUP BY 1 ORDER BY 1
"""


def spent(ask: Callable[[], Any]) -> float:
    began = time.perf_counter()
    ask()
    return time.perf_counter() - began


def forget() -> None:
    """As after a change."""
    from django.core.cache import caches

    caches["numbers"].clear()
    caches["records"].clear()


def anew(ask: Callable[[], Any]) -> Callable[[], Any]:
    def asked() -> Any:
        forget()
        return ask()

    return asked


def by_hand(sql: str) -> dict[Any, int]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {key: int(number) for key, number in cursor.fetchall()}


def wave_figures() -> dict[str, int]:
    """The same by the code of the page."""
    from django.http import QueryDict
    from django.utils.timezone import localdate, now

    from public.refill import refill
    from public.shares import shares
    from public.wave import known_of
    from releases.models import Wave

    wave, today = Wave.objects.get(pk=1), localdate()
    known = known_of(wave, list(wave.pardons.all()), QueryDict(), today=today)
    told, around = shares(known.rows, known.released), refill(known.acts, 1, today, now())
    assert around is not None
    every = [*told.outcomes, *told.verifications, *(share for share in told.conditions if share.code != "none")]
    found = {share.code: share.people for share in every}
    return {**found, "again": told.again.people, "left": told.sentences.total.at_most, "before": around.before.figures.at_most}


def months() -> dict[Any, int]:
    """Arrests of each month by the code of the timeline."""
    from django.utils.timezone import localdate, now

    from public.figures import ask

    found = ask(localdate(), now(), measure="arrests", step="month", recognised="any", **dict(_period()))
    return {point.period: point.figures.at_most for point in found.answer.series}


def _period() -> list[tuple[str, str]]:
    from urllib.parse import parse_qsl

    return parse_qsl(PERIOD)


@cache
def client() -> Any:
    """One server: each client would read all static files anew."""
    from django.test import Client

    return Client(headers={"accept-encoding": "gzip"})


def measure_figures() -> None:
    pairs = {"the figures of the large wave": (WAVE_BY_HAND, wave_figures), "arrests of 36 months": (MONTHS_BY_HAND, months)}
    for name, (sql, own) in pairs.items():
        hand, ours = by_hand(sql), own()
        if sorted(filter(None, hand.values())) != sorted(filter(None, ours.values())):
            sys.exit(f"{name}: the code and the SQL written by hand give different numbers: {hand} {ours}")
        best = min(spent(lambda sql=sql: by_hand(sql)) for _ in range(ROUNDS))
        first = min(spent(anew(own)) for _ in range(ROUNDS))
        print(f"{name}: by hand {best * 1000:.0f} ms, by the page's code {first * 1000:.0f} ms, ratio {first / best:.2f}")


def measure_pages() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for path in PAGES:
        path = _case() if path == "case" else path

        def ask(path: str = path) -> Any:
            return client().get(path)

        first = min(spent(anew(ask)) for _ in range(ROUNDS))
        again = min(spent(ask) for _ in range(ROUNDS))
        forget()
        with CaptureQueriesContext(connection) as queries:
            answer = ask()
        if answer.status_code != 200 or len(answer.content) > FIRST_VIEW:
            sys.exit(f"{path}: status {answer.status_code}, {len(answer.content)} bytes")
        said = f"{first * 1000:.0f} ms, again {again * 1000:.0f} ms, {len(queries)} queries, {len(answer.content):,} bytes"
        print(f"{path:<50} {said}")


def _case() -> str:
    from prisoners.models import Prisoner

    named = Prisoner.objects.named().filter(arrests__release__pardon__wave=1).order_by("code").first()
    assert named is not None
    return str(named.get_absolute_url())


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from bench import _crowd, _wave_rows

    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["testserver"], False
    before = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = "bench_waves"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        people = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
        _crowd.gather(people)
        _wave_rows.add()
        print(f"{people:,} people")
        measure_figures()
        measure_pages()
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


if __name__ == "__main__":
    main()
