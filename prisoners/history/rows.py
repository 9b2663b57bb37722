"""Rows of any table, read and written as the history has them.

Images go from the history to the table within the database: nothing is lost on a way through Python.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from psycopg2 import sql

from .subjects import Image, Subject, columns_of

CURRENT = """
SELECT to_jsonb(it) FROM {table} AS it
WHERE it.{key} = (jsonb_populate_record(NULL::{table}, jsonb_build_object({key_name}, %s::text))).{key} FOR UPDATE
"""
UPDATE = """
UPDATE {table} AS it SET {settings}
FROM (SELECT populated.* FROM history_entry AS entry,
             jsonb_populate_record(NULL::{table}, {image}) AS populated WHERE entry.id = ANY(%s)) AS version
WHERE it.{key} = version.{key}
"""
INSERT = """
INSERT INTO {table} ({columns})
SELECT {populated} FROM history_entry AS entry,
       jsonb_populate_record(NULL::{table}, %s::jsonb || coalesce(entry.after, entry.before) || %s::jsonb) AS populated
WHERE entry.id = ANY(%s) ORDER BY entry.id
"""


def current(subject: Subject) -> Image | None:
    """The row as it is, locked until the transaction ends; without what the database derives. None when it is gone."""
    model = _model(subject)
    with connection.cursor() as cursor:
        query = sql.SQL(CURRENT).format(**_parts(model), key_name=sql.Literal(str(model._meta.pk.column)))
        cursor.execute(_text(query, cursor), [subject.key])
        row = cursor.fetchone()
    if row is None:
        return None
    image = json.loads(row[0]) if isinstance(row[0], str) else row[0]
    return {column: value for column, value in image.items() if column in columns_of(model)}


def missing(subjects: Iterable[Subject]) -> set[Subject]:
    """Those that aren't there."""
    wanted = set(subjects)
    found = set()
    for table in {subject.table for subject in wanted}:
        model = _model(Subject(table, ""))
        keys = [subject.key for subject in wanted if subject.table == table]
        found |= {Subject(table, str(key)) for key in model._base_manager.filter(pk__in=keys).values_list("pk", flat=True)}
    return wanted - found


def set_back(model: type[models.Model], entries: list[int], columns: Iterable[str], *, side: str = "version") -> None:
    """Give columns of rows the values of an entry each: of its version, or of the image `before` it."""
    image = "entry.before" if side == "before" else "coalesce(entry.after, entry.before)"
    settings = sql.SQL(", ").join(sql.SQL("{0} = version.{0}").format(sql.Identifier(column)) for column in columns)
    with connection.cursor() as cursor:
        query = sql.SQL(UPDATE).format(**_parts(model), settings=settings, image=sql.SQL(image))
        cursor.execute(_text(query, cursor), [entries])


def insert_again(model: type[models.Model], entries: list[int], instead: Mapping[str, Any]) -> None:
    """Insert rows with the keys that they had; columns that came since get what a new row has, `instead` goes before all."""
    names = list(columns_of(model))
    parts = {
        "columns": sql.SQL(", ").join(map(sql.Identifier, names)),
        "populated": sql.SQL(", ").join(sql.Identifier("populated", name) for name in names),
    }
    values = [json.dumps(given, cls=DjangoJSONEncoder) for given in (_fresh(model), instead)]
    with connection.cursor() as cursor:
        cursor.execute(_text(sql.SQL(INSERT).format(**_parts(model), **parts), cursor), [*values, entries])


def delete_rows(model: type[models.Model], keys: list[str]) -> None:
    """Delete rows that nothing else hangs on, such as links."""
    model._base_manager.filter(pk__in=keys)._raw_delete(using="default")


def _fresh(model: type[models.Model]) -> dict[str, Any]:
    blank = model()
    columns = {column: field for column, field in columns_of(model).items() if not field.primary_key}
    return {column: field.get_prep_value(field.pre_save(blank, add=True)) for column, field in columns.items()}


def _text(query: sql.Composed, cursor: Any) -> str:
    """pghistory, which says who acts, reads a statement as text."""
    return str(query.as_string(cursor.cursor))


def _model(subject: Subject) -> type[models.Model]:
    assert subject.model is not None, f"{subject.table} has no model any more"
    return subject.model


def _parts(model: type[models.Model]) -> dict[str, sql.Composable]:
    return {"table": sql.Identifier(model._meta.db_table), "key": sql.Identifier(str(model._meta.pk.column))}
