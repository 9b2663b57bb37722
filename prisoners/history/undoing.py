"""Undoing one action: all that was changed together, unless something since stands on it."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import HistoryEntry
from .kept import is_restorable
from .naming import names_of, title_of
from .reading import Step, action_of, actions, hung_since, latest
from .refusing import NotRestored
from .restoring import changing, restorable
from .subjects import Subject, columns_of
from .taking_back import take_back, touched_by

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
        if not take_back(entries):
            raise NotRestored(_("Nothing of this action can be undone here: publication is changed on the person's page."))


def whole_action(entry: HistoryEntry, *, at_once: int | None = None) -> list[HistoryEntry]:
    """The entries made together with this one, oldest first. Raises NotRestored for more than can be undone in one go."""
    most = AT_ONCE if at_once is None else at_once
    entries = action_of(entry, limit=most + 1)
    if len(entries) > most:
        raise NotRestored(_("This action changed more than %(n)d records: too many to undo here.") % {"n": most})
    return entries


def standing_against(entries: list[HistoryEntry]) -> Iterator[str]:
    """What was changed since the action, and keeps it from being undone; in words. In a few queries, however long it is."""
    steps = [step for action in actions(entries) for step in action.steps]
    last = latest(step.subject for step in steps)
    added = {step.subject for step in steps if step.before is None}
    parts = hung_since(added)
    found = [against for step in steps for against in _against(step, last[step.subject], sorted(parts.get(step.subject, ())))]
    names = names_of({subject for _words, _said, subjects in found for subject in subjects.values()})
    for words, said, subjects in found:
        yield words % {**said, **{name: title_of(subject, names) for name, subject in subjects.items()}}


# A message, what it says, and the records that it names.
_Against = tuple[str, dict[str, str], dict[str, Subject]]


def _against(step: Step, last: HistoryEntry, parts: list[Subject]) -> Iterator[_Against]:
    record = {"record": step.subject}
    if step.subject.model is None or not is_restorable(step.subject.model):
        yield _("%(record)s: records of this kind are not restored."), {}, record
        return
    said = {"who": last.actor or _("somebody unknown"), "when": f"{timezone.localtime(last.recorded_at):%Y-%m-%d}"}
    if (last.after is None) != (step.after is None):
        words = _("%(record)s was deleted since, by %(who)s on %(when)s.")
        yield (_("%(record)s was restored since, by %(who)s on %(when)s.") if last.after else words), said, record
    elif touched := [column for column in touched_by(step) if (last.after or {}).get(column) != (step.after or {}).get(column)]:
        fields = {"fields": ", ".join(_labels(step, touched))}
        yield _("%(record)s was changed since, by %(who)s on %(when)s: %(fields)s."), {**said, **fields}, record
    for part in parts:
        yield _("%(record)s has got since: %(part)s."), {}, {**record, "part": part}


def _labels(step: Step, columns: list[str]) -> list[str]:
    fields = columns_of(restorable(step.subject))
    return [str(getattr(fields[column], "verbose_name", column)) for column in columns]
