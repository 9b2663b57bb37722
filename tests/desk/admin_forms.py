"""Filling in the admin's forms as a browser does: everything that the page holds, then what the editor types."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse


def add_page(model: type[models.Model]) -> str:
    return reverse(f"{admin.site.name}:{model._meta.app_label}_{model._meta.model_name}_add")


def list_page(model: type[models.Model]) -> str:
    return reverse(f"{admin.site.name}:{model._meta.app_label}_{model._meta.model_name}_changelist")


def save(client: Client, address: str, changes: dict[str, Any]) -> HttpResponse:
    """Open the page, change it, press “Save and continue editing”."""
    return client.post(address, {**filled_in(client.get(address)), "_continue": "1", **changes})


def filled_in(response: Any) -> dict[str, Any]:
    """What a browser would send from this page as it is."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    values = {field.html_name: field.value() for form in forms for field in form}
    return {name: value for name, value in values.items() if value is not None and value is not False and value != ""}


def rows(prefix: str, *added: dict[str, Any], after: int = 0) -> dict[str, Any]:
    """What the browser sends for rows that are added below the first `after` ones."""
    sent: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": after + len(added)}
    for number, row in enumerate(added, start=after):
        sent |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return sent


def complaints(response: Any) -> dict[str, list[str]]:
    """All errors of a page that came back, by field; those of a set of rows under its prefix. Empty when it was saved."""
    if response.status_code == 302:
        return {}
    form = response.context["adminform"].form
    found = {name: list(errors) for name, errors in form.errors.items()}
    for inline in response.context["inline_admin_formsets"]:
        formset = inline.formset
        if formset.non_form_errors():
            found[formset.prefix] = list(formset.non_form_errors())
        for row in formset.forms:
            found |= {row.add_prefix(name): list(errors) for name, errors in row.errors.items()}
    return found
