"""Citations as rows on the page of the record that they are of. The field is chosen from those which that record has."""

from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from prisoners.models import Citation
from prisoners.models.sources import citable_fields
from releases.models import Citation as ReleaseCitation

from .base import RecordRows


class CitationRows(RecordRows):
    model: type[models.Model] = Citation
    fields = ("source", "field", "value", "locator")
    autocomplete_fields = ("source",)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "field":
            choices = field_choices(self.parent_model)
            return forms.ChoiceField(choices=choices, label=capfirst(db_field.verbose_name), required=False)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class ReleaseCitationRows(CitationRows):
    model = ReleaseCitation


def field_choices(model: type[models.Model]) -> list[tuple[str, Any]]:
    """The fields of a record that a source can support, by their labels; first the record as a whole."""
    fields: list[Any] = [model._meta.get_field(name) for name in citable_fields(model)]
    return [("", _("all of it")), *((field.name, capfirst(field.verbose_name)) for field in fields)]
