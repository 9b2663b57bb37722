"""What one field is, in plain words."""

from typing import Any

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models

from counts.models import DateMultiRangeField
from desk.private.fields import EncryptedTextField
from prisoners.fields import UncertainDateField
from prisoners.places import validate_country, validate_region

EDTF = "EDTF (ISO 8601-2), levels 0 and 1 in part"
COUNTRY, REGION = "ISO 3166-1 alpha-2", "ISO 3166-2"
# Fields whose standard nothing but their name says.
BY_NAME = {"language": "ISO 639", "script": "ISO 15924", "country": COUNTRY, "region": REGION, "home_region": REGION}
BY_VALIDATOR = [(validate_country, COUNTRY), (validate_region, REGION)]
# Whole lists that follow a standard; each term says its own.
BY_LIST = {
    "Occupation": "HURIDOCS micro-thesauri 10",
    "Vulnerability": "HURIDOCS micro-thesauri 23, Mandela Rules, Bangkok Rules",
    "Agency": "HURIDOCS micro-thesauri 24",
    "TreatmentKind": "Convention against Torture, Mandela Rules, HURIDOCS micro-thesauri 4, 5 and 30",
    "Regime": "Mandela Rules, HURIDOCS micro-thesauri 4 and 29",
    "Criterion": "PACE Resolution 1900, Guidelines of 2013, UN WGAD categories",
    "Mechanism": "HURIDOCS micro-thesauri 4 and 25",
    "Condition": "International Covenant on Civil and Political Rights",
}
BY_CHOICE = {"prisoners.Arrest.whereabouts": "HURIDOCS micro-thesauri 30"}
# From the most special to the most general.
PLAIN: list[tuple[type[models.Field], str]] = [
    (UncertainDateField, "uncertain date"),
    (EncryptedTextField, "text, encrypted"),
    (models.DateTimeField, "moment"),
    (models.DateField, "day"),
    (DateMultiRangeField, "spans of days"),
    (DateRangeField, "span of days"),
    (models.BooleanField, "yes or no"),
    (models.EmailField, "e-mail address"),
    (models.URLField, "web address"),
    (models.FileField, "file"),
    (models.SlugField, "short name for addresses"),
    (models.UUIDField, "random key"),
    (models.CharField, "text"),
    (models.TextField, "long text"),
    (models.DecimalField, "number"),
    (models.FloatField, "number"),
    (models.IntegerField, "whole number"),
    (models.JSONField, "named values"),
    (models.BinaryField, "bytes"),
]


def type_of(field: Any) -> str:
    """Such as “text, up to 200 characters” or “any number of occupations”."""
    if field.generated:
        return f"{type_of(field.output_field)}, derived by the database"
    if field.many_to_many:
        return f"any number of {link_to(field.related_model, plural=True)}"
    if field.is_relation:
        return f"one {link_to(field.related_model)}"
    if isinstance(field, ArrayField):
        return f"list: {type_of(field.base_field)}"
    if field.choices:
        return "one of a fixed list"
    words = next((words for kind, words in PLAIN if isinstance(field, kind)), field.get_internal_type())
    is_short = isinstance(field, models.CharField) and not isinstance(field, UncertainDateField)
    return f"{words}, up to {field.max_length} characters" if is_short and field.max_length else words


def is_required(field: Any) -> str:
    """Whether a row can do without it."""
    if field.generated:
        return "derived"
    if not field.editable or getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return "set by the system"
    return "no" if field.blank or field.null or field.has_default() else "yes"


def standard_of(field: Any) -> str:
    """The standard that its values follow; empty when there is none."""
    if isinstance(field, UncertainDateField):
        return EDTF
    if field.is_relation:
        return BY_LIST.get(field.related_model.__name__, "")
    validators = [*field.validators, *getattr(getattr(field, "base_field", None), "validators", [])]
    named = next((standard for check, standard in BY_VALIDATOR if check in validators), None)
    return named or BY_NAME.get(field.name) or BY_CHOICE.get(str(field), "")


def values_of(field: Any) -> list[tuple[str, str]]:
    """The only values that it takes, with their labels; empty when it takes others."""
    return [(str(value), str(label)) for value, label in field.flatchoices] if field.choices else []


def link_to(model: type[models.Model], *, plural: bool = False) -> str:
    """The name of a record, leading to its section; of records from elsewhere the name alone."""
    name = str(model._meta.verbose_name_plural if plural else model._meta.verbose_name)
    return f"[{name}](#{anchor(model)})"


def anchor(model: type[models.Model]) -> str:
    """What the heading of a record's section is called in addresses."""
    return model._meta.label.lower().replace(".", "")
