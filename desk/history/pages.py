"""Pages that show the history: of a record, of one moment, of two versions; and what was deleted."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from prisoners.history import reading
from prisoners.history.kept import is_restorable
from prisoners.history.naming import kind_of, names_of, title_of
from prisoners.history.restoring import links_at, version_at
from prisoners.history.subjects import Subject, link_field, model_of
from prisoners.models import HistoryEntry, Prisoner

from ..admin.labels import page_of
from .access import require_everywhere, require_view, subject_or_404, visible_tables
from .forms import Wanted
from .telling import between, reader_for, sheets, subjects_of, told

MOST_MEMBERS = 500


def record(request: HttpRequest, table: str, key: str) -> HttpResponse:
    """What became of a record and of all that ever belonged to it, newest first."""
    root = subject_or_404(request, table, key)
    tables = visible_tables(request)
    members = reading.members_of(root, tables=[table for table in tables if not is_of_links(table)], limit=MOST_MEMBERS)
    parts = [Subject.parse(entry.subject) for entry in members]
    wanted = Wanted(request.GET, parts=parts, actors=reading.actors_of(root, tables=tables))
    limit = reading.AT_ONCE
    found = reading.entries_of(root, tables=tables, limit=limit + 1, **wanted.narrowed()) if wanted.is_valid() else []
    taken = reading.actions(found[:limit])
    reader = reader_for(request, {*parts, *subjects_of(taken)})
    wanted.name_parts(reader.names)
    context = {
        "wanted": wanted,
        "actions": told(taken, reader),
        "next": wanted.next_page(found[limit - 1].id) if len(found) > limit else "",
        "continues": len(found) > limit and found[limit - 1].batch == found[limit].batch,
        "is_first": not wanted.data.get("before"),
        "hides": MOST_MEMBERS if len(members) == MOST_MEMBERS else 0,
    }
    return page(request, "record", _("History of %(record)s"), root, context, status=200 if wanted.is_valid() else 400)


def versions(request: HttpRequest, table: str, key: str) -> HttpResponse:
    """The versions of one record alone, to compare any two of them."""
    root = subject_or_404(request, table, key)
    wanted = Wanted(request.GET, parts=[root], actors=[])
    before = wanted.narrowed()["before"] if wanted.is_valid() else None
    limit = reading.AT_ONCE
    found = reading.entries_of(root, tables=[table], only=root, before=before, limit=limit + 1)
    taken = [reading.Taken(entry.batch, (reading.Step((entry,)),)) for entry in found[:limit]]
    context = {
        "versions": told(taken, reader_for(request, subjects_of(taken))),
        "next": wanted.next_page(found[limit - 1].id) if len(found) > limit else "",
    }
    return page(request, "versions", _("Versions of %(record)s"), root, context)


def compare(request: HttpRequest, table: str, key: str) -> HttpResponse:
    """Two versions of a record side by side."""
    root = subject_or_404(request, table, key)
    left, right = (chosen(request, root, name) for name in ("left", "right"))
    if left.id > right.id:
        left, right = right, left
    images = (reading.version(left), reading.version(right))
    context = {
        "left": left,
        "right": right,
        "changes": between(request, root, *images, links_at(root, left), links_at(root, right)),
    }
    return page(request, "compare", _("Two versions of %(record)s"), root, context)


def chosen(request: HttpRequest, root: Subject, name: str) -> HistoryEntry:
    number = request.GET.get(name, "")
    if not number.isdecimal() or len(number) > 18:
        raise Http404
    return get_object_or_404(HistoryEntry, id=number, subject=str(root))


def moment(request: HttpRequest, entry: int) -> HttpResponse:
    """A record and what belonged to it, as they were after the action of an entry."""
    then = entry_or_404(request, entry)
    root = Subject.parse(version_at(then).subject)
    members = reading.members_of(root, tables=visible_tables(request), at=then, limit=MOST_MEMBERS)
    context = {"entry": then, "sheets": sheets(request, members), "hides": MOST_MEMBERS if len(members) == MOST_MEMBERS else 0}
    return page(request, "moment", _("%(record)s as it was then"), root, context)


def deleted(request: HttpRequest) -> HttpResponse:
    """What is gone, newest first; each with the way back."""
    require_everywhere(request)
    wanted = Wanted(request.GET, parts=[], actors=[])
    tables = [table for table in visible_tables(request) if is_listed(table)]
    before = wanted.narrowed()["before"] if wanted.is_valid() else None
    limit = reading.AT_ONCE
    found = reading.deleted(tables=tables, before=before, limit=limit + 1)
    subjects = [Subject.parse(entry.subject) for entry in found[:limit]]
    owners = {Subject.parse(entry.belongs_to) for entry in found[:limit] if entry.belongs_to}
    names = names_of({*subjects, *owners})
    rows = [
        {
            "entry": entry,
            "kind": capfirst(kind_of(subject)),
            "name": names.get(subject, subject.key),
            "subject": subject,
            "owner": names.get(Subject.parse(entry.belongs_to)) if entry.belongs_to else "",
        }
        for subject, entry in zip(subjects, found, strict=False)
    ]
    context = {
        **admin.site.each_context(request),
        "title": _("Deleted records"),
        "rows": rows,
        "next": wanted.next_page(found[limit - 1].id) if len(found) > limit else "",
    }
    return TemplateResponse(request, "desk/history/deleted.html", context)


def is_page_of_person(root: Subject) -> bool:
    """A person needs no word for what the record is."""
    return root.model is Prisoner


def is_listed(table: str) -> bool:
    model = model_of(table)
    return model is not None and not model._meta.auto_created and is_restorable(model)


def is_of_links(table: str) -> bool:
    model = model_of(table)
    return model is not None and link_field(model) is not None


def entry_or_404(request: HttpRequest, number: int) -> HistoryEntry:
    """An entry of a record that the account may see."""
    entry = get_object_or_404(HistoryEntry, id=number)
    subject = Subject.parse(version_at(entry).subject)
    subject_or_404(request, subject.table, subject.key)
    require_view(request, subject)
    return entry


def page(
    request: HttpRequest, template: str, title: str, root: Subject, context: dict[str, Any], status: int = 200
) -> TemplateResponse:
    """A page about one record; with the way to it, while it is there."""
    name = names_of([root]).get(root, root.key)
    model: Any = root.model
    there = model._base_manager.filter(pk=root.key).first() if admin.site.is_registered(model) else None
    about = {
        "title": title % {"record": name if is_page_of_person(root) else title_of(root, {root: name})},
        "name": name,
        "kind": capfirst(kind_of(root)),
        "root": root,
        "opts": model._meta if admin.site.is_registered(model) else None,
        "record_page": page_of(there) if there else "",
    }
    return TemplateResponse(
        request, f"desk/history/{template}.html", {**admin.site.each_context(request), **about, **context}, status=status
    )
