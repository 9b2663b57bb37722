"""COPY knows nothing of Django's defaults, so each table's columns must be all that the model has."""

import pytest
from django.db import models

from desk.imports.registry import Registry
from desk.imports.sources import SOURCE
from desk.imports.tables import Table, next_keys
from desk.imports.writing import TABLES
from prisoners.models import Organisation


def columns_to_fill(model):
    return {
        field.column for field in model._meta.concrete_fields if not isinstance(field, models.GeneratedField | models.AutoField)
    }


@pytest.mark.parametrize("table", [*TABLES, SOURCE], ids=lambda table: table.model.__name__)
def test_copy_fills_every_column_of_the_model(table):
    assert set(table.columns) - {"id"} == columns_to_fill(table.model)


@pytest.mark.django_db
def test_copy_of_created_records_fills_every_column_of_their_models():
    tables = [register._table for register in Registry().all.values()]
    assert [set(table.columns) - {"id"} for table in tables] == [columns_to_fill(table.model) for table in tables]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", 'He said "no"', "a,b", "two\nlines", "back\\slash", "\\N", "\\.", "Алесь", "'"])
def test_copy_keeps_every_text_as_it_is(text):
    (key,) = next_keys(Organisation, 1)
    Table(Organisation, "id", "slug", "name", "url").copy([(key, "slug", text, "")])
    assert Organisation.objects.get(pk=key).name == text
