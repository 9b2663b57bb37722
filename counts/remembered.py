"""What was counted, by the newest revision of the ledger: it depends on nothing else, so it needn't be counted twice.

Only within one moment of the database: outside one, a revision could be recorded between asking for its number and counting.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import caches
from django.db import connection

from .moment import present

A_DAY = 24 * 60 * 60
# Names, for instance: they change without a revision.
_OTHER_TABLES = re.compile(r"\b(prisoners|releases|desk|history)_")


@dataclass(frozen=True)
class Newest:
    """Number and moment of the newest revision (0 and None in an empty ledger), and the key of the seals."""

    number: int
    recorded_at: datetime | None
    key: bytes


def newest() -> Newest:
    """The newest revision, asked once a moment."""
    moment = present()
    if moment is None:
        return _newest()
    return moment.once(Newest, _newest)


def rows(sql: str, params: Sequence[Any]) -> list[Any]:
    """What a query over the ledger gives; remembered where the moment is known and the query reads nothing but the ledger."""
    moment = present()
    with connection.cursor() as cursor:
        if moment is None or _OTHER_TABLES.search(sql):
            cursor.execute(sql, params)
            return cursor.fetchall()
        key = _key(cursor.cursor.mogrify(sql, params))
        found: list[Any] | None = caches["numbers"].get(key)
        if found is None:
            cursor.execute(sql, params)
            found = cursor.fetchall()
            caches["numbers"].set(key, found, A_DAY)
        return found


def _key(asked: bytes) -> str:
    """Of the very text that the database would get; and of the revision with its moment, for databases are restored."""
    at = newest()
    return hashlib.sha256(b"%d %s %s" % (at.number, str(at.recorded_at).encode(), asked)).hexdigest()


def _newest() -> Newest:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT coalesce(number, 0), recorded_at, key FROM counts_sealkey
               LEFT JOIN LATERAL (SELECT number, recorded_at FROM counts_revision ORDER BY number DESC LIMIT 1) AS r ON true"""
        )
        number, recorded_at, key = cursor.fetchone()
    return Newest(number, recorded_at, bytes(key))
