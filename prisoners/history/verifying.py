"""Whether the history is whole: its chain of seals, what each seal covers, and that no record changed without a trace."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection, transaction
from psycopg2 import sql

TRIGGERS = 4  # insert, update, delete, truncate
AT_ONCE = 2000

BROKEN_LINKS = """
SELECT number FROM (
    SELECT seal.*, lag(number, 1, 0::bigint) OVER w AS number_before, coalesce(lag(hash) OVER w, sha256('')) AS hash_before
    FROM history_seal AS seal WINDOW w AS (ORDER BY number)
) AS link
WHERE number <> number_before + 1 OR previous <> hash_before
    OR hash <> history_link(number, batch, sealed_at, entries, digest, previous)
ORDER BY number
"""
BROKEN_SEALS = """
SELECT seal.number, found.first_entry, seal.entries, coalesce(found.entries, 0)
FROM history_seal AS seal
FULL JOIN (
    SELECT batch, min(id) AS first_entry, count(*) AS entries,
           sha256(string_agg(history_bytes(entry), ''::bytea ORDER BY id)) AS digest
    FROM history_entry AS entry GROUP BY batch
) AS found ON found.batch = seal.batch
WHERE found.digest IS DISTINCT FROM seal.digest
ORDER BY seal.number, found.first_entry
"""
LATEST = """
CREATE TEMPORARY TABLE history_latest ON COMMIT DROP AS
    SELECT DISTINCT ON (subject) subject, after FROM history_entry ORDER BY subject, id DESC;
CREATE UNIQUE INDEX ON history_latest (subject);
ANALYZE history_latest;
"""
CHANGED = """
SELECT found.subject, latest.after, found.image
FROM (SELECT {name} || it.{key} AS subject, to_jsonb(it) - %s::text[] AS image FROM {table} AS it) AS found
LEFT JOIN history_latest AS latest ON latest.subject = found.subject
WHERE latest.after IS DISTINCT FROM found.image
"""
GONE = """
SELECT subject FROM history_latest AS latest WHERE after IS NOT NULL AND split_part(subject, ':', 1) = %s
AND NOT EXISTS (SELECT FROM {table} AS it WHERE {name} || it.{key} = latest.subject)
"""


@dataclass(frozen=True)
class Breach:
    """One thing that isn't as the history says: where, and what is wrong."""

    kind: str
    where: str
    message: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def head() -> tuple[int, str]:
    """Number and hash of the newest seal; kept elsewhere, they show if the end of the history was cut off."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, encode(hash, 'hex') FROM history_seal ORDER BY number DESC LIMIT 1")
        return cursor.fetchone() or (0, "")


def breaches(*, expected: str = "") -> Iterator[Breach]:
    """Everything that is wrong. `expected`: the hash of a seal that must be there, as noted some time ago.

    One snapshot of the whole: changes made meanwhile are neither missed nor misread.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET LOCAL timezone = 'UTC'")
        yield from _chain(cursor, expected)
        yield from _seals(cursor)
        cursor.execute(LATEST)
        cursor.execute("SELECT table_name, key, left_out FROM history_tracked ORDER BY table_name")
        for table, key, left_out in cursor.fetchall():
            yield from _untracked(cursor, table)
            yield from _records(cursor, table, key, left_out)
            yield from _vanished(cursor, table, key)


def _chain(cursor: Any, expected: str) -> Iterator[Breach]:
    cursor.execute(BROKEN_LINKS)
    for (number,) in cursor.fetchall():
        yield Breach("chain", f"seal {number}", "It doesn't follow from the seal before: seals were changed, added or removed.")
    cursor.execute("SELECT count(*) FROM history_seal WHERE encode(hash, 'hex') = %s", [expected])
    if expected and not cursor.fetchone()[0]:
        yield Breach("chain", f"seal {expected}", "The seal noted earlier is not there: history was cut off or rewritten.")


def _seals(cursor: Any) -> Iterator[Breach]:
    cursor.execute(BROKEN_SEALS)
    for number, first, sealed, found in cursor.fetchall():
        if number is None:
            yield Breach("seal", f"entry {first}", f"{found} entries have no seal: they were not written by the triggers.")
        else:
            yield Breach("seal", f"seal {number}", f"Its {sealed} entries are not what was sealed; {found} are there now.")


def _untracked(cursor: Any, table: str) -> Iterator[Breach]:
    cursor.execute(
        "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE 'history\\_%%' AND tgenabled = 'O'", [table]
    )
    if cursor.fetchone()[0] != TRIGGERS:
        yield Breach("table", table, "Its triggers are missing or switched off: what changes in it leaves no trace.")


def _records(cursor: Any, table: str, key: str, left_out: list[str]) -> Iterator[Breach]:
    """Rows that aren't as their newest entry left them. Columns that came or went since aren't compared."""
    cursor.execute(
        sql.SQL(CHANGED).format(name=sql.Literal(f"{table}:"), key=sql.Identifier(key), table=sql.Identifier(table)), [left_out]
    )
    while rows := cursor.fetchmany(AT_ONCE):
        for subject, *images in rows:
            said, image = map(_parsed, images)
            if said is None:
                yield Breach("record", subject, "It is there, but its history doesn't say that it was added.")
            elif changed := sorted(column for column in said.keys() & image.keys() if said[column] != image[column]):
                yield Breach("record", subject, f"Changed without a trace: {', '.join(changed)}.")


def _vanished(cursor: Any, table: str, key: str) -> Iterator[Breach]:
    cursor.execute(
        sql.SQL(GONE).format(name=sql.Literal(f"{table}:"), key=sql.Identifier(key), table=sql.Identifier(table)), [table]
    )
    for (subject,) in cursor.fetchall():
        yield Breach("record", subject, "Gone without a trace.")


def _parsed(image: Any) -> Any:
    """Django asks psycopg2 to leave JSON as text."""
    return json.loads(image) if isinstance(image, str) else image
