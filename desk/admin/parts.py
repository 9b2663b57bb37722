"""The pages of what hangs on an arrest: judgments, treatments, recognitions, releases."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from prisoners.models import Prisoner

from .base import RecordAdmin
from .labels import arrest_label, page_link


class ArrestPartAdmin(RecordAdmin):
    """Found by the person; stays with its arrest."""

    related: tuple[str, ...] = ()
    search_fields = ("arrest__prisoner__names__text", "arrest__prisoner__code")
    search_help_text = _("Any form of the person’s name, in any script; or the person’s code.")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        # Django leaves `list_select_related` aside when the query joins something already.
        found = super().get_queryset(request).select_related("arrest__prisoner", *self.related)
        return found.prefetch_related("arrest__prisoner__names")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        if not search_term.strip():
            return queryset, False
        return queryset.filter(arrest__prisoner__in=Prisoner.objects.named_like(search_term).values("pk")), False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("of_arrest",) if obj else ()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The arrest of a part that is there already is a link, not a choice."""
        (title, basics), *others = self.fieldsets or [(None, {"fields": self.fields or ()})]
        shown = [("of_arrest" if obj and name == "arrest" else name) for name in basics["fields"]]
        return [(title, {**basics, "fields": shown}), *others]

    @admin.display(description=_("person and arrest"))
    def who(self, record: Any) -> str:
        return arrest_label(record.arrest)

    @admin.display(description=_("arrest"))
    def of_arrest(self, record: Any) -> str:
        return page_link(record.arrest, arrest_label(record.arrest))


class LinkedPartAdmin(ArrestPartAdmin):
    """A part that editors reach from the page of the arrest; the front page doesn't list it."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False
