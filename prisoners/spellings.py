"""Search by letters: people with some form of a name for each word that holds it as it is typed, whatever its case.

The database keeps all forms of somebody's names together, in capitals, each with a space before it (`prisoners_spellings`, by
triggers), so that one look in one index answers for all words.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection

HOLDING = "SELECT spelt.prisoner_id FROM prisoners_spellings AS spelt WHERE {conditions}"
BY_NAMES = "SELECT prisoner_id, string_agg(' ' || upper(text), '' ORDER BY id) AS text FROM prisoners_name GROUP BY prisoner_id"
AMISS = f"""
FROM ({BY_NAMES}) AS name FULL JOIN prisoners_spellings AS spelt USING (prisoner_id) WHERE name.text IS DISTINCT FROM spelt.text
"""
MEND = f"""
WITH amiss AS MATERIALIZED (SELECT prisoner_id, name.text {AMISS}),
     gone AS (DELETE FROM prisoners_spellings WHERE prisoner_id IN (SELECT prisoner_id FROM amiss WHERE text IS NULL)),
     kept AS (INSERT INTO prisoners_spellings (prisoner_id, text) SELECT prisoner_id, text FROM amiss WHERE text IS NOT NULL
              ORDER BY prisoner_id ON CONFLICT (prisoner_id) DO UPDATE SET text = excluded.text)
SELECT count(*) FROM amiss
"""  # noqa: S608 (put together of constants)


def holding(words: Iterable[str], *, at_beginning: Iterable[str] = ()) -> tuple[str, list[Any]]:
    """People whose names hold all these words anywhere, and those `at_beginning` of a word; as a query with its values.

    Without any word nobody is found.
    """
    patterns = [pattern(word) for word in words] + [pattern(f" {word}") for word in at_beginning]
    conditions = " AND ".join(["spelt.text LIKE upper(%s)"] * len(patterns))
    return HOLDING.format(conditions=conditions or "false"), patterns


def pattern(letters: str) -> str:
    """What `LIKE` takes for these letters anywhere, with nothing in them that stands for others."""
    return f"%{connection.ops.prep_for_like_query(letters)}%"


def amiss(*, repair: bool) -> int:
    """How many people's spellings aren't those of their names, as after work without triggers; with `repair`, mend them."""
    with connection.cursor() as cursor:
        if not repair:
            cursor.execute(f"SELECT count(*) {AMISS}")
            return int(cursor.fetchone()[0])
        cursor.execute(MEND)
        return int(cursor.fetchone()[0])
