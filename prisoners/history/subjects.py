"""What an entry of the history is about: a table and a key, and the model that has them today."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

Image = dict[str, Any]


@dataclass(frozen=True, order=True)
class Subject:
    """One record, there or gone."""

    table: str
    key: str

    @classmethod
    def parse(cls, text: str) -> "Subject":
        """From `prisoners_name:12`, as entries have it."""
        table, _colon, key = text.partition(":")
        return cls(table, key)

    @classmethod
    def of(cls, record: models.Model) -> "Subject":
        """Of a record that is there."""
        return cls(record._meta.db_table, str(record.pk))

    def __str__(self) -> str:
        return f"{self.table}:{self.key}"

    @property
    def model(self) -> type[models.Model] | None:
        """None when the table has no model any more."""
        return model_of(self.table)


@cache
def _models() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def model_of(table: str) -> type[models.Model] | None:
    """The model of a table, those of links between records too."""
    return _models().get(table)


def all_tables() -> list[str]:
    """The tables of all models."""
    return sorted(_models())


def columns_of(model: type[models.Model]) -> dict[str, models.Field]:
    """The columns that are written, by name, in the order of the model; not those that the database derives."""
    return {str(field.column): field for field in model._meta.concrete_fields if not field.generated}


def links_of(model: type[models.Model]) -> dict[str, Any]:
    """The fields that link a record to many others and have no model of their own, by the table of the links."""
    fields: list[Any] = [field for field in model._meta.many_to_many if _through(field)._meta.auto_created]
    return {_through(field)._meta.db_table: field for field in fields}


def _through(field: Any) -> Any:
    return field.remote_field.through


def link_field(model: type[models.Model]) -> Any:
    """The field whose links a table holds, or None if it holds records."""
    owner = model._meta.auto_created
    return links_of(owner)[model._meta.db_table] if owner else None  # type: ignore[arg-type]


def named_by(model: type[models.Model], image: Image) -> dict[str, Subject]:
    """What an image names: for each filled column that leads to another record, that record."""
    found = {}
    for column, field in columns_of(model).items():
        if field.is_relation and image.get(column) is not None:
            found[column] = Subject(field.related_model._meta.db_table, str(image[column]))  # type: ignore[union-attr]
    return found


def is_owner(field: Any) -> bool:
    """Whether a record belongs to what this field leads to: is deleted with it."""
    return bool(field.is_relation and field.remote_field.on_delete is models.CASCADE)
