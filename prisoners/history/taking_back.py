"""The way back over an action, entry by entry, but for entries of one kind that follow each other: those go in one statement.

Each state on the way back was there on the way forth, so no rule stands against any. Within one statement rows go in any order;
so of updates only those go together that no rule holds against each other.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import models

from ..models import HistoryEntry
from . import rows
from .kept import kept_of
from .reading import Step
from .restoring import named_in, refuse_missing, restorable
from .subjects import Subject, columns_of

AT_ONCE = 5000


def take_back(entries: Sequence[HistoryEntry]) -> int:
    """Take these entries back, the newest first; give how many could be."""
    return sum(_take_back(together) for together in _together(list(reversed(entries))))


def touched_by(step: Step) -> list[str]:
    """The columns that undoing would set; all of a record that was added, which would be deleted."""
    model = restorable(step.subject)
    passed_over = kept_of(model).columns if step.before is not None else ()
    return [column for column in step.changed if column in columns_of(model) and column not in passed_over]


def _take_back(entries: list[HistoryEntry]) -> int:
    model = restorable(Subject.parse(entries[0].subject))
    keys = [entry.id for entry in entries]
    if entries[0].before is None:
        rows.delete_rows(model, [Subject.parse(entry.subject).key for entry in entries])
    elif entries[0].after is None:
        refuse_missing(named for entry in entries for named in named_in(Subject.parse(entry.subject), entry.before or {}))
        rows.insert_again(model, keys, kept_of(model).anew)
    elif columns := touched_by(Step((entries[0],))):
        rows.set_back(model, keys, columns, side="before")
    else:
        return 0
    return len(entries)


def _together(entries: list[HistoryEntry]) -> Iterator[list[HistoryEntry]]:
    """Entries in their order, cut where the next can't go into the same statement."""
    group: list[HistoryEntry] = []
    held: set[str | None] = set()
    for entry in entries:
        own = {entry.subject} if entry.before is None or entry.after is None else {entry.subject, entry.belongs_to}
        if group and (len(group) == AT_ONCE or own & held or not _alike(group[0], entry)):
            yield group
            group, held = [], set()
        group.append(entry)
        held |= own
    if group:
        yield group


def _alike(one: HistoryEntry, other: HistoryEntry) -> bool:
    """Whether both do the same to rows of one table. Of two updates, the columns are the same, and none has to be unique."""
    model = restorable(Subject.parse(one.subject))
    if (one.action, model) != (other.action, restorable(Subject.parse(other.subject))):
        return False
    if one.action != "update":
        return True
    columns = touched_by(Step((one,)))
    return columns == touched_by(Step((other,))) and not set(columns) & _unique(model)


def _unique(model: type[models.Model]) -> set[str]:
    """The columns that unique constraints hold against other rows."""
    meta: Any = model._meta
    alone = {str(field.column) for field in meta.concrete_fields if field.unique}
    together = {name for one in meta.constraints if isinstance(one, models.UniqueConstraint) for name in one.fields}
    return alone | {str(meta.get_field(name).column) for name in together}
