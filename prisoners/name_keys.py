"""The keys by which the database finds names (`prisoners.names.keys`), in a table of their own beside the names.

Keys come from Python and names change by whatever path, so the database notes each name whose text is new (a trigger empties its
keys), and whoever wrote it writes the keys in the same transaction. What nobody wrote keys for is *wanting*: `finding` looks at
such names directly, and `fill` and `manage.py index_names` write what is wanting.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from .names import VERSION, keys

AT_ONCE = 2000

# The names are locked and read again, so that nobody's keys are those of a text that somebody else is just changing.
WRITE = """
WITH there AS MATERIALIZED (
    SELECT id, text FROM prisoners_name WHERE id = ANY (%(ids)s) ORDER BY id FOR SHARE
)
UPDATE prisoners_namekeys AS kept SET keys = string_to_array(asked.keys, ' '), version = %(version)s
FROM unnest(%(ids)s::bigint[], %(texts)s::text[], %(keys)s::text[]) AS asked (id, text, keys)
JOIN there ON there.id = asked.id AND there.text = asked.text
WHERE kept.name_id = asked.id
    AND ROW(kept.keys, kept.version) IS DISTINCT FROM ROW(string_to_array(asked.keys, ' '), %(version)s::smallint)
"""
WANTING = """
SELECT name.id, name.text FROM prisoners_namekeys AS kept JOIN prisoners_name AS name ON name.id = kept.name_id
WHERE kept.keys IS NULL ORDER BY kept.name_id DESC LIMIT %s FOR SHARE OF name SKIP LOCKED
"""
# Names one after the other, with what is kept of them; to be made anew are those without keys, and of an older version.
FOLLOWING = """
SELECT name.id, name.text, kept.name_id IS NULL, kept.keys, kept.version
FROM prisoners_name AS name LEFT JOIN prisoners_namekeys AS kept ON kept.name_id = name.id
WHERE name.id > %(after)s AND (%(every)s OR kept.version IS DISTINCT FROM %(version)s) ORDER BY name.id LIMIT %(limit)s
"""
ADD = "INSERT INTO prisoners_namekeys (name_id) SELECT unnest(%s::bigint[]) ON CONFLICT DO NOTHING"
# Left by names that were deleted while the database's triggers were off.
LEFT_OVER = "FROM prisoners_namekeys AS kept WHERE NOT EXISTS (SELECT FROM prisoners_name AS name WHERE name.id = kept.name_id)"


def write_keys(names: Iterable[tuple[int, str]]) -> None:
    """Write the keys of names, given as id and text; a name that has another text by now keeps waiting for its own."""
    asked = sorted(names)
    for first in range(0, len(asked), AT_ONCE):
        _write(asked[first : first + AT_ONCE])


def fill(at_most: int = AT_ONCE) -> int:
    """Write the keys of names that want them, the newest first; give how many those were.

    Passes over names that somebody else is just changing.
    """
    with transaction.atomic(savepoint=False):
        with connection.cursor() as cursor:
            cursor.execute(WANTING, [at_most])
            found = cursor.fetchall()
        write_keys(found)
    return len(found)


@dataclass(frozen=True, slots=True)
class Kept:
    """A name with what is kept of it: `version` is None where it wants keys, `is_right` whether they are those of its text."""

    name_id: int
    text: str
    is_missing: bool
    version: int | None
    is_right: bool

    @property
    def is_older(self) -> bool:
        return self.version is not None and self.version != VERSION


def kept(*, every: bool) -> Iterator[list[Kept]]:
    """Names in batches: every one, or those that want keys or have those of an older version."""
    after = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(FOLLOWING, {"after": after, "every": every, "version": VERSION, "limit": AT_ONCE})
            rows = cursor.fetchall()
        if not rows:
            return
        after = rows[-1][0]
        yield [
            Kept(key, text, missing, version, version == VERSION and set(there) == keys(text))
            for key, text, missing, there, version in rows
        ]


def renew(names: Iterable[Kept]) -> None:
    """Write the keys of these names, in one transaction."""
    asked = list(names)
    with transaction.atomic(savepoint=False):
        with connection.cursor() as cursor:
            cursor.execute(ADD, [[one.name_id for one in asked if one.is_missing]])
        write_keys((one.name_id, one.text) for one in asked)


def left_over(*, delete: bool) -> int:
    """How many keys belong to no name; with `delete`, take them away."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE {LEFT_OVER}" if delete else f"SELECT count(*) {LEFT_OVER}")
        return int(cursor.rowcount if delete else cursor.fetchone()[0])


def _write(names: list[tuple[int, str]]) -> None:
    if not names:
        return
    said: dict[str, Any] = {
        "ids": [key for key, _text in names],
        "texts": [text for _key, text in names],
        "keys": [" ".join(sorted(keys(text))) for _key, text in names],
        "version": VERSION,
    }
    with connection.cursor() as cursor:
        cursor.execute(WRITE, said)
