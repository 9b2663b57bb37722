"""What the pages of history show: actions, records within them, differences, versions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import models
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from prisoners.history.differences import Change, differences, link_change, owner_of_link
from prisoners.history.kept import is_restorable
from prisoners.history.naming import kind_of, names_of
from prisoners.history.reading import Step, Taken
from prisoners.history.restoring import target_of
from prisoners.history.subjects import Image, Subject, link_field, model_of, named_by
from prisoners.history.wording import Reader
from prisoners.models import HistoryEntry
from prisoners.models.history import Action

from .access import may

Links = dict[tuple[str, Subject], HistoryEntry]


@dataclass
class Told:
    """What one action made of one record, with its links to others."""

    subject: Subject
    title: str
    kind: str
    what: str = ""
    entry: HistoryEntry | None = None  # by which this version is restored
    changes: list[Change] = field(default_factory=list)

    @property
    def is_restorable(self) -> bool:
        return self.entry is not None and self.subject.model is not None and is_restorable(self.subject.model)


@dataclass(frozen=True)
class ToldAction:
    taken: Taken
    records: list[Told]


def reader_for(request: HttpRequest, subjects: Iterable[Subject]) -> Reader:
    """Names for all that is shown at once. Sealed fields open for those who may see their records."""

    def may_open(model: type[models.Model]) -> bool:
        return may(request, "view", model)

    return Reader(names_of(subjects), may_open)


def told(taken: Sequence[Taken], reader: Reader) -> list[ToldAction]:
    """Actions in words."""
    return [ToldAction(action, _records(action, reader)) for action in taken]


def subjects_of(taken: Sequence[Taken]) -> set[Subject]:
    """All that must have a name for actions to be told."""
    steps = [step for action in taken for step in action.steps]
    records = {owner_of_link(step) or step.subject for step in steps}
    return records.union(*(_named(step.subject, image) for step in steps for image in (step.before, step.after)))


def _records(action: Taken, reader: Reader) -> list[Told]:
    found: dict[Subject, Told] = {}
    for step in action.steps:
        subject = owner_of_link(step) or step.subject
        record = found.setdefault(
            subject, Told(subject, name(subject, reader), capfirst(kind_of(subject)), str(Action.UPDATE.label))
        )
        record.entry = step.last if record.entry is None or record.entry.id < step.last.id else record.entry
        if link := link_change(step, reader):
            record.changes.append(link)
        else:
            record.what = str(Action(_what(step)).label)
            record.changes = differences(step.subject.model, step.before, step.after, reader) + record.changes
    return list(found.values())


def _what(step: Step) -> str:
    return "insert" if step.before is None else "delete" if step.after is None else "update"


def name(subject: Subject, reader: Reader) -> str:
    return reader.names.get(subject, subject.key)


@dataclass(frozen=True)
class Line:
    label: str
    value: str


@dataclass(frozen=True)
class Sheet:
    """A record as it was at a moment."""

    subject: Subject
    title: str
    kind: str
    entry: HistoryEntry
    lines: list[Line]


def sheets(request: HttpRequest, members: list[HistoryEntry]) -> list[Sheet]:
    """A record and what belonged to it, each as its entry left it; those that weren't there are left out."""
    there = [(Subject.parse(entry.subject), entry) for entry in members if entry.after is not None]
    named = {target for subject, entry in there for target in _named(subject, entry.after)}
    reader = reader_for(request, named | {subject for subject, entry in there if not owner_of_link(Step((entry,)))})
    found: dict[Subject, Sheet] = {}
    links: list[tuple[Subject, Line]] = []
    for subject, entry in there:
        step = Step((entry,))
        if owner := owner_of_link(step):
            links.append((owner, Line(label_of_links(subject.table), name(target_of(entry)[1], reader))))
        else:
            shown = differences(subject.model, None, entry.after, reader)
            lines = [Line(change.label, change.after) for change in shown]
            found[subject] = Sheet(subject, name(subject, reader), capfirst(kind_of(subject)), entry, lines)
    for owner, line in links:
        if owner in found:
            found[owner].lines.append(line)
    return list(found.values())


def _named(subject: Subject, image: Image | None) -> set[Subject]:
    return set(named_by(subject.model, image).values()) if subject.model and image else set()


def between(
    request: HttpRequest, subject: Subject, before: Image | None, after: Image | None, was: Links, now: Links
) -> list[Change]:
    """The differences of two images of one record, and of its links to others."""
    named = _named(subject, before) | _named(subject, after) | {target for _table, target in {**was, **now}}
    reader = reader_for(request, named)
    return differences(subject.model, before, after, reader) + list(_link_changes(subject, was, now, reader))


def _link_changes(subject: Subject, was: Links, now: Links, reader: Reader) -> Iterable[Change]:
    for table, target in sorted(was.keys() ^ now.keys()):
        came, called = (table, target) in now, name(target, reader)
        yield Change(label_of_links(table), "" if came else _("− %s") % called, _("+ %s") % called if came else "")


def label_of_links(table: str) -> str:
    """Such as “Occupations”."""
    model = model_of(table)
    return capfirst(str(link_field(model).verbose_name)) if model else table
