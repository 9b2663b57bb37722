"""The page of the private records of a person, an arrest or a source, for those who may see them.

They stand apart from the record itself, so that opening a case brings no family's number into a browser.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from desk.private.envelope import Unreadable
from desk.private.fields import EncryptedTextField
from desk.private.models import PrivateRecord
from desk.private.queries import records_of, relation_to
from prisoners.roles import Action, may

from ..actors import actor_for
from .access import person_of
from .base import RecordAdmin
from .labels import arrest_days, list_of, owner_label, page_of

SHOWN = 50  # of each kind


class HasPrivateRecords(RecordAdmin):
    """A record with private ones. Who may see none of their kinds gets no link to them, and no page."""

    private_kinds: tuple[type[PrivateRecord], ...] = ()

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.private_view)
        return [path("<path:object_id>/private/", page, name=_route(self.model)), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if kwargs.get("change") and self._kinds(request, context["original"]):
            context["private_page"] = private_page_of(context["original"])
        return super().render_change_form(request, context, *args, **kwargs)

    def private_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        kinds = self._kinds(request)
        if not kinds or not self.has_view_permission(request):
            raise PermissionDenied
        owner = self.get_object(request, unquote(object_id))
        if owner is None:
            raise Http404
        if not (kinds := self._kinds(request, owner)):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("Private records"),
            "opts": self.opts,
            "owner": owner_label(owner),
            "owner_page": page_of(owner),
            "sections": [self._section(request, owner, kind) for kind in kinds],
        }
        return TemplateResponse(request, "desk/private.html", context)

    def _kinds(self, request: HttpRequest, owner: Any = None) -> list[type[PrivateRecord]]:
        """What the account may read; of an owner, in the owner's country."""
        if owner is not None and not _may(request, Action.SEE_PRIVATE, owner):
            return []
        return [kind for kind in self.private_kinds if self._admin_of(kind).has_view_permission(request)]

    def _admin_of(self, kind: type[PrivateRecord]) -> admin.ModelAdmin:
        return self.admin_site.get_model_admin(kind)

    def _section(self, request: HttpRequest, owner: models.Model, kind: type[PrivateRecord]) -> dict[str, Any]:
        found = list(records_of(owner, kind)[: SHOWN + 1])
        relation = relation_to(owner, kind)
        may_add = self._admin_of(kind).has_add_permission(request) and _may(request, Action.WRITE_PRIVATE, owner)
        return {
            "kind": kind._meta,
            "add": reverse(f"admin:{kind._meta.label_lower.replace('.', '_')}_add", query={relation: owner.pk})
            if may_add
            else "",
            "all": list_of(kind, {relation: owner.pk}) if len(found) > SHOWN else "",
            "records": [
                {"record": record, "page": page_of(record), "about": _about(record, owner), "texts": list(_texts(record))}
                for record in found[:SHOWN]
            ],
        }


def _may(request: HttpRequest, action: Action, owner: models.Model) -> bool:
    person = person_of(owner)
    return may(actor_for(request), action, person.country if person else None)


def private_page_of(owner: models.Model) -> str:
    """The address of the owner's private records."""
    return reverse(f"admin:{_route(type(owner))}", args=[owner.pk])


def _route(model: type[models.Model]) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}_private"


def _about(record: Any, owner: models.Model) -> str:
    """Of a note that stands among those of the person: the arrest that it is about."""
    return "" if record.owner == owner else arrest_days(record.owner)


def _texts(record: PrivateRecord) -> Iterator[dict[str, Any]]:
    for field in record._meta.concrete_fields:
        if isinstance(field, EncryptedTextField) and (text := getattr(record, field.name)):
            yield {"label": field.verbose_name, "text": str(text), "is_readable": not isinstance(text, Unreadable)}
