"""Organisations, and their findings that people are political prisoners."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from prisoners.models import Organisation, Recognition

from .base import LinkedRows, RecordAdmin
from .citations import CitationRows
from .forms import RecordFormSet
from .parts import LinkedPartAdmin


class RecognitionFormSet(RecordFormSet):
    def check_rows(self, rows: list[Any]) -> None:
        self.refuse_repeats(rows, "recognition_once_at_a_time", lambda row: None if row.withdrawn_on else row.organisation_id)


class RecognitionRows(LinkedRows):
    model = Recognition
    formset = RecognitionFormSet
    fields = ("organisation", "made_on", "criteria", "statement_url", "withdrawn_on")
    autocomplete_fields = ("organisation", "criteria")


@admin.register(Organisation)
class OrganisationAdmin(RecordAdmin):
    list_display = ("name", "slug", "url")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug", "url")


@admin.register(Recognition)
class RecognitionAdmin(LinkedPartAdmin):
    list_display = ("who", "organisation", "made_on", "withdrawn_on")
    related = ("organisation",)
    fieldsets = (
        (None, {"fields": ("arrest", "organisation", "made_on", "statement_url")}),
        (_("On what criteria"), {"fields": ("criteria", "criteria_note")}),
        (_("If it was withdrawn"), {"fields": ("withdrawn_on", "withdrawn_because")}),
    )
    autocomplete_fields = ("arrest", "organisation", "criteria")
    inlines = (CitationRows,)
