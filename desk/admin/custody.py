"""Arrests and all that hangs on them; what arrests belong to; where people are held."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from desk.models import InternalNote
from prisoners.models import Arrest, Case, Context, Facility, Prisoner, Stay, Treatment

from .arrests import ArrestPageForm
from .base import LinkedRows, RecordAdmin, RecordRows
from .citations import CitationRows
from .labels import arrest_label, page_link
from .law import ChargeRows, JudgmentRows
from .parts import LinkedPartAdmin
from .private_page import HasPrivateRecords
from .recognition import RecognitionRows
from .releases import ReleaseRow, VoidReleaseRows

NAMED_IN_LIST = ("prisoner", "context", "case", "release__mechanism")


class StayRows(RecordRows):
    model = Stay
    show_change_link = True
    fields = ("facility", "began", "ended", "regime")
    autocomplete_fields = ("facility", "regime")


class TreatmentRows(LinkedRows):
    model = Treatment
    fields = ("kind", "began", "ended", "severity", "account")
    autocomplete_fields = ("kind",)


class GoingOn(admin.SimpleListFilter):
    """Whether the custody has ended."""

    title = _("custody")
    parameter_name = "custody"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("going_on", _("goes on")), ("ended", _("ended"))]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        return queryset.filter(ended__isnull=self.value() == "going_on") if self.value() else queryset


@admin.register(Arrest)
class ArrestAdmin(HasPrivateRecords):
    private_kinds = (InternalNote,)
    form = ArrestPageForm
    list_display = ("who", "began", "ended", "last_confirmed_on", "region", "context", "case", "how_it_ended")
    list_filter = (GoingOn, "whereabouts", "is_home_confinement", "country")
    ordering = ("-pk",)
    sortable_by = ("began", "ended", "last_confirmed_on", "region")
    search_fields = ("prisoner__names__text", "prisoner__code")
    search_help_text = _("Any form of the person’s name, in any script; or the person’s code.")
    autocomplete_fields = ("prisoner", "agency", "context", "case")
    inlines = (
        *(ReleaseRow, VoidReleaseRows, ChargeRows, StayRows, JudgmentRows),
        *(RecognitionRows, TreatmentRows, CitationRows),
    )
    fieldsets = (
        (None, {"fields": ("prisoner", "began", "ended", "last_confirmed_on", "whereabouts", "is_home_confinement")}),
        (_("Where and by whom"), {"fields": ("country", "region", "place", "agency")}),
        (_("Why"), {"fields": ("context", "case", "stated_reason", "real_reason", "circumstances")}),
    )

    def label(self, record: Any) -> str:
        return arrest_label(record)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related(*NAMED_IN_LIST).prefetch_related("prisoner__names")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        if not search_term.strip():
            return queryset, False
        return queryset.filter(prisoner__in=Prisoner.objects.named_like(search_term).values("pk")), False

    def get_readonly_fields(self, request: HttpRequest, obj: Arrest | None = None) -> tuple[str, ...]:
        """An arrest stays with its person: one logged under the wrong name is deleted and logged anew."""
        return ("person", "pardon_lines") if obj else ()

    def get_fieldsets(self, request: HttpRequest, obj: Arrest | None = None) -> Any:
        if obj is None:
            return self.fieldsets
        (title, basics), *others = self.fieldsets
        return [(title, {**basics, "fields": ("person", *basics["fields"][1:], "pardon_lines")}), *others]

    @admin.display(description=_("person"))
    def who(self, arrest: Arrest) -> str:
        return str(arrest.prisoner)

    @admin.display(description=_("person"))
    def person(self, arrest: Arrest) -> str:
        return page_link(arrest.prisoner)

    @admin.display(description=_("how it ended"))
    def how_it_ended(self, arrest: Arrest) -> str:
        release = getattr(arrest, "release", None)
        return str(release.mechanism) if release else ""

    @admin.display(description=_("named in pardons"))
    def pardon_lines(self, arrest: Arrest) -> str:
        lines = arrest.pardon_lines.select_related("pardon")
        return format_html_join(", ", "{}", ((page_link(line.pardon, f"{line.pardon}: {line}"),) for line in lines))


@admin.register(Stay)
class StayAdmin(LinkedPartAdmin):
    """For the sources of a stay."""

    list_display = ("who", "facility", "began", "ended", "regime")
    related = ("facility", "regime")
    fields = ("arrest", "facility", "began", "ended", "regime")
    autocomplete_fields = ("arrest", "facility", "regime")
    inlines = (CitationRows,)


@admin.register(Treatment)
class TreatmentAdmin(LinkedPartAdmin):
    list_display = ("who", "kind", "began", "ended")
    related = ("kind",)
    list_filter = ("kind",)
    fields = ("arrest", "kind", "began", "ended", "severity", "account")
    autocomplete_fields = ("arrest", "kind")
    inlines = (CitationRows,)


class GroupingAdmin(RecordAdmin):
    """What arrests belong to, with a way to the list of them."""

    list_display = ("title", "slug")
    search_fields = ("title", "slug")
    prepopulated_fields = {"slug": ("title",)}
    fields = ("title", "slug", "summary")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("its_arrests",) if obj else ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*self.fields, "its_arrests"] if obj else list(self.fields)

    @admin.display(description=_("arrests"))
    def its_arrests(self, record: Any) -> str:
        address = reverse("admin:prisoners_arrest_changelist", query={record._meta.model_name: record.pk})
        return format_html('<a href="{}">{}</a>', address, gettext("List them"))


@admin.register(Context)
class ContextAdmin(GroupingAdmin):
    pass


@admin.register(Case)
class CaseAdmin(GroupingAdmin):
    pass


@admin.register(Facility)
class FacilityAdmin(RecordAdmin):
    list_display = ("name", "kind", "country", "region", "slug")
    list_filter = ("kind", "country")
    search_fields = ("name", "slug", "postal_address")
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug", "kind", "country", "region", "postal_address", ("latitude", "longitude"))
