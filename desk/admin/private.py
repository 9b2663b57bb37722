"""Private records, each on a page of its own. No list, title or message shows what they say."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from desk.models import ConsentEvidence, ExactAddress, FamilyContact, HealthFile, InternalNote, SourceIdentity
from desk.private.envelope import Unreadable
from desk.private.fields import EncryptedTextField
from prisoners.models import Prisoner
from prisoners.roles import Action, countries_for, may

from ..actors import actor_for
from .access import path_to_person
from .base import RecordAdmin
from .forms import RecordForm
from .labels import owner_label, page_link
from .private_page import private_page_of

# Browsers keep what was typed into forms, and some send it away to check its spelling.
KEEP_NOTHING = {"autocomplete": "off", "spellcheck": "false", "autocorrect": "off"}
OF_ENTRY = ("entered_by", "entered_at", "changed_at")


class PrivateForm(RecordForm):
    """A text that the page did not ask for, since it could not be read then, stays as it is."""

    def _post_clean(self) -> None:
        for name in list(self.cleaned_data):
            if self.fields[name].widget.value_omitted_from_data(self.data, self.files, self.add_prefix(name)):
                del self.cleaned_data[name]
        super()._post_clean()


class PrivateAdmin(RecordAdmin):
    form = PrivateForm
    list_display = ("who", *OF_ENTRY)
    sortable_by = ("entered_at",)
    search_help_text = _(
        "Any form of the person’s name, in any script; or the person’s code. What the records say isn’t searched."
    )
    asked: tuple[str, ...] = ()
    one_line: tuple[str, ...] = ()
    to_person: tuple[str, ...] = ()

    def _allows(self, request: HttpRequest, action: Action, record: Any) -> bool:
        """Roles of their own: whoever may read a case need not read of the family. Of a person, in that person's country."""
        country = person.country if record and record.pk and (person := self._person(record)) else None
        return may(actor_for(request), action, country)

    def _person(self, record: Any) -> Prisoner | None:
        return getattr(record.owner, "prisoner", record.owner) if self.to_person else None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._allows(request, Action.SEE_PRIVATE, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._allows(request, Action.WRITE_PRIVATE, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._allows(request, Action.WRITE_PRIVATE, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._allows(request, Action.WRITE_PRIVATE, obj)

    @method_decorator(sensitive_post_parameters())
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().changeform_view(request, *args, **kwargs)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        found = super().get_queryset(request).select_related(*self.model.belongs_to)
        countries = countries_for(actor_for(request), Action.SEE_PRIVATE)
        if countries is None or not self.to_person:
            return found
        here = Q(*((f"{path}__country__in", countries) for path in self.to_person), _connector=Q.OR)
        return found.filter(here)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["about", *self.asked, *OF_ENTRY] if obj else [*self.model.belongs_to, *self.asked]

    def get_autocomplete_fields(self, request: HttpRequest) -> Any:
        return self.model.belongs_to

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """What can't be read is shown with the reason, not asked for: so saving leaves it as it is."""
        unreadable = (name for name in self.asked if obj and isinstance(getattr(obj, name), Unreadable))
        return ("about", *OF_ENTRY, *unreadable)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, EncryptedTextField) and field:
            if db_field.name in self.one_line:
                field.widget = forms.TextInput(attrs={"class": "vTextField"})
            field.widget.attrs |= KEEP_NOTHING
        elif isinstance(field, forms.ModelChoiceField):
            field.widget.can_add_related = field.widget.can_change_related = False  # owners are made on their own pages
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Owners in whose country the account may write private records, which is less than where it may write."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        countries = countries_for(actor_for(request), Action.WRITE_PRIVATE)
        path = path_to_person(db_field.related_model)
        if countries is not None and path is not None:
            field.queryset = field.queryset.filter(**{f"{path}__country__in" if path else "country__in": countries})
        return field

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if record := context.get("original"):
            context["private_page"] = private_page_of(record.owner)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.entered_by = request.user.get_username()
        super().save_model(request, obj, form, change)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return HttpResponseRedirect(private_page_of(obj.owner))

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return HttpResponseRedirect(private_page_of(obj.owner))

    @admin.display(description=_("about"))
    def who(self, record: Any) -> str:
        return owner_label(record.owner)

    @admin.display(description=_("about"))
    def about(self, record: Any) -> str:
        return page_link(record.owner, owner_label(record.owner))


class PrivateOfPersonAdmin(PrivateAdmin):
    """Found by the person."""

    to_person: tuple[str, ...] = ("prisoner",)
    search_fields = ("prisoner__code",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).prefetch_related(*(f"{path}__names" for path in self.to_person))

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        if not search_term.strip():
            return queryset, False
        people = Prisoner.objects.named_like(search_term).values("pk")
        return queryset.filter(Q(*((f"{path}__in", people) for path in self.to_person), _connector=Q.OR)), False


@admin.register(FamilyContact)
class FamilyContactAdmin(PrivateOfPersonAdmin):
    asked = ("name", "relation", "reach", "speaks", "note")
    one_line = ("name", "relation", "speaks")


@admin.register(ExactAddress)
class ExactAddressAdmin(PrivateOfPersonAdmin):
    asked = ("address", "note")


@admin.register(HealthFile)
class HealthFileAdmin(PrivateOfPersonAdmin):
    asked = ("text", "consent")


@admin.register(ConsentEvidence)
class ConsentEvidenceAdmin(PrivateOfPersonAdmin):
    asked = ("given_by", "scope", "recorded")
    one_line = ("given_by",)


@admin.register(InternalNote)
class InternalNoteAdmin(PrivateOfPersonAdmin):
    asked = ("text",)
    to_person = ("prisoner", "arrest__prisoner")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("prisoner", "arrest__prisoner")


@admin.register(SourceIdentity)
class SourceIdentityAdmin(PrivateAdmin):
    asked = ("identity", "reach", "risk")
    search_fields = ("source__title", "source__url")
    search_help_text = _("A part of the source’s title or address. What the records say isn’t searched.")
