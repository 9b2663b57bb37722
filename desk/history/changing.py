"""Pages that restore: each shows first what would change, and asks why."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from prisoners.history import reading
from prisoners.history.refusing import NotRestored
from prisoners.history.restoring import (
    fallen_with,
    kept_values,
    links_at,
    restorable,
    restore,
    restore_field,
    restored_columns,
    version_at,
)
from prisoners.history.subjects import Image, Subject, columns_of
from prisoners.history.undoing import standing_against, undo, whole_action
from prisoners.models import HistoryEntry

from ..admin.rules import words_of
from .access import needed_to_restore, needed_to_undo, require, visible_tables
from .forms import ReasonForm
from .pages import entry_or_404, page
from .telling import between, reader_for, sheets, subjects_of, told


@require_http_methods(["GET", "POST"])
def restore_version(request: HttpRequest, entry: int) -> HttpResponse:
    """Make a record what it was after the action of an entry, or bring it back with what was deleted with it."""
    then = entry_or_404(request, entry)
    of_record = version_at(then)
    subject = Subject.parse(of_record.subject)
    now = reading.latest([subject])[subject]
    try:
        context, needed = _to_restore(request, subject, then, of_record, now)
    except NotRestored as refused:
        return _ask(request, "restore", subject, then, {"cannot": said_of(refused)})
    require(request, needed)
    return _asked_and_done(
        request, "restore", subject, then, context, lambda by, reason: restore(entry=then, by=by, reason=reason)
    )


def _to_restore(
    request: HttpRequest, subject: Subject, then: HistoryEntry, of_record: HistoryEntry, now: HistoryEntry
) -> tuple[dict[str, Any], Any]:
    model = restorable(subject)
    if now.after is None:
        fallen = fallen_with(subject)
        as_deleted = [HistoryEntry(id=e.id, subject=e.subject, belongs_to=e.belongs_to, after=e.before) for e in fallen[1:]]
        returned = {**reading.version(of_record), **kept_values(fallen[0])}
        shown = [HistoryEntry(id=then.id, subject=str(subject), after=returned), *as_deleted]
        seen = set(visible_tables(request))
        context = {"sheets": sheets(request, [e for e in shown if Subject.parse(e.subject).table in seen]), "is_gone": True}
        return context, needed_to_restore(fallen, is_there=False)
    version = reading.version(of_record)
    wanted = {**now.after, **{column: version[column] for column in restored_columns(model, version)}}
    changes = between(request, subject, now.after, wanted, links_at(subject), links_at(subject, then))
    return {"changes": changes, "fields": set(restored_columns(model, version))}, needed_to_restore([now], is_there=True)


@require_http_methods(["GET", "POST"])
def restore_one_field(request: HttpRequest, entry: int, column: str) -> HttpResponse:
    """Make one field of a record what it was."""
    then = entry_or_404(request, entry)
    subject = Subject.parse(then.subject)
    now = reading.latest([subject])[subject]
    try:
        model, version = restorable(subject), reading.version(then)
    except NotRestored as refused:
        return _ask(request, "restore", subject, then, {"cannot": said_of(refused)})
    require(request, needed_to_restore([then], is_there=True))
    image: Image = now.after or {}
    wanted = {**image, column: version[column]} if column in restored_columns(model, version) else image
    context = {
        "changes": between(request, subject, image, wanted, {}, {}),
        "field": str(columns_of(model)[column].verbose_name) if column in columns_of(model) else column,
    }

    def act(by: str, reason: str) -> None:
        restore_field(entry=then, column=column, by=by, reason=reason)

    return _asked_and_done(request, "restore", subject, then, context, act)


@require_http_methods(["GET", "POST"])
def undo_action(request: HttpRequest, entry: int) -> HttpResponse:
    """Take back all that was changed together."""
    then = entry_or_404(request, entry)
    subject = Subject.parse(version_at(then).subject)
    try:
        entries = whole_action(then)
    except NotRestored as refused:
        return _ask(request, "undo", subject, then, {"cannot": said_of(refused)})
    require(request, needed_to_undo(entries))
    taken = reading.actions(entries)
    context = {"actions": told(taken, reader_for(request, subjects_of(taken))), "cannot": list(standing_against(entries))}
    return _asked_and_done(request, "undo", subject, then, context, lambda by, reason: undo(entry=then, by=by, reason=reason))


def _asked_and_done(
    request: HttpRequest,
    template: str,
    subject: Subject,
    then: HistoryEntry,
    context: dict[str, Any],
    act: Callable[[str, str], None],
) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _ask(request, template, subject, then, {**context, "form": form if request.method == "POST" else ReasonForm()})
    try:
        act(request.user.get_username(), form.cleaned_data["reason"])
    except NotRestored as refused:
        return _ask(request, template, subject, then, {**context, "form": form, "cannot": said_of(refused)}, status=409)
    messages.success(request, _("Done. The history says what was changed back."))
    return HttpResponseRedirect(reverse("desk-history", args=[subject.table, subject.key]))


def _ask(
    request: HttpRequest, template: str, subject: Subject, then: HistoryEntry, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    title = _("Restore “%(record)s”?") if template == "restore" else _("Undo this action on “%(record)s”?")
    return page(request, template, title, subject, {"entry": then, **context}, status=status)


def said_of(refused: NotRestored) -> list[str]:
    """Why nothing was done; a rule of the database speaks in the words that forms have for it."""
    return [words_of(refused.rule, message) for message in refused.messages]
