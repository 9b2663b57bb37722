"""The values of images in words, by the kind of their field. An app with fields of its own adds to `in_words`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from .subjects import Subject

EMPTY = "–"


def _nobody(_model: type[models.Model]) -> bool:
    return False


@dataclass(frozen=True)
class Reader:
    """Who reads: what records are called, and of which models they may read what is sealed."""

    names: Mapping[Subject, str] = field(default_factory=dict)
    may_open: Callable[[type[models.Model]], bool] = _nobody


def words(kind: Any, value: Any, reader: Reader) -> str:
    """A value of a field, as an editor reads it; `kind` is the field, or None for a column that no model has any more."""
    if value in (None, "", [], {}):
        return EMPTY
    if kind is not None and kind.choices:
        return str(dict(kind.flatchoices).get(value, value))
    return in_words(kind, value, reader)


@singledispatch
def in_words(kind: Any, value: Any, reader: Reader) -> str:
    """A value that isn't empty. Register a function for each kind of field that says it otherwise.

    What comes out alike for two values that differ is shown as changed, and not how: so does a field whose values are
    sealed to this reader.
    """
    return str(value)


@in_words.register(models.BooleanField)
def _boolean(kind: models.BooleanField, value: Any, reader: Reader) -> str:
    return _("yes") if value else _("no")


@in_words.register(models.ForeignKey)
def _relation(kind: models.ForeignKey, value: Any, reader: Reader) -> str:
    target: Any = kind.related_model
    return reader.names.get(Subject(target._meta.db_table, str(value)), str(value))


@in_words.register(ArrayField)
def _array(kind: ArrayField, value: Any, reader: Reader) -> str:
    return ", ".join(words(kind.base_field, each, reader) for each in value)


@in_words.register(models.JSONField)
def _json(kind: models.JSONField, value: Any, reader: Reader) -> str:
    return "; ".join(f"{key}: {each}" for key, each in value.items()) if isinstance(value, dict) else str(value)


@in_words.register(models.DateTimeField)
def _moment(kind: models.DateTimeField, value: Any, reader: Reader) -> str:
    moment = parse_datetime(str(value))
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M:%S") if moment else str(value)
