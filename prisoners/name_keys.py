"""The keys by which the database finds names (`prisoners.names.keys`), in a table of their own beside the names.

Keys come from Python and names change by whatever path, so the database notes each name whose text is new (a trigger empties its
keys), and whoever wrote it writes the keys in the same transaction. What nobody wrote keys for is *wanting*: `finding` looks at
such names directly, and `fill` and `manage.py index_names` write what is wanting.
"""

from collections.abc import Iterable
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
"""
WANTING = """
SELECT name.id, name.text FROM prisoners_namekeys AS kept JOIN prisoners_name AS name ON name.id = kept.name_id
WHERE kept.keys IS NULL ORDER BY kept.name_id DESC LIMIT %s FOR SHARE OF name SKIP LOCKED
"""


def write_keys(names: Iterable[tuple[int, str]]) -> None:
    """Write the keys of names, given as id and text; a name that has another text by now keeps waiting for its own."""
    asked = sorted(names)
    for first in range(0, len(asked), AT_ONCE):
        _write(asked[first : first + AT_ONCE])


def fill(at_most: int = AT_ONCE) -> int:
    """Write the keys of names that want them, the newest first; give how many those were.

    Passes over names that somebody else is just changing.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(WANTING, [at_most])
            found = cursor.fetchall()
        write_keys(found)
    return len(found)


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
