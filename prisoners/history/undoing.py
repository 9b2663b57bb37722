"""Undoing one action: all that was changed together, unless something since stands on it."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import HistoryEntry
from . import rows
from .kept import is_restorable, kept_of
from .naming import names_of, title_of
from .reading import Step, action_of, actions, latest, members_of
from .refusing import NotRestored
from .restoring import changing, named_in, refuse_missing, restorable
from .subjects import Subject, all_tables, columns_of

AT_ONCE = 1000


def undo(*, entry: HistoryEntry, by: str, reason: str, at_once: int | None = None) -> None:
    """Take back everything that was done together with this entry, of `at_once` entries at most (else AT_ONCE).

    Raises NotRestored, and does nothing, when something was changed since that stands on it; it says what.
    """
    when = timezone.localtime(entry.recorded_at).strftime("%Y-%m-%d %H:%M:%S")
    with changing(by, _("undid the action of %(when)s: %(reason)s") % {"when": when, "reason": reason}):
        entries = whole_action(entry, at_once=at_once)
        if problems := list(standing_against(entries)):
            raise NotRestored(problems)
        # Each state on the way back was there on the way forth, so no rule stands against any.
        if not sum([_take_back(each) for each in reversed(entries)]):
            raise NotRestored(_("Nothing of this action can be undone here: publication is changed on the person's page."))


def whole_action(entry: HistoryEntry, *, at_once: int | None = None) -> list[HistoryEntry]:
    """The entries made together with this one, oldest first. Raises NotRestored for more than can be undone in one go."""
    most = AT_ONCE if at_once is None else at_once
    entries = action_of(entry, limit=most + 1)
    if len(entries) > most:
        raise NotRestored(_("This action changed more than %(n)d records: too many to undo here.") % {"n": most})
    return entries


def standing_against(entries: list[HistoryEntry]) -> Iterator[str]:
    """What was changed since the action, and keeps it from being undone; in words."""
    steps = [step for action in actions(entries) for step in action.steps]
    names = names_of({step.subject for step in steps})
    added = {step.subject for step in steps if step.before is None}
    last = latest(step.subject for step in steps)
    for step in steps:
        model = step.subject.model
        if model is None or not is_restorable(model):
            yield _("%(record)s: records of this kind are not restored.") % {"record": title_of(step.subject, names)}
        else:
            yield from _against(step, last[step.subject], added, title_of(step.subject, names))


def _against(step: Step, last: HistoryEntry, added: set[Subject], title: str) -> Iterator[str]:
    said = {
        "record": title,
        "who": last.actor or _("somebody unknown"),
        "when": f"{timezone.localtime(last.recorded_at):%Y-%m-%d}",
    }
    if (last.after is None) != (step.after is None):
        words = _("%(record)s was deleted since, by %(who)s on %(when)s.")
        yield (_("%(record)s was restored since, by %(who)s on %(when)s.") if last.after else words) % said
    elif touched := [column for column in _touched(step) if (last.after or {}).get(column) != (step.after or {}).get(column)]:
        said["fields"] = ", ".join(_labels(step, touched))
        yield _("%(record)s was changed since, by %(who)s on %(when)s: %(fields)s.") % said
    if step.before is None and (hung := _hung_since(step.subject, added)):
        names = names_of(hung)
        yield from (
            _("%(record)s has got since: %(part)s.") % {"record": title, "part": title_of(s, names)} for s in sorted(hung)
        )


def _touched(step: Step) -> list[str]:
    """The columns that undoing would set; all of a record that was added, which would be deleted."""
    model = restorable(step.subject)
    passed_over = kept_of(model).columns if step.before is not None else ()
    return [column for column in step.changed if column in columns_of(model) and column not in passed_over]


def _labels(step: Step, columns: list[str]) -> list[str]:
    fields = columns_of(restorable(step.subject))
    return [str(getattr(fields[column], "verbose_name", column)) for column in columns]


def _hung_since(subject: Subject, added: set[Subject]) -> set[Subject]:
    """What belongs to a record now, and wasn't added together with it."""
    members = members_of(subject, tables=all_tables(), limit=AT_ONCE)
    return {Subject.parse(entry.subject) for entry in members if entry.after is not None} - added - {subject}


def _take_back(entry: HistoryEntry) -> bool:
    subject = Subject.parse(entry.subject)
    model = restorable(subject)
    if entry.before is None:
        rows.delete_rows(model, [subject.key])
        return True
    if entry.after is None:
        refuse_missing(named_in(subject, entry.before))
        rows.insert_again(model, [entry.id], kept_of(model).anew)
        return True
    columns = _touched(Step((entry,)))
    if columns:
        rows.set_back(model, entry.id, columns, side="before")
    return bool(columns)
