"""What was counted, by the newest revision of the ledger: it depends on nothing else, so it needn't be counted twice.

What is read of the records too changes without a revision: that is remembered by the newest seal of their history.

Only within one moment of the database: outside one, a revision could be recorded between asking for its number and counting.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import caches
from django.db import connection

from .moment import present

Params = Sequence[Any] | Mapping[str, Any]
A_DAY = 24 * 60 * 60
# Names, for instance: they change without a revision.
_OTHER_TABLES = re.compile(r"\b(prisoners|releases|desk|history)_")


@dataclass(frozen=True)
class Newest:
    """Number and moment of the newest revision (0 and None in an empty ledger), and the key of the seals."""

    number: int
    recorded_at: datetime | None
    key: bytes


@dataclass(frozen=True)
class State:
    """A word for the state of all records, which changes with every change of any of them."""

    word: str


def newest() -> Newest:
    """The newest revision, asked once a moment."""
    moment = present()
    if moment is None:
        return _newest()
    return moment.once(Newest, _newest)


def rows(sql: str, params: Params) -> list[Any]:
    """What a query over the ledger gives; remembered where the moment is known and the query reads nothing but the ledger."""
    if present() is None or _OTHER_TABLES.search(sql):
        return _asked(sql, params)
    return _remembered("numbers", sql, params)


def rows_of_records(sql: str, params: Params) -> list[Any]:
    """The same of a query over the ledger and the records; remembered until any record changes, and few of them."""
    moment = present()
    if moment is None:
        return _asked(sql, params)
    return _remembered("records", sql, params, moment.once(State, _state).word)


def _remembered(cache: str, sql: str, params: Params, state: str = "") -> list[Any]:
    key = _key(sql, params, state)
    found: list[Any] | None = caches[cache].get(key)
    if found is None:
        found = _asked(sql, params)
        caches[cache].set(key, found, A_DAY)
    return found


def _asked(sql: str, params: Params) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _key(sql: str, params: Params, state: str) -> str:
    """Of the very text that the database would get; and of the revision with its moment, for databases are restored."""
    at = newest()
    with connection.cursor() as cursor:
        asked = cursor.cursor.mogrify(sql, params)
    return hashlib.sha256(b"%d %s %s %s" % (at.number, str(at.recorded_at).encode(), state.encode(), asked)).hexdigest()


def _state() -> State:
    [(word,)] = _asked("SELECT stillheld_state()", [])
    return State(word)


def _newest() -> Newest:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT coalesce(number, 0), recorded_at, key FROM counts_sealkey
               LEFT JOIN LATERAL (SELECT number, recorded_at FROM counts_revision ORDER BY number DESC LIMIT 1) AS r ON true"""
        )
        number, recorded_at, key = cursor.fetchone()
    return Newest(number, recorded_at, bytes(key))
