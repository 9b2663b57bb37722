"""The history as it is read: of a record and all that ever belonged to it, of one action, of what was deleted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db import connection

from ..models import HistoryEntry
from .kept import REVIEWS
from .subjects import Image, Subject, all_tables

NEWEST = 2**63 - 1
AT_ONCE = 100

# What belonged to a record, and to that, and so on; whether it is still there or not. `UNION` drops what was met before,
# such as an arrest that was given to another person and back.
FAMILY = """
WITH RECURSIVE family (subject) AS (
    SELECT %(root)s::text
    UNION
    SELECT entry.subject FROM family JOIN history_entry AS entry ON entry.belongs_to = family.subject
)
"""
# Each member is asked for its newest entries by its own part of the index: sorted as a whole, a long history would be read
# to its beginning for a person with few entries.
ENTRIES = """
SELECT found.* FROM family CROSS JOIN LATERAL (
    SELECT entry.* FROM history_entry AS entry
    WHERE entry.subject = family.subject AND entry.id < %(before)s AND (%(actor)s::text IS NULL OR entry.actor = %(actor)s)
    ORDER BY entry.id DESC LIMIT %(limit)s
) AS found
WHERE split_part(family.subject, ':', 1) = ANY(%(tables)s) AND (%(only)s::text IS NULL OR family.subject = %(only)s)
ORDER BY found.id DESC LIMIT %(limit)s
"""
MEMBERS = """
SELECT found.* FROM family CROSS JOIN LATERAL (
    SELECT entry.* FROM history_entry AS entry
    WHERE entry.subject = family.subject AND (entry.id <= %(at)s OR entry.batch = %(batch)s)
    ORDER BY entry.id DESC LIMIT 1
) AS found
WHERE split_part(family.subject, ':', 1) = ANY(%(tables)s)
ORDER BY found.subject = %(root)s DESC, split_part(found.subject, ':', 1), found.id LIMIT %(limit)s
"""
# What belongs to any of these records now, and to which.
HUNG = """
WITH RECURSIVE family (root, subject) AS (
    SELECT wanted, wanted FROM unnest(%(roots)s::text[]) AS wanted
    UNION
    SELECT family.root, entry.subject FROM family JOIN history_entry AS entry ON entry.belongs_to = family.subject
)
SELECT family.root, family.subject FROM family CROSS JOIN LATERAL (
    SELECT entry.after IS NOT NULL AS is_there FROM history_entry AS entry
    WHERE entry.subject = family.subject ORDER BY entry.id DESC LIMIT 1
) AS found
WHERE found.is_there AND family.subject <> family.root AND NOT family.subject = ANY(%(roots)s)
    AND split_part(family.subject, ':', 1) = ANY(%(tables)s)
"""
ACTORS = """
SELECT DISTINCT entry.actor FROM family JOIN history_entry AS entry ON entry.subject = family.subject
WHERE split_part(family.subject, ':', 1) = ANY(%(tables)s) ORDER BY entry.actor
"""
LATEST = """
SELECT found.* FROM unnest(%(subjects)s::text[]) AS wanted (subject) CROSS JOIN LATERAL (
    SELECT entry.* FROM history_entry AS entry WHERE entry.subject = wanted.subject ORDER BY entry.id DESC LIMIT 1
) AS found
"""
# What fell with its owner comes back with its owner, and isn't listed beside it. Reviews fall with their person, for good.
DELETED = """
SELECT entry.* FROM history_entry AS entry
WHERE entry.action = 'delete' AND entry.id < %(before)s AND split_part(entry.subject, ':', 1) = ANY(%(tables)s)
    AND split_part(entry.subject, ':', 1) <> %(reviews)s
    AND NOT EXISTS (SELECT FROM history_entry AS later WHERE later.subject = entry.subject AND later.id > entry.id)
    AND NOT EXISTS (SELECT FROM history_entry AS owner
                    WHERE owner.subject = entry.belongs_to AND owner.batch = entry.batch AND owner.action = 'delete')
