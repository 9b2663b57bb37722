"""Letting the database write rows: many times as fast as rows that pass through Python one by one."""

import io
from typing import IO, Any

from django.db import connection

CSV = "FORMAT csv"
# JSON escapes every control sign, so none of these can be in it, and the database leaves each line as it is.
LINES = "FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01'"


def copy_out(query: str, params: Any, options: str, file: IO[bytes]) -> int:
    """Write the rows of a query to a file; returns how many they are. Raises a database error as any query does."""
    with connection.cursor() as cursor, connection.wrap_database_errors:
        statement = cursor.mogrify(query, params or None)
        cursor.copy_expert(f"COPY ({statement.decode()}) TO STDOUT WITH ({options})", file)
        return int(cursor.rowcount)


def copied(query: str, params: Any, options: str) -> bytes:
    """The rows of a query that are few enough to be held."""
    out = io.BytesIO()
    copy_out(query, params, options, out)
    return out.getvalue()
