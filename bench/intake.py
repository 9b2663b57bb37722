"""What the intake of a pardon costs: open lines held against people, and thousands of releases confirmed and taken back.

    .venv/bin/python -m bench.intake [PEOPLE] [LINES]

It works on a database of its own, which it makes beforehand and drops afterwards.
"""

import os
import random
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

DAY = date(2024, 8, 16)
RELEASED = (3000, 10_000)
CHANGED = (1, 200, 5000)
# Everybody is held; their rows of the ledger are those of `_ledger_rows`.
ARRESTS = """
SET LOCAL session_replication_role = replica;
INSERT INTO prisoners_arrest (id, prisoner_id, began, country, region, place, circumstances, stated_reason, real_reason,
                              whereabouts, is_home_confinement)
SELECT 2 * id, id, '2021-03-01', 'BY', 'BY-HM', '', '', '', '', 'unknown', false FROM prisoners_prisoner;
INSERT INTO prisoners_source (id, title, publisher, url, archived_url, language, kind, confidentiality)
VALUES (1, 'An invented source', '', '', '', '', 'other', 'public');
INSERT INTO prisoners_citation (arrest_id, source_id, field, locator, value) SELECT id, 1, '', '', '' FROM prisoners_arrest;
SELECT setval(pg_get_serial_sequence('prisoners_source', 'id'), 1);
SELECT setval(pg_get_serial_sequence('prisoners_arrest', 'id'), (SELECT max(id) FROM prisoners_arrest));
SELECT setval(pg_get_serial_sequence('prisoners_name', 'id'), (SELECT max(id) FROM prisoners_name));
SET LOCAL session_replication_role = origin;
"""


def spent(do: Callable[[], Any], label: str) -> Any:
    """Do it, and say how long it took, in how many queries, and how large the process is by then."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        began = time.perf_counter()
        found = do()
        seconds = time.perf_counter() - began
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{label}: {seconds * 1000:,.0f} ms, {len(queries)} queries, process at most {largest} MB", flush=True)
    return found


def actor() -> Any:
    from prisoners.roles import Actor as OfRoles
    from prisoners.roles import Role, everywhere

    return OfRoles("editor", everywhere([Role.EDITOR]))


def begun(text: str, slug: str) -> Any:
    from django.utils import timezone

    from desk.intake.opening import Settings, open_intake
    from prisoners.dates import UncertainDate
    from prisoners.models import Source
    from releases.models import Mechanism, Pardon, Wave

    wave = Wave.objects.get_or_create(slug="wave", defaults={"title": "Wave"})[0]
    pardon = Pardon.objects.create(slug=slug, wave=wave, title=slug, announced_on=str(DAY))
    day = UncertainDate.on(DAY)
    settings = Settings(day, day, Mechanism.objects.get(code="pardon"), Source.objects.create(title=slug))
    return open_intake(pardon=pardon, text=text, settings=settings, by="editor", now=timezone.now())


def confirmed(intake: Any) -> None:
    from django.utils import timezone

    from desk.intake.confirming import confirm_intake, plan_of

    confirm_intake(intake=intake, by=actor(), now=timezone.now(), seen=plan_of(intake, actor()).seen)


def measure_offers(made: list[Any], lines: int, chance: random.Random) -> None:
    from desk.offers.fitting import number_offered
    from desk.offers.noticing import notice
    from desk.offers.views import offered_lines
    from prisoners.acting import OPERATOR, acting
    from prisoners.models import Prisoner
    from releases.models import Citation, PardonLine

    def until_done(**bounds: int) -> None:
        while not notice(**bounds).is_done:
            pass

    named = [made[chance.randrange(len(made))].other for _ in range(lines)]
    intake = begun("\n".join(named), "open")
    confirmed(intake)
    spent(until_done, f"{lines:,} new lines of an intake, read and compared with those changed since it was begun")
    spent(notice, "a page, nothing new")
    for number in CHANGED:
        keys = range(1, number + 1)
        with acting(actor=OPERATOR, capacity=OPERATOR):
            Prisoner.objects.filter(pk__in=keys).update(born="1980")
        spent(lambda: until_done(people=2000), f"{number:,} people changed, compared with all lines")
        told = spent(lambda: number_offered(actor()), "the number on the first page")
        print(f"    {told:,} lines offered")
    spent(lambda: offered_lines(actor(), "1"), "a page of offers")
    Citation.objects.create(pardon=intake.pardon, source=intake.source)
    PardonLine.objects.bulk_create(
        PardonLine(pardon=intake.pardon, position=lines + n, as_written=made[chance.randrange(len(made))].latin)
        for n in range(1, 201)
    )
    spent(until_done, "200 lines that came without an intake, compared with everybody")


def measure_releases(made: list[Any], number: int) -> None:
    from django.utils import timezone

    from desk.intake.choosing import Word, keep_words
    from desk.intake.confirming import plan_of
    from desk.intake.models import LineDecision
    from desk.intake.undoing import against, undo_intake
    from prisoners.models import Arrest

    arrests = list(Arrest.objects.filter(ended=None, release=None).order_by("pk")[:number])
    text = "\n".join(made[arrest.prisoner_id - 1].latin for arrest in arrests)
    intake = spent(lambda: begun(text, f"releases-{number}"), f"{len(arrests):,} lines: read and kept")
    words = [Word(n, 0, LineDecision.CHOSEN, arrest.pk) for n, arrest in enumerate(arrests, start=1)]
    spent(lambda: keep_words(intake=intake, words=words, by=actor(), now=timezone.now()), "    chosen all at once")
    spent(lambda: plan_of(intake, actor()), "    what confirming would do")
    spent(lambda: confirmed(intake), "    confirmed")
    intake.refresh_from_db()
    spent(lambda: against(intake), "    what stands against taking it back")
    spent(lambda: undo_intake(intake=intake, by=actor(), reason="measured"), "    taken back")


def main() -> None:
    import django

    django.setup()
    from django.db import connection, transaction

    from bench import _people_rows

    before = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = "bench_intake"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        people = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
        lines = int(sys.argv[2]) if len(sys.argv) > 2 else 5000
        made = _people_rows.write(people, random.Random(1905))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(ARRESTS)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE prisoners_arrest")
        print(f"{people:,} people, {lines:,} open lines", flush=True)
        measure_offers(made, lines, random.Random(2024))
        for number in RELEASED:
            measure_releases(made, number)
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


if __name__ == "__main__":
    main()
