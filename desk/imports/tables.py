"""Many rows at once into PostgreSQL: COPY, with keys taken from the sequences beforehand."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from django.db import connection, models
from psycopg2 import sql


class Table:
    """A table and the columns that an import fills. Every other column must be given in `constants`, or be a key it makes."""

    def __init__(self, model: type[models.Model], *columns: str, **constants: Any) -> None:
        self.model = model
        self.columns = (*columns, *constants)
        self.constants = tuple(constants.values())
        fields = {field.column: field for field in model._meta.concrete_fields}
        # An empty cell is NULL where a column may be NULL, and an empty text elsewhere.
        texts = [column for column in self.columns if not fields[column].null]
        self._copy = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv, FORCE_NOT_NULL ({}))").format(
            sql.Identifier(model._meta.db_table), _list(self.columns), _list(texts)
        )

    def copy(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Write the rows, each of them the columns in order and None for nothing. Raises Django's database errors."""
        text = StringIO()
        csv.writer(text).writerows(rows)
        text.seek(0)
        with connection.cursor() as cursor, connection.wrap_database_errors:
            cursor.copy_expert(self._copy.as_string(cursor.connection), text)


def _list(columns: Iterable[str]) -> sql.Composable:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def next_keys(model: type[models.Model], count: int) -> Iterator[int]:
    """As many new keys."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(sequence) FROM (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS sequence OFFSET 0) AS found, "
            "generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return iter([key for (key,) in cursor.fetchall()])


class Batch:
    """Rows for several tables, written in the order in which the tables are named."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self.rows: dict[Table, list[tuple[Any, ...]]] = {table: [] for table in tables}

    def add(self, table: Table, *values: Any) -> None:
        self.rows[table].append(values + table.constants)

    def write(self) -> None:
        for table, rows in self.rows.items():
            if rows:
                table.copy(rows)
