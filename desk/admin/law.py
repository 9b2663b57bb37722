"""Articles of law, charges under them, and what courts decide."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from prisoners.models import Charge, Judgment, Statute

from .base import LinkedRows, RecordAdmin, RecordRows
from .citations import CitationRows
from .parts import LinkedPartAdmin


class ChargeRows(RecordRows):
    model = Charge
    show_change_link = True
    fields = ("statute", "status", "status_on", "requalified_as")
    autocomplete_fields = ("statute", "requalified_as")


class JudgmentRows(LinkedRows):
    model = Judgment
    fields = ("decided_on", "court", "stage", "outcome", "sentence_kind", "sentence_months", "ends", "is_in_absentia")


@admin.register(Statute)
class StatuteAdmin(RecordAdmin):
    list_display = ("citation", "title", "country", "slug")
    list_filter = ("country", "law")
    search_fields = ("article", "title", "slug", "law")
    fields = ("country", "law", "article", "part", "title", "slug")


@admin.register(Charge)
class ChargeAdmin(LinkedPartAdmin):
    """For the sources of a charge."""

    list_display = ("who", "statute", "status", "status_on")
    related = ("statute",)
    list_filter = ("status",)
    fields = ("arrest", "statute", "status", "status_on", "requalified_as")
    autocomplete_fields = ("arrest", "statute", "requalified_as")
    inlines = (CitationRows,)


@admin.register(Judgment)
class JudgmentAdmin(LinkedPartAdmin):
    list_display = ("who", "decided_on", "court", "sentence_kind", "sentence_months", "ends")
    list_filter = ("sentence_kind",)
    fieldsets = (
        (None, {"fields": ("arrest", "decided_on", "stage", "outcome")}),
        (_("Sentence"), {"fields": ("sentence_kind", "sentence_months", "regime", "runs_from", "credited_days", "ends")}),
        (_("Court"), {"fields": ("court", "judge", "is_closed_hearing", "is_in_absentia")}),
    )
    autocomplete_fields = ("arrest", "regime")
    inlines = (CitationRows,)
