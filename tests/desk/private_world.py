"""Private records of every kind, and what the database really holds of them."""

import json
from typing import Any

from django.db import connection, models

from desk.models import ConsentEvidence, ExactAddress, FamilyContact, HealthFile, InternalNote, SourceIdentity
from desk.private.fields import EncryptedTextField
from prisoners.models import Prisoner, Source
from tests.factories import make_prisoner, make_source

KINDS = (FamilyContact, ExactAddress, HealthFile, ConsentEvidence, SourceIdentity, InternalNote)
OF_PERSON = (FamilyContact, ExactAddress, HealthFile, ConsentEvidence, InternalNote)


def encrypted(model: type[models.Model]) -> list[EncryptedTextField]:
    return [field for field in model._meta.get_fields() if isinstance(field, EncryptedTextField)]


def make_private(kind: Any, owner: Prisoner | Source | None = None, *, text: str = "", **texts: str) -> Any:
    """A record with `text` and the field's name in each of its fields."""
    owner = owner or (make_source() if kind is SourceIdentity else make_prisoner())
    tie = "source" if kind is SourceIdentity else "prisoner"
    filled = {field.name: f"{text}{field.name}" for field in encrypted(kind)}
    return kind.objects.create(**{tie: owner, "entered_by": "editor", **filled, **texts})


def raw(record: models.Model, field: str) -> str | None:
    """What the column holds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {field} FROM {record._meta.db_table} WHERE id = %s", [record.pk])
        return cursor.fetchone()[0]


def write_raw(record: models.Model, **columns: str | None) -> None:
    """Past the models, as somebody at the database's prompt would."""
    assignments = ", ".join(f"{column} = %s" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {record._meta.db_table} SET {assignments} WHERE id = %s", [*columns.values(), record.pk])


def everything_stored() -> str:
    """Every column of every row of every table of the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        found = []
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{table}" AS t')
            found += [json.dumps(json.loads(row), ensure_ascii=False) for (row,) in cursor.fetchall()]
    return "\n".join(found)
