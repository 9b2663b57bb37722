"""Filling in the admin's forms as a browser does: everything that the page holds, then what the editor types."""

from typing import Any

from django.http import HttpResponse
from django.test import Client


def typed(response: Any, **changes: Any) -> dict[str, Any]:
    """What a browser would send from this page after these changes."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    sent: dict[str, Any] = {}
    for form in forms:
        for field in form:
            value = field.value()
            if value is not None and value is not False and value != "":
                sent[field.html_name] = value
    return {**sent, "_continue": "1", **changes}


def save(client: Client, address: str, **changes: Any) -> HttpResponse:
    """Open the page, change it, press “Save”."""
    return client.post(address, typed(client.get(address), **changes))


def errors(response: Any) -> dict[str, list[str]]:
    """All complaints of a page that came back, by field; those of a set of rows under its prefix."""
    found = dict(response.context["adminform"].form.errors)
    for inline in response.context["inline_admin_formsets"]:
        formset = inline.formset
        if formset.non_form_errors():
            found[formset.prefix] = formset.non_form_errors()
        for form in formset.forms:
            found |= {form.add_prefix(name): messages for name, messages in form.errors.items()}
    return {name: list(messages) for name, messages in found.items()}
