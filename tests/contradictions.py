"""Rules that span tables, tried past forms: what a record may not say beside what it belongs to, and the other way round."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connection, models, transaction

Facts = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """A record beside an owner that says `owner`: `refused` and the nearest `accepted`, each as facts of the record.

    `turned` are facts of the owner that refuse the first accepted record afterwards; `kept` the nearest that don't.
    """

    model: type[models.Model]
    owner: Facts
    refused: list[Facts]
    accepted: list[Facts]
    turned: Facts
    kept: Facts


def refusal(*writes: Callable[[], Any]) -> tuple[str, str] | None:
    """The rule that refuses a transaction of these writes at its end, and its message; None when it may be committed."""
    try:
        with transaction.atomic():
            for write in writes:
                write()
            connection.check_constraints()
    except IntegrityError as error:
        diagnosis = error.__cause__.diag  # type: ignore[union-attr]
        return diagnosis.constraint_name, diagnosis.message_primary
    return None


def name_of(found: tuple[str, str] | None) -> str | None:
    return found[0] if found else None


def raw_update(record: models.Model, facts: Facts) -> None:
    """Past every model."""
    columns = ", ".join(f"{name} = %s" for name in facts)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {record._meta.db_table} SET {columns} WHERE id = %s", [*facts.values(), record.pk])
