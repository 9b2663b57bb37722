"""Choosing another record: searched for, never listed, and named without a query where the form knows it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models

from .labels import arrest_label


class ArrestChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return arrest_label(obj)


class KnownChoiceSelect(AutocompleteSelect):
    """Shows the record that is chosen already from memory; Django asks the database anew in every row."""

    known: models.Model | None = None

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        if self.known is None or list(value) != [str(self.known.pk)]:
            return super().optgroups(name, value, attr)
        label = self.choices.field.label_from_instance(self.known)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        return [(None, [*options, self.create_option(name, value[0], label, True, len(options))], 0)]


def remember_choices(form: forms.ModelForm) -> None:
    """Hand the records that the form's instance has loaded already to the fields that show them."""
    for name, field in form.fields.items():
        widget = getattr(field.widget, "widget", field.widget)
        if isinstance(widget, KnownChoiceSelect):
            widget.known = form.instance._state.fields_cache.get(name)
