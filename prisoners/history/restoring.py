"""Giving records back what they had: a version of one, one field of it, or one that was deleted with all that went with it.

Each is a change like any other: it goes through the database's rules, and into the history, with who and why.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ..acting import acting
from ..models import HistoryEntry
from ..name_keys import fill
from . import rows
from .kept import is_restorable, kept_of
from .naming import names_of, title_of
from .reading import NEWEST, action_of, latest, version
from .refusing import NotRestored, explained
from .subjects import Image, Subject, columns_of, is_owner, link_field, links_of, named_by

AT_ONCE = 5000  # rows that come back together
TOLD = 10

# What fell with a record: what belonged to it, and to that, and was deleted in the same action.
FALLEN = """
WITH RECURSIVE fallen (id, subject, batch, depth) AS (
    SELECT entry.id, entry.subject, entry.batch, 0 FROM history_entry AS entry WHERE entry.id = %(id)s
    UNION
    SELECT entry.id, entry.subject, entry.batch, fallen.depth + 1
    FROM fallen JOIN history_entry AS entry ON entry.belongs_to = fallen.subject
    WHERE entry.batch = fallen.batch AND entry.action = 'delete'
)
SELECT entry.*, fallen.depth FROM fallen JOIN history_entry AS entry USING (id)
WHERE NOT EXISTS (SELECT FROM history_entry AS later WHERE later.subject = entry.subject AND later.id > entry.id)
ORDER BY fallen.depth, entry.id LIMIT %(limit)s
"""
LINKS = """
SELECT DISTINCT ON (entry.subject) entry.* FROM history_entry AS entry
WHERE entry.belongs_to = %(owner)s AND split_part(entry.subject, ':', 1) = ANY(%(tables)s)
    AND (entry.id <= %(at)s OR entry.batch = %(batch)s)
ORDER BY entry.subject, entry.id DESC
"""


def restore(*, entry: HistoryEntry, by: str, reason: str) -> None:
    """Make the record what it was after the entry's action, with its links to others.

    A record that is gone comes back with its key, and with what belonged to it and was deleted with it; a person as a draft.
    Raises NotRestored, and does nothing, when that can't be.
    """
    of_record = version_at(entry)
    subject = Subject.parse(of_record.subject)
    model = restorable(subject)
    with _restoring(entry, by, reason):
        there = rows.current(subject)
        if there is None:
            _bring_back(of_record, subject, entry)
        elif not _set_back(of_record, model, there, restored_columns(model, version(of_record))) + _relink(entry, subject):
            raise NotRestored(_("This version is what the record is now."))


def version_at(entry: HistoryEntry) -> HistoryEntry:
    """The entry of the record's version that an entry stands for: that of a link is of the record which has the link."""
    subject = Subject.parse(entry.subject)
    if subject.model is None or link_field(subject.model) is None:
        return entry
    of_owner = HistoryEntry.objects.filter(Q(id__lte=entry.id) | Q(batch=entry.batch), subject=entry.belongs_to)
    found = of_owner.order_by("-id").first()
    if found is None:
        raise NotRestored(_("The history doesn't say what this belonged to."))
    return found


def restore_field(*, entry: HistoryEntry, column: str, by: str, reason: str) -> None:
    """Make one field what it was. Raises NotRestored as `restore` does."""
    subject = Subject.parse(entry.subject)
    model = restorable(subject)
    with _restoring(entry, by, reason):
        there = rows.current(subject)
        if there is None:
            raise NotRestored(_("The record is deleted: restore it as a whole."))
        if column not in restored_columns(model, version(entry)):
            raise NotRestored(_("“%(field)s” is not restored here.") % {"field": column})
        if not _set_back(entry, model, there, [column]):
            raise NotRestored(_("The field has this value already."))


def restorable(subject: Subject) -> type[models.Model]:
    """The model of a record. Raises NotRestored if records of its kind aren't restored."""
    if subject.model is None or not is_restorable(subject.model):
        raise NotRestored(_("Records of this kind are not restored: %(kind)s.") % {"kind": subject.table})
    return subject.model


def restored_columns(model: type[models.Model], image: Image) -> list[str]:
    """The columns that restoring sets: those that the version has and the model still has, but for those that never come back."""
    passed_over = {str(model._meta.pk.column), *kept_of(model).columns}
    return [column for column in columns_of(model) if column in image and column not in passed_over]


@contextmanager
def _restoring(entry: HistoryEntry, by: str, reason: str) -> Iterator[None]:
    when = timezone.localtime(entry.recorded_at).strftime("%Y-%m-%d %H:%M:%S")
    said = _("restored version of %(when)s: %(reason)s") % {"when": when, "reason": reason}
    with changing(by, said):
        yield


@contextmanager
def changing(by: str, reason: str) -> Iterator[None]:
    """One action in the history. What the database would refuse at the commit, it refuses before this ends."""
    with acting(actor=by, reason=reason), explained(), transaction.atomic():
        yield
        fill()
        connection.check_constraints()


def _set_back(entry: HistoryEntry, model: type[models.Model], there: Image, columns: list[str]) -> int:
    """Set what differs; give how many columns that were."""
    image = version(entry)
    changed = [column for column in columns if there.get(column) != image[column]]
    if changed:
        refuse_missing(named_in(Subject.parse(entry.subject), {column: image[column] for column in changed}))
        rows.set_back(model, [entry.id], changed)
    return len(changed)


