"""What the admin of every record shares: typed dates, searched-for relations, refusals instead of crashes."""

from typing import Any

import psycopg2.errors
from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget, RelatedFieldWidgetWrapper
from django.db import IntegrityError, models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from prisoners.dates import FORMS
from prisoners.fields import UncertainDateField
from prisoners.models import Arrest

from ..actors import actor_for
from .access import RoleAccess, path_to_person, seen_by
from .choices import ArrestChoiceField, KnownChoiceSelect
from .forms import CapitalsField, RecordForm, RecordFormSet
from .labels import arrests_with_names
from .reasons import ReasonedAdmin
from .rules import words_of

DATE_FORMS = format_lazy(_("Forms: {forms}."), forms=FORMS)
CAPITALS = {"country": "BY", "region": "BY-HM", "home_region": "BY-HM"}
WIDGETS: dict[Any, dict[str, Any]] = {
    UncertainDateField: {
        "widget": AdminTextInputWidget(attrs={"placeholder": "2020-08-09", "class": "uncertain-date", "title": DATE_FORMS})
    },
    models.DateField: {
        "widget": forms.DateInput(format="%Y-%m-%d", attrs={"placeholder": "2020-08-09", "class": "uncertain-date"}),
        "input_formats": ["%Y-%m-%d"],
        "error_messages": {"invalid": _("This is not a day: write it as 2020-08-09.")},
    },
    models.URLField: {"assume_scheme": "https"},
    models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})},
}


class RecordFields(RoleAccess):
    """How fields are asked for, on pages of their own and in rows."""

    form: type[forms.ModelForm] = RecordForm
    formfield_overrides = WIDGETS

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, UncertainDateField):
            kwargs["help_text"] = self.date_help(db_field)
        if db_field.name in CAPITALS:
            kwargs["form_class"] = CapitalsField
            kwargs["widget"] = AdminTextInputWidget(attrs={"placeholder": CAPITALS[db_field.name], "class": "short-code"})
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # From the row of an arrest nobody should delete the context of a thousand others.
            field.widget.can_delete_related = field.widget.can_view_related = False
        return field

    def date_help(self, db_field: UncertainDateField) -> Any:
        return format_lazy("{} {}", db_field.help_text, DATE_FORMS) if db_field.help_text else DATE_FORMS

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = KnownChoiceSelect(db_field, self.admin_site)
        if db_field.related_model is Arrest:
            kwargs |= {"form_class": ArrestChoiceField, "queryset": arrests_with_names()}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class RecordAdmin(RecordFields, ReasonedAdmin):
    """A record with a page of its own. Lists are bounded, and count no more than they must."""

    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False
    save_on_top = False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """The records of people whom the account may read, in lists, on pages and in searches for a choice alike."""
        found = super().get_queryset(request)
        path = path_to_person(self.model)
        return found if path is None else found.filter(seen_by(actor_for(request), path))

    def label(self, record: Any) -> str:
        """What a choice of this record says where another record refers to it."""
        return str(record)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Django keeps what was done in the admin; the database keeps everything."""
        return HttpResponseRedirect(reverse("desk-history", args=[self.model._meta.db_table, unquote(object_id)]))

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Django's own, but what the database refuses is explained.

        Forms check all rules beforehand; a colleague who saves in the same moment can still break one.
        """
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError as error:
            if not isinstance(error.__cause__, psycopg2.errors.IntegrityError):
                raise
            return self._refusal(request, error.__cause__)

    def _refusal(self, request: HttpRequest, cause: psycopg2.errors.IntegrityError) -> HttpResponse:
        name, words = cause.diag.constraint_name or "", cause.diag.message_primary or ""
        context = {**self.admin_site.each_context(request), "title": _("Nothing was saved"), "reason": words_of(name, words)}
        return TemplateResponse(request, "desk/refused.html", context, status=409)


class LinkedModelAdmin(RecordAdmin):
    """A record that editors reach from the page of what it belongs to; the front page doesn't list it."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False


class RecordRows(RecordFields, admin.StackedInline):
    """Rows on the page of what they belong to: each on one line where there is room, with its labels where there is not."""

    formset = RecordFormSet
    extra = 0

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return [(None, {"fields": [tuple(self.get_fields(request, obj))]})]

    def date_help(self, db_field: UncertainDateField) -> str:
        """In rows the forms of dates are in the tooltip, so that a row stays a row."""
        return ""

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        found = super().get_queryset(request)
        singular = [name for name in self.autocomplete_fields if self.model._meta.get_field(name).concrete]
        singular = [name for name in singular if not self.model._meta.get_field(name).many_to_many]
        return found.select_related(*singular) if singular else found


class LinkedRows(RecordRows):
    """Rows on which other records hang. They are deleted on their own page, which says what goes with them."""

    show_change_link = True
    can_delete = False
