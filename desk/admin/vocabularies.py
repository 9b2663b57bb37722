"""The controlled lists. A code is chosen once: it stands in addresses, exports and past counts."""

from django.contrib import admin

from prisoners.models import Affiliation, Agency, Criterion, Licence, Occupation, Regime, TreatmentKind, Vulnerability
from releases.models import Condition, Mechanism

from .terms import TERM_FIELDS, TermAdmin

admin.site.register([Affiliation, Agency, Condition, Criterion, Occupation, Regime], TermAdmin)


@admin.register(TreatmentKind, Vulnerability)
class HealthTermAdmin(TermAdmin):
    list_display = ("label", "code", "is_health", "standard", "position")
    list_filter = ("is_health",)
    fields = (*TERM_FIELDS, "is_health")


@admin.register(Mechanism)
class MechanismAdmin(TermAdmin):
    list_display = ("label", "code", "is_death", "standard", "position")
    list_filter = ("is_death",)
    fields = (*TERM_FIELDS, "is_death")


@admin.register(Licence)
class LicenceAdmin(TermAdmin):
    fields = (*TERM_FIELDS, "url")
