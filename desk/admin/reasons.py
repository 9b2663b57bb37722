"""Why a record is changed: asked on each page, required where it matters, and kept in the history with the change."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.actions import delete_selected
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prisoners.acting import acting
from prisoners.models import Arrest, Name, Prisoner, Recognition, State
from releases.models import Release

REASON = "reason"
LONGEST = 500
# What a reader may have cited of somebody who is public. Filling in what was empty is news, and needs no reason.
WEIGHTY: dict[type[models.Model], set[str]] = {
    Prisoner: {"born", "died"},
    Name: {"text"},
    Arrest: {"began", "ended"},
    Recognition: {"organisation", "made_on", "withdrawn_on"},
    Release: {"mechanism", "pardon"},
}


def reason_in(data: Any) -> str:
    """The reason that was typed on a page, wherever on it the asking form stands."""
    return str(data.get(REASON, "")).strip()[:LONGEST]


@contextmanager
def acting_for_a_reason(request: HttpRequest) -> Iterator[None]:
    """What the request changes is kept with the reason typed on its page."""
    reason = reason_in(request.POST) if request.method == "POST" else ""
    with acting(actor=request.user.get_username(), reason=reason):
        yield


def weighty_changes(form: forms.ModelForm) -> list[str]:
    """The labels of fields that this form changes of somebody public, and that stood there filled."""
    names = WEIGHTY.get(type(form.instance), set()) & set(form.changed_data)
    filled = sorted(name for name in names if form.initial.get(name) not in (None, ""))
    if not filled or form.instance.pk is None:
        return []
    person = _person_of(form.instance)
    return [str(form.fields[name].label) for name in filled] if person and person.state == State.PUBLISHED else []


def _person_of(record: Any) -> Prisoner | None:
    if isinstance(record, Prisoner):
        return record
    found: Prisoner | None = getattr(getattr(record, "arrest", record), "prisoner", None)
    return found


def refuse_without_reason(form: forms.ModelForm) -> None:
    """Add an error to a form that changes what matters, when the page says no reason."""
    if not reason_in(form.data) and (labels := weighty_changes(form)):
        words = _("The person is public, and this changes what was published: %(fields)s. Say why, at the end of the page.")
        form.add_error(REASON if REASON in form.fields else None, words % {"fields": ", ".join(labels)})


def refuse_rows_without_reason(formset: Any) -> None:
    """Mark rows that change what matters, and raise ValidationError for rows to be deleted, when the page says no reason."""
    for form in formset.rows():
        refuse_without_reason(form)
    marked = [form for form in formset.initial_forms if formset._should_delete_form(form)]
    if marked and not reason_in(formset.data):
        raise ValidationError(_("Say at the end of the page why you delete, or take the mark away."))


class ReasonedAdmin(admin.ModelAdmin):
    """An admin whose pages ask why."""

    delete_confirmation_template = "desk/delete.html"
    delete_selected_confirmation_template = "desk/delete_selected.html"

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        asks_for_names = "fields" in kwargs and kwargs["fields"] is None
        if obj is not None and not asks_for_names and self.has_change_permission(request, obj):
            form.base_fields[REASON] = forms.CharField(
                label=gettext_lazy("Why"),
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
                help_text=gettext_lazy(
                    "Kept in the history, never published. Required to delete, and to change a public person’s names, dates, "
                    "recognitions or release."
                ),
            )
        return form

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with acting_for_a_reason(request):
            return super().changeform_view(request, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        with acting_for_a_reason(request):
            return super().changelist_view(request, *args, **kwargs)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _ask_again_without_reason(request)
        with acting_for_a_reason(request):
            return super().delete_view(request, *args, **kwargs)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        found: dict[str, Any] = super().get_actions(request)
        if "delete_selected" in found:
            found["delete_selected"] = (delete_chosen, *found["delete_selected"][1:])
        return found


def delete_chosen(modeladmin: Any, request: HttpRequest, queryset: Any) -> Any:
    """Django's own action, with a reason."""
    _ask_again_without_reason(request)
    return delete_selected(modeladmin, request, queryset)


def _ask_again_without_reason(request: HttpRequest) -> None:
    """Without a reason a confirmation isn't one: let Django ask again, with what the page says then."""
    if request.POST.get("post") and not reason_in(request.POST):
        asked = request.POST.copy()
        del asked["post"]
        chosen = "action" in asked
        request.POST = asked if chosen else QueryDict()  # type: ignore[assignment]
        request.lacks_reason = True  # type: ignore[attr-defined]
