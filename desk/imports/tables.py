"""Many rows at once into PostgreSQL: COPY, with keys taken from the sequences beforehand."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from django.db import connection, models
from psycopg2 import sql

NULL = "\x01"  # no text of an import holds it
_DERIVED = (models.GeneratedField,)


class Table:
    """A table and the columns that an import fills. Every other column must be given in `constants`, or be a key it makes."""

    def __init__(self, model: type[models.Model], *columns: str, **constants: Any) -> None:
        self.model = model
        self.columns = (*columns, *constants)
        self.constants = tuple(constants.values())
        names = [sql.Identifier(column) for column in self.columns]
        self._copy = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv, NULL {})").format(
            sql.Identifier(model._meta.db_table), sql.SQL(", ").join(names), sql.Literal(NULL)
        )

    def copy(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Write the rows, each of them the columns in order and None for nothing. Raises Django's database errors."""
        text = StringIO()
        csv.writer(text).writerows([NULL if value is None else value for value in row + self.constants] for row in rows)
        text.seek(0)
        with connection.cursor() as cursor, connection.wrap_database_errors:
            cursor.copy_expert(self._copy.as_string(cursor.connection), text)


def next_keys(model: type[models.Model], count: int) -> Iterator[int]:
    """As many new keys."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [model._meta.db_table, count]
        )
        return iter([key for (key,) in cursor.fetchall()])


class Batch:
    """Rows for several tables, written in the order in which the tables are named."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self.rows: dict[Table, list[tuple[Any, ...]]] = {table: [] for table in tables}

    def add(self, table: Table, *values: Any) -> None:
        self.rows[table].append(values)

    def write(self) -> None:
        for table, rows in self.rows.items():
            if rows:
                table.copy(rows)
