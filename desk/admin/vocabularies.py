"""The controlled lists. A code is chosen once: it stands in addresses, exports and past counts."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from prisoners.models import Affiliation, Agency, Criterion, Licence, Occupation, Regime, TreatmentKind, Vulnerability
from releases.models import Condition, Mechanism

from .base import RecordAdmin

TERM_FIELDS: tuple[str, ...] = ("code", "label", "labels", "standard", "position")


@admin.register(Affiliation, Agency, Condition, Criterion, Occupation, Regime)
class TermAdmin(RecordAdmin):
    list_display: tuple[str, ...] = ("label", "code", "standard", "position")
    search_fields = ("label", "code", "labels")
    fields = TERM_FIELDS

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("code",) if obj else ()


@admin.register(TreatmentKind, Vulnerability)
class HealthTermAdmin(TermAdmin):
    list_display = ("label", "code", "is_health", "standard", "position")
    list_filter = ("is_health",)
    fields = (*TERM_FIELDS, "is_health")


@admin.register(Mechanism)
class MechanismAdmin(TermAdmin):
    list_display = ("label", "code", "is_death", "position")
    list_filter = ("is_death",)
    fields = (*TERM_FIELDS, "is_death")


@admin.register(Licence)
class LicenceAdmin(TermAdmin):
    fields = (*TERM_FIELDS, "url")
