"""Who is new or was changed, by the history: its seals are numbered in the order in which transactions became visible.

A moment would not do: a long import stamps people minutes before anybody can see them.
"""

from django.db import connection

# Of a person's record what says who they are and when they were held: themselves, their names, their arrests.
PEOPLE = """
WITH seals AS MATERIALIZED (SELECT batch FROM history_seal WHERE number > %(after)s AND number <= %(upto)s)
SELECT DISTINCT found.person FROM (
    SELECT split_part(CASE WHEN entry.subject LIKE 'prisoners\\_prisoner:%%' THEN entry.subject ELSE entry.belongs_to END,
                      ':', 2)::bigint AS person
    FROM seals JOIN history_entry AS entry ON entry.batch = seals.batch
    WHERE entry.batch >= (SELECT min(batch) FROM seals) AND entry.batch <= (SELECT max(batch) FROM seals) AND (
        entry.subject LIKE 'prisoners\\_prisoner:%%'
        OR (entry.belongs_to LIKE 'prisoners\\_prisoner:%%'
            AND split_part(entry.subject, ':', 1) IN ('prisoners_name', 'prisoners_arrest')))
) AS found WHERE found.person > %(within)s ORDER BY found.person LIMIT %(limit)s
"""
# As many seals as hold this many entries, and one at least.
UPTO = """
SELECT coalesce(max(number) FILTER (WHERE before < %(entries)s), min(number)) FROM (
    SELECT number, sum(entries) OVER (ORDER BY number) - entries AS before
    FROM (SELECT number, entries FROM history_seal WHERE number > %(after)s ORDER BY number LIMIT 1000) AS following
) AS summed
"""


def last_seal() -> int:
    """The newest of what can be seen now; 0 before there is any history."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(number), 0) FROM history_seal")
        return int(cursor.fetchone()[0])


def some_seals(after: int, *, entries: int = 20_000) -> int:
    """Where to stop when the seals after this one are gone through in pieces of about so many entries."""
    with connection.cursor() as cursor:
        cursor.execute(UPTO, {"after": after, "entries": entries})
        return int(cursor.fetchone()[0] or after)


def people_changed(after: int, upto: int, *, within: int = 0, limit: int | None = None) -> list[int]:
    """Keys of people changed in the seals from one to another, the first not included; those above `within`, in their order."""
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, {"after": after, "upto": upto, "within": within, "limit": limit})
        return [key for (key,) in cursor.fetchall()]
