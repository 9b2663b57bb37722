"""Records that break a rule which spans tables, as the database finds them: those that were there before the rule."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

_ALL = """
SELECT found.rule, found.record, found.record_id, person.code, found.words || ' (' || found.dates || ')'
FROM (SELECT * FROM prisoners_contradictions UNION ALL SELECT * FROM releases_contradictions) AS found
JOIN prisoners_prisoner AS person ON person.id = found.prisoner_id
ORDER BY found.rule, found.record_id
"""
CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One record that can't be right beside another."""

    rule: str
    record: str
    record_id: int
    person: str
    message: str


def contradictions() -> Iterator[Contradiction]:
    """All of them, by rule."""
    with connection.cursor() as cursor:
        cursor.execute(_ALL)
        while rows := cursor.fetchmany(CHUNK):
            yield from (Contradiction(*row) for row in rows)