def _relink(entry: HistoryEntry, subject: Subject) -> int:
    """Make the record's links to others those of then; give how many changed."""
    then, now = links_at(subject, entry), links_at(subject)
    added, removed = then.keys() - now.keys(), now.keys() - then.keys()
    refuse_missing((subject, "", target) for _table, target in added)
    for link in (now[at] for at in sorted(removed)):
        rows.delete_rows(restorable(Subject.parse(link.subject)), [Subject.parse(link.subject).key])
    for link in (then[at] for at in sorted(added)):
        rows.insert_again(restorable(Subject.parse(link.subject)), [link.id], {})
    return len(added) + len(removed)


def links_at(subject: Subject, entry: HistoryEntry | None = None) -> dict[tuple[str, Subject], HistoryEntry]:
    """The links of a record to others after an entry's action, or now: by table and target, with the entry of each."""
    model = subject.model
    tables = list(links_of(model)) if model else []
    if not tables:
        return {}
    moment = {"at": entry.id, "batch": entry.batch} if entry else {"at": NEWEST, "batch": 0}
    found = HistoryEntry.objects.raw(LINKS, {"owner": str(subject), "tables": tables, **moment})
    return {target_of(link): link for link in found if link.after is not None}


def target_of(link: HistoryEntry) -> tuple[str, Subject]:
    """The table of a link, and what it leads to."""
    model = Subject.parse(link.subject).model
    assert model is not None
    return model._meta.db_table, named_by(model, version(link))[link_field(model).m2m_reverse_name()]


def fallen_with(subject: Subject) -> list[HistoryEntry]:
    """The deletions that would be taken back with this record: its own first, then those of what went with it."""
    last = latest([subject]).get(subject)
    if last is None or last.after is not None:
        raise NotRestored(_("The history doesn't say that this was deleted."))
    fallen = list(HistoryEntry.objects.raw(FALLEN, {"id": last.id, "limit": AT_ONCE + 1}))
    if len(fallen) > AT_ONCE:
        raise NotRestored(_("More than %(n)d records were deleted with it: too many to restore here.") % {"n": AT_ONCE})
    return [entry for entry in fallen if (model := Subject.parse(entry.subject).model) and is_restorable(model)]


def _bring_back(entry: HistoryEntry, subject: Subject, moment: HistoryEntry) -> None:
    deletion, *others = fallen_with(subject)
    returned = {subject, *(Subject.parse(other.subject) for other in others)}
    named = [named for each in (entry, *others) for named in named_in(Subject.parse(each.subject), version(each))]
    refuse_missing(each for each in named if each[2] not in returned)
    rows.insert_again(restorable(subject), [entry.id], kept_values(deletion))
    for (_depth, table), of_table in groupby(sorted(others, key=_place), key=_place):
        rows.insert_again(restorable(Subject(table, "")), [other.id for other in of_table], {})
    _rejoin(deletion, returned)
    if moment.batch != deletion.batch:
        _relink(moment, subject)


def kept_values(deletion: HistoryEntry) -> Image:
    """What a deleted record gets where restoring leaves things alone: its last values, or those of a new record."""
    kept, last = kept_of(restorable(Subject.parse(deletion.subject))), version(deletion)
    return {**{column: last[column] for column in kept.columns if column in last}, **kept.anew}


def _place(entry: Any) -> tuple[int, str]:
    """Owners come back before what belongs to them."""
    return entry.depth, Subject.parse(entry.subject).table


def _rejoin(deletion: HistoryEntry, returned: set[Subject]) -> None:
    """Give back what other records said of what was deleted: their links to it, and the columns that the deletion emptied."""
    for entry in action_of(deletion, limit=AT_ONCE):
        subject = Subject.parse(entry.subject)
        if subject.model is None or not is_restorable(subject.model) or subject in returned or entry.before is None:
            continue
        named = named_by(subject.model, entry.before)
        cut = [column for column, target in named.items() if target in returned and not (entry.after or {}).get(column)]
        there = rows.current(subject) if cut else None
        if cut and entry.after is not None and there and not any(there[column] for column in cut):
            rows.set_back(subject.model, [entry.id], cut, side="before")
        if cut and entry.after is None and there is None and link_field(subject.model) and not rows.missing(named.values()):
            rows.insert_again(subject.model, [entry.id], {})


def refuse_missing(named: Iterable[tuple[Subject, str, Subject]]) -> None:
    """Raise NotRestored if something is gone that records would name.

    Each comes as the record, its column, which is empty for a link, and what it names.
    """
    wanted = list(named)
    gone = rows.missing(target for _subject, _column, target in wanted)
    if not gone:
        return
    lost = [each for each in wanted if each[2] in gone][:TOLD]
    names = names_of({subject for who, _column, target in lost for subject in (who, target)})
    raise NotRestored(
        [_names_nothing(*each) % {"record": title_of(each[0], names), "named": title_of(each[2], names)} for each in lost]
    )


def _names_nothing(subject: Subject, column: str, _target: Subject) -> str:
    if column and is_owner(columns_of(restorable(subject))[column]):
        return _("%(record)s belongs to %(named)s, which is deleted: restore that first.")
    return _("%(record)s names %(named)s, which is gone.")


def named_in(subject: Subject, image: Image) -> list[tuple[Subject, str, Subject]]:
    """What an image names, as `refuse_missing` asks for it."""
    return [(subject, column, target) for column, target in named_by(restorable(subject), image).items()]
