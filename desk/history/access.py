"""Who may see and restore which part of the history."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest

from prisoners.history.reading import latest, steps_of
from prisoners.history.subjects import Subject, all_tables, model_of
from prisoners.models import HistoryEntry, Prisoner
from prisoners.roles import Action, countries_for

from ..actors import actor_for
from ..admin.access import person_of, sees
from ..private.models import PrivateRecord

APPS = {"prisoners", "releases", "desk"}
OF_ACCOUNTS = {"desk_assignment"}


def may(request: HttpRequest, verb: str, model: type[models.Model]) -> bool:
    """Whether the account may `view`, `add`, `change` or `delete` records of a model; links are a part of their record."""
    owner = model._meta.auto_created
    verb = "change" if owner and verb in {"add", "delete"} else verb
    found: Any = owner or model
    # What stands in rows of the person's page alone is the person's.
    model_admin = admin.site.get_model_admin(found if admin.site.is_registered(found) else Prisoner)
    return bool(getattr(model_admin, f"has_{verb}_permission")(request))


def visible_tables(request: HttpRequest) -> list[str]:
    """The tables whose history the account may read: of records, never of accounts."""
    found = {table: model_of(table) for table in all_tables() if table not in OF_ACCOUNTS}
    # A page is of one record, but its rows are not asked one by one: private ones show to roles of every country alone.
    reads_private = countries_for(actor_for(request), Action.SEE_PRIVATE) is None
    return [
        table
        for table, model in found.items()
        if model and model._meta.app_label in APPS and may(request, "view", model)
        if reads_private or not issubclass(model, PrivateRecord)
    ]


def subject_or_404(request: HttpRequest, table: str, key: str) -> Subject:
    """A record that the account may see, there or gone."""
    subject = Subject(table, key)
    if table not in visible_tables(request):
        raise PermissionDenied if subject.model else Http404
    if subject not in latest([subject]):
        raise Http404
    require_view(request, subject)
    return subject


def require_view(request: HttpRequest, subject: Subject) -> None:
    """Raise PermissionDenied if the record's own page would be refused."""
    model: Any = subject.model
    found = admin.site.get_model_admin(model) if admin.site.is_registered(model) else None
    record = model._base_manager.filter(pk=subject.key).first()
    if record is None:
        require_everywhere(request)
    elif (found and not found.has_view_permission(request, record)) or (
        found is None and (person := person_of(record)) and not sees(actor_for(request), person)
    ):
        raise PermissionDenied


def require_everywhere(request: HttpRequest) -> None:
    """Raise PermissionDenied for an account whose roles are limited to countries: who is gone has no country any more."""
    if countries_for(actor_for(request), Action.SEE) is not None:
        raise PermissionDenied


def require(request: HttpRequest, needed: set[tuple[str, type[models.Model]]]) -> None:
    """Raise PermissionDenied unless the account may do all of it, whoever's records are in it."""
    require_everywhere(request)
    if not allows(request, needed):
        raise PermissionDenied


def allows(request: HttpRequest, needed: set[tuple[str, type[models.Model]]]) -> bool:
    return all(may(request, verb, model) for verb, model in needed)


def needed_to_restore(entries: list[HistoryEntry], is_there: bool) -> set[tuple[str, type[models.Model]]]:
    """To change a record that is there, or to add again all that would come back."""
    found = [Subject.parse(entry.subject).model for entry in entries]
    return {("change" if is_there else "add", model) for model in found if model}


def needed_to_undo(entries: list[HistoryEntry]) -> set[tuple[str, type[models.Model]]]:
    """To add what was deleted, delete what was added, change what was changed."""
    by_subject: dict[str, list[HistoryEntry]] = {}
    for entry in entries:
        by_subject.setdefault(entry.subject, []).append(entry)
    found = set()
    for step in steps_of(by_subject):
        verb = "delete" if step.before is None else "add" if step.after is None else "change"
        if step.subject.model:
            found.add((verb, step.subject.model))
    return found
