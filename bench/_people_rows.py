"""Those invented people in a database: written by COPY, with the keys of their names, and their rows of the ledger."""

import csv
import io
import random
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from typing import Any

from django.db import connection, transaction

from bench import _ledger_rows
from bench._people import AT_ONCE, Invented, invented
from prisoners.acting import OPERATOR, acting
from prisoners.names import VERSION, keys
from prisoners.spellings import amiss

PEOPLE = """
INSERT INTO prisoners_prisoner (id, code, country, gender, born, citizenships, home_region, state, visibility,
                                is_fictional, created_at, changed_at, last_changed_by, published_on)
SELECT n, 'BY-' || lpad(upper(to_hex(n)), 6, '0'), 'BY', (ARRAY['female', 'male', 'male'])[1 + n %% 3],
       (1950 + n %% 55)::text, '{}', '', 'published', 'named', true, now(), now(), '', '2024-01-01'
FROM generate_series(1, %s) AS n
"""
NAMES = "COPY prisoners_name (id, prisoner_id, text, language, script, kind, is_primary, is_heading) FROM STDIN (FORMAT csv)"
KEYS = "COPY prisoners_namekeys (name_id, keys, version) FROM STDIN (FORMAT csv)"

Line = tuple[Any, ...]


def write(people: int, chance: random.Random) -> list[Invented]:
    """As many people as wanted, one in three with two names, the others with the Latin one or the other; give who they are."""
    made = list(invented(people, chance))
    with acting(actor=OPERATOR, capacity=OPERATOR), transaction.atomic(), connection.cursor() as cursor:
        # Without triggers: their work would take hours, and the history of each record.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(PEOPLE, [people])
        lines = list(_names(made))
        cursor.copy_expert(NAMES, _file(lines))
        with ProcessPoolExecutor(2) as pool:
            for of_batch in pool.map(keyed, _batches((line[0], line[2]) for line in lines)):
                cursor.copy_expert(KEYS, _file(of_batch))
        cursor.execute("SET LOCAL session_replication_role = origin")
        amiss(repair=True)
    _ledger_rows.write(people)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE prisoners_prisoner, prisoners_name, prisoners_namekeys, prisoners_spellings")
    return made


def stored(place: int, person: Invented) -> list[tuple[str, str]]:
    """The names that the person at this place among all has in the database, with their scripts; the first is the heading."""
    both = [(person.latin, "Latn"), (person.other, person.script)]
    return both if place % 3 == 0 else [both[place % 3 - 1]]


def keyed(names: list[tuple[int, str]]) -> list[Line]:
    """The rows of the keys of names."""
    return [(key, "{" + ",".join(sorted(keys(text))) + "}", VERSION) for key, text in names]


def _names(made: list[Invented]) -> Iterator[Line]:
    key = 0
    for place, person in enumerate(made):
        for at, (text, script) in enumerate(stored(place, person)):
            key += 1
            yield key, place + 1, text, "und", script, "legal", "f", "t" if at == 0 else "f"


def _batches(names: Iterable[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    each = iter(names)
    while batch := list(islice(each, AT_ONCE)):
        yield batch


def _file(lines: Iterable[Line]) -> io.StringIO:
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    out.seek(0)
    return out
