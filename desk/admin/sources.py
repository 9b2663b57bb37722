"""Sources, and what cites them."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from desk.models import Capture, SourceIdentity
from prisoners.models import Source

from ..actors import actor_for
from .access import person_of, sees
from .captures import captures_of
from .labels import page_link
from .private_page import HasPrivateRecords

SHOWN = 50
# Each field of a citation that ties it to a record, with what the record's name needs.
RECORD_TIES = {
    "prisoner": ("prisoner",),
    "name": ("name",),
    "arrest": ("arrest__prisoner",),
    "stay": ("stay__facility", "stay__arrest__prisoner"),
    "charge": ("charge__statute", "charge__arrest__prisoner"),
    "judgment": ("judgment__arrest__prisoner",),
    "treatment": ("treatment__kind", "treatment__arrest__prisoner"),
    "recognition": ("recognition__organisation", "recognition__arrest__prisoner"),
}
RELEASE_TIES: dict[str, tuple[str, ...]] = {
    "release": ("release__mechanism", "release__arrest__prisoner"),
    "void_release": ("void_release__mechanism",),
    "pardon": ("pardon",),
    "event": ("event",),
}


@admin.register(Source)
class SourceAdmin(HasPrivateRecords):
    private_kinds = (SourceIdentity,)
    list_display = ("__str__", "publisher", "published_on", "kind", "confidentiality", "reliability")
    list_filter = ("confidentiality", "kind", "reliability", "language")
    sortable_by = ("published_on", "reliability")
    search_fields = ("title", "url", "publisher")
    fields = (
        *("title", ("kind", "language"), ("publisher", "published_on")),
        *("url", "archived_url", "retrieved_on"),
        *("confidentiality", "reliability"),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Source | None = None) -> tuple[str, ...]:
        return ("cited_by", "captures") if obj else ()

    def get_fields(self, request: HttpRequest, obj: Source | None = None) -> Any:
        if obj is None:
            return list(self.fields)
        seen = ["captures"] if self.admin_site.get_model_admin(Capture).has_view_permission(request) else []
        return [*self.fields, *seen, "cited_by"]

    @admin.display(description=_("captured files"))
    def captures(self, source: Source) -> str:
        return captures_of(source)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        source = super().get_object(request, object_id, from_field)
        if source:
            source.asker = actor_for(request)
        return source

    @admin.display(description=_("cited by"))
    def cited_by(self, source: Any) -> str:
        """Records of people whom the account may not read are counted, not named."""
        citing = [(record, person_of(record)) for record in _citing(source)]
        seen = [record for record, person in citing if person is None or sees(source.asker, person)]
        links = [page_link(record, f"{record._meta.verbose_name}: {record}") for record in seen]
        rows = format_html_join("", "<li>{}</li>", ((link,) for link in links[:SHOWN]))
        total = source.prisoners_citations.count() + source.releases_citations.count()
        more = total - min(len(links), SHOWN)
        rest = ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more} if more else ""
        return format_html("<ul>{}</ul>{}", rows, rest) if total else ""


def _citing(source: Source) -> Iterator[models.Model]:
    yield from _tied(source.prisoners_citations.prefetch_related("prisoner__names"), RECORD_TIES)
    yield from _tied(source.releases_citations, RELEASE_TIES)


def _tied(citations: Any, ties: Mapping[str, tuple[str, ...]]) -> Iterator[models.Model]:
    needed = [path for paths in ties.values() for path in paths]
    for citation in citations.select_related(*needed)[:SHOWN]:
        yield next(record for name in ties if (record := getattr(citation, name)))
