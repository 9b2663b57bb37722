"""Which custodies share a day that is certain, by the database's own reckoning."""

import datetime
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection

from prisoners.dates import UncertainDate

_OVERLAPS = """
WITH custody AS (
    SELECT place - 1 AS place, custody_certain(began, ended, confirmed) AS days
    FROM unnest(%s::text[], %s::text[], %s::date[]) WITH ORDINALITY AS typed(began, ended, confirmed, place)
)
SELECT one.place, other.place FROM custody AS one JOIN custody AS other ON one.place < other.place AND one.days && other.days
ORDER BY one.place, other.place
"""


class Custody(NamedTuple):
    began: UncertainDate | None
    ended: UncertainDate | None
    last_confirmed_on: datetime.date | None


def overlapping(custodies: Sequence[Custody]) -> list[tuple[int, int]]:
    """Pairs of places in `custodies` that can't both be true of one person; in order."""
    if len(custodies) < 2:
        return []
    columns: list[Any] = [
        [str(custody.began) if custody.began else None for custody in custodies],
        [str(custody.ended) if custody.ended else None for custody in custodies],
        [custody.last_confirmed_on for custody in custodies],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_OVERLAPS, columns)
        return cursor.fetchall()
