"""Which state of the records, of the settings and of this code prepared files must be of to be handed out.

The history seals every transaction that changes a record, in the order of the commits; so the newest seal names the state of all
records. Agreements begin and end with days, so the day belongs to it.
"""

import hashlib
import json
from datetime import date
from functools import lru_cache

import duckdb
from django.conf import settings
from django.db import connection

from ..tables import TABLES

# Raised when files come out otherwise though no table changed.
MAKING = 1

_NEWEST = "SELECT stillheld_state(), (SELECT max(number) FROM counts_revision)"


def state(day: date) -> str:
    """A digest, the same while nothing changes that the files could tell. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST)
        newest = cursor.fetchone()
    told = [
        day.isoformat(),
        settings.SITE_NAME,
        settings.SITE_URL,
        settings.DATA_LICENCE,
        settings.DATA_LICENCE_URL,
        _code(),
        *newest,
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


@lru_cache(maxsize=1)
def _code() -> str:
    """How the files are made."""
    tables = "\n".join(f"{table.name} {column.name} {column.kind}" for table in TABLES for column in table.columns)
    selects = "\n".join(table.select() for table in TABLES)
    return hashlib.sha256(f"{MAKING}\n{duckdb.__version__}\n{tables}\n{selects}".encode()).hexdigest()
