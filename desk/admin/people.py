"""People: the list that editors search, and the page of one person."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from desk.models import ConsentEvidence, ExactAddress, FamilyContact, HealthFile, InternalNote
from prisoners.models import Arrest, Consent, Prisoner, State, Summary
from prisoners.roles import Action, Actor, may

from ..actors import actor_for
from .arrests import ArrestForm, ArrestFormSet
from .base import LinkedRows, RecordRows
from .citations import CitationRows
from .forms import RecordForm
from .labels import arrest_days
from .names import NameRows
from .namesakes import warn_of_namesakes
from .photos import photos_of
from .private_page import HasPrivateRecords
from .publishing import PublishingAdmin


class ArrestRows(LinkedRows):
    model = Arrest
    form = ArrestForm
    formset = ArrestFormSet
    fields = ("began", "ended", "last_confirmed_on", "country", "region", "place", "context", "case")
    autocomplete_fields = ("context", "case")
    verbose_name_plural = _("arrests (open one to add charges, stays, judgments, recognitions, its release)")

    def get_extra(self, request: HttpRequest, obj: Prisoner | None = None, **kwargs: Any) -> int:
        return 0 if obj else 1


class SummaryRows(RecordRows):
    model = Summary
    fields = ("language", "text")


class ConsentRows(RecordRows):
    model = Consent
    fields = ("scope", "given_by", "given_on", "withdrawn_on")


class PersonCitationRows(CitationRows):
    def get_extra(self, request: HttpRequest, obj: Prisoner | None = None, **kwargs: Any) -> int:
        return 0 if obj else 1


class PersonForm(RecordForm):
    """A person of a country in which whoever adds them may write."""

    actor: Actor

    def clean_country(self) -> str:
        country = self.cleaned_data["country"]
        if not may(self.actor, Action.WRITE_DRAFTS, country):
            raise ValidationError(gettext("Your roles don’t cover this country."))
        return str(country)


@admin.register(Prisoner)
class PrisonerAdmin(HasPrivateRecords, PublishingAdmin):
    form = PersonForm
    list_display = ("code", "heading", "state", "visibility", "born", "arrests", "changed_at")
    list_display_links = ("code", "heading")
    list_filter = ("state", "visibility", "gender", "country")
    sortable_by = ("code", "state", "visibility", "born", "changed_at")
    search_fields = ("names__text", "code")
    search_help_text = _("Any form of a name, in any script, whole or in part; or a code such as BY-7K3QX2.")
    autocomplete_fields = ("occupations", "affiliations", "vulnerabilities")
    inlines = (NameRows, ArrestRows, SummaryRows, ConsentRows, PersonCitationRows)
    private_kinds = (FamilyContact, ExactAddress, HealthFile, ConsentEvidence, InternalNote)
    fieldsets = (
        (None, {"fields": (("code", "state"), "country", ("visibility", "embargo_until"), "gender", "born", "died")}),
        (_("Life"), {"fields": ("citizenships", "home_region", "occupations", "affiliations", "vulnerabilities")}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("names", "arrests")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Through the index of trigrams; a person with two names that match appears once."""
        return (queryset.named_like(search_term) if search_term.strip() else queryset), False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not change:
            warn_of_namesakes(request, form.instance, self.get_queryset(request))

    def get_fieldsets(self, request: HttpRequest, obj: Prisoner | None = None) -> Any:
        """A new person has no code yet; the life is folded, so that names and the arrest are near."""
        if obj:
            return [*self.fieldsets, (_("Photos"), {"fields": ("photos",)})]
        (title, basics), (life, details) = self.fieldsets
        return [(title, {**basics, "fields": basics["fields"][1:]}), (life, {**details, "classes": ["collapse"]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Prisoner | None = None) -> tuple[str, ...]:
        """The code is for ever, and begins with the country. How a published person is shown has a page of its own."""
        if obj is None:
            return ()
        fixed = ("code", "state", "country", "photos")
        return (*fixed, "visibility", "embargo_until") if obj.state == State.PUBLISHED else fixed

    def get_form(self, request: HttpRequest, obj: Prisoner | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.actor = actor_for(request)
        return form

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "citizenships" and field:
            field.help_text = _("Two capital letters each, separated by commas, such as BY, RU.")
        return field

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Readers have a page of published people only."""
        return super().get_view_on_site_url(obj) if obj and obj.state == State.PUBLISHED else None

    @admin.display(description=_("photos"))
    def photos(self, person: Prisoner) -> str:
        return photos_of(person)

    @admin.display(description=_("name"))
    def heading(self, person: Prisoner) -> str:
        return str(person.name() or "")

    @admin.display(description=_("last arrest"))
    def arrests(self, person: Prisoner) -> str:
        arrests = list(person.arrests.all())
        if not arrests:
            return ""
        days = arrest_days(arrests[-1])
        return days if len(arrests) == 1 else gettext("%(days)s (%(n)d arrests)") % {"days": days, "n": len(arrests)}