ORDER BY entry.id DESC LIMIT %(limit)s
"""


@dataclass(frozen=True)
class Step:
    """What one action made of one record: its entries taken together."""

    entries: tuple[HistoryEntry, ...]  # oldest first

    @property
    def first(self) -> HistoryEntry:
        return self.entries[0]

    @property
    def last(self) -> HistoryEntry:
        return self.entries[-1]

    @property
    def subject(self) -> Subject:
        return Subject.parse(self.last.subject)

    @property
    def before(self) -> Image | None:
        return self.first.before

    @property
    def after(self) -> Image | None:
        return self.last.after

    @property
    def changed(self) -> list[str]:
        """The columns whose values differ."""
        before, after = self.before or {}, self.after or {}
        return [column for column in {**before, **after} if before.get(column) != after.get(column)]


@dataclass(frozen=True)
class Taken:
    """One action: what was changed together, by whom, when and why."""

    batch: int
    steps: tuple[Step, ...]

    @cached_property
    def newest(self) -> HistoryEntry:
        return max((step.last for step in self.steps), key=lambda entry: entry.id)

    @property
    def at(self) -> datetime:
        return self.newest.recorded_at

    @property
    def actor(self) -> str:
        return self.newest.actor

    @property
    def reason(self) -> str:
        return self.newest.reason


def version(entry: HistoryEntry) -> Image:
    """The record as an entry left it; of a deletion, as it was until then."""
    return entry.after if entry.after is not None else entry.before or {}


def entries_of(
    root: Subject,
    *,
    tables: Sequence[str],
    before: int | None = None,
    actor: str | None = None,
    only: Subject | None = None,
    limit: int = AT_ONCE,
) -> list[HistoryEntry]:
    """Of a record and of what ever belonged to it, newest first; of `tables` alone, which whoever asks may see."""
    wanted = {"actor": actor, "only": str(only) if only else None, "limit": limit, "before": before or NEWEST}
    return list(HistoryEntry.objects.raw(FAMILY + ENTRIES, {"root": str(root), "tables": list(tables), **wanted}))


def members_of(root: Subject, *, tables: Sequence[str], at: HistoryEntry | None = None, limit: int = 500) -> list[HistoryEntry]:
    """The last entry of a record and of each that ever belonged to it; `at` the end of an entry's action, or now."""
    moment = {"at": at.id, "batch": at.batch} if at else {"at": NEWEST, "batch": 0}
    return list(HistoryEntry.objects.raw(FAMILY + MEMBERS, {"root": str(root), "tables": list(tables), "limit": limit, **moment}))


def hung_since(roots: Iterable[Subject]) -> dict[Subject, set[Subject]]:
    """What belongs to these records now and is none of them, for each that has any."""
    wanted = {"roots": sorted(map(str, roots)), "tables": all_tables()}
    found: dict[Subject, set[Subject]] = {}
    with connection.cursor() as cursor:
        cursor.execute(HUNG, wanted)
        for root, subject in cursor.fetchall():
            found.setdefault(Subject.parse(root), set()).add(Subject.parse(subject))
    return found


def actors_of(root: Subject, *, tables: Sequence[str]) -> list[str]:
    """Who changed a record or what belongs to it."""
    found = HistoryEntry.objects.raw(
        FAMILY + f"SELECT 0 AS id, actor FROM ({ACTORS}) AS found",  # noqa: S608 (pieces of this file)
        {"root": str(root), "tables": list(tables)},
    )
    return [entry.actor for entry in found]


def latest(subjects: Iterable[Subject]) -> dict[Subject, HistoryEntry]:
    """The last entry of each."""
    found = HistoryEntry.objects.raw(LATEST, {"subjects": sorted(map(str, subjects))})
    return {Subject.parse(entry.subject): entry for entry in found}


def deleted(*, tables: Sequence[str], before: int | None = None, limit: int = AT_ONCE) -> list[HistoryEntry]:
    """What is gone, newest first; what went with it isn't listed apart."""
    wanted = {"tables": list(tables), "before": before or NEWEST, "limit": limit, "reviews": REVIEWS}
    return list(HistoryEntry.objects.raw(DELETED, wanted))


def action_of(entry: HistoryEntry, *, limit: int) -> list[HistoryEntry]:
    """All entries that were made together with this one, oldest first; not of the reviews that followed from them."""
    together = HistoryEntry.objects.filter(batch=entry.batch).exclude(subject__startswith=f"{REVIEWS}:")
    return list(together.order_by("id")[:limit])


def actions(entries: Iterable[HistoryEntry]) -> list[Taken]:
    """Entries put together as they were made, newest action first; what came to nothing within one is left out."""
    batches: dict[int, dict[str, list[HistoryEntry]]] = {}
    for entry in sorted(entries, key=lambda entry: -entry.id):
        batches.setdefault(entry.batch, {}).setdefault(entry.subject, []).insert(0, entry)
    taken = (Taken(batch, steps_of(found)) for batch, found in batches.items())
    return [action for action in taken if action.steps]


def steps_of(found: dict[str, list[HistoryEntry]]) -> tuple[Step, ...]:
    """What became of each record; `found` has the entries of each, oldest first."""
    steps = [Step(tuple(entries)) for entries in found.values()]
    return tuple(sorted((step for step in steps if step.before != step.after), key=lambda step: step.first.id))
