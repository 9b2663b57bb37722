"""Articles of law, charges under them, and what courts decide."""

from django.contrib import admin

from prisoners.models import Charge, Judgment, Statute

from .base import LinkedRows, RecordAdmin, RecordRows
from .parts import LinkedPartAdmin
from .sources import CitationRows


class ChargeRows(RecordRows):
    model = Charge
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


@admin.register(Judgment)
class JudgmentAdmin(LinkedPartAdmin):
    list_display = ("who", "decided_on", "court", "sentence_kind", "sentence_months", "ends")
    list_filter = ("sentence_kind",)
    fields = (
        *("arrest", "decided_on", "stage", "outcome"),
        ("court", "judge", "is_closed_hearing", "is_in_absentia"),
        ("sentence_kind", "sentence_months", "regime"),
        ("runs_from", "credited_days", "ends"),
    )
    autocomplete_fields = ("arrest", "regime")
    inlines = (CitationRows,)
