"""Which tables have a history, and the operation of a migration that begins it."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import models
from django.db.migrations.operations import RunSQL


@dataclass(frozen=True)
class Tracked:
    """A table with a history: its key, the columns by which its rows belong to other records, and columns passed over."""

    table: str
    key: str = "id"
    owners: tuple[tuple[str, str], ...] = ()
    passed_over: tuple[str, ...] = ()

    @classmethod
    def of(cls, model: type[models.Model], passed_over: tuple[str, ...] = ()) -> "Tracked":
        """What a migration says of a model's table.

        A row belongs to what it would be deleted with; a link between two records, to the one that declares it.
        """
        links: list[Any] = [field for field in model._meta.concrete_fields if field.is_relation and _is_owner(field)]
        links = links[:1] if model._meta.auto_created else links
        owners = tuple((link.column, link.related_model._meta.db_table) for link in links)
        return cls(model._meta.db_table, str(model._meta.pk.column), owners, passed_over)

    @property
    def attach(self) -> str:
        """The SQL that begins the history."""
        owners = ", ".join(f"'{column}={table}'" for column, table in self.owners)
        passed_over = ", ".join(f"'{column}'" for column in self.passed_over)
        return f"SELECT history_attach('{self.table}', '{self.key}', ARRAY[{owners}]::text[], ARRAY[{passed_over}]::text[]);"


def _is_owner(field: Any) -> bool:
    return field.remote_field.on_delete is models.CASCADE


class KeepHistory(RunSQL):
    """In a migration: keep the history of a table from here on. tests/prisoners/test_history_tracking.py says what to write."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.tracked = Tracked(*args, **kwargs)
        table = self.tracked.table
        super().__init__(self.tracked.attach, f"SELECT history_detach('{table}');")

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (self.__class__.__name__, [], asdict(self.tracked))

    def describe(self) -> str:
        return f"Keep the history of {self.tracked.table}"
