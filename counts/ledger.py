"""Keeping the ledger in step within one transaction, and comparing it with the records."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction


@dataclass(frozen=True)
class Difference:
    """One arrest on which ledger and records disagree, as PostgreSQL prints the rows; None where there is no row."""

    arrest_id: int
    prisoner_id: int
    in_ledger: str | None
    in_records: str | None


def settle() -> None:
    """Bring the ledger up to date with this transaction's changes now, instead of at its commit."""
    connection.check_constraints()


def differences() -> Iterator[Difference]:
    """Every arrest on which the ledger differs from the records. Reads all of both."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT coalesce((fact).arrest_id, (known).arrest_id), coalesce((fact).prisoner_id, (known).prisoner_id),
                   CASE WHEN (known).arrest_id IS NOT NULL THEN known::text END,
                   CASE WHEN (fact).arrest_id IS NOT NULL THEN fact::text END
            FROM counts_differences(ARRAY(SELECT id FROM prisoners_prisoner
                                          UNION SELECT prisoner_id FROM counts_ledgerrow WHERE known_until IS NULL))
            ORDER BY 1
            """
        )
        rows = cursor.fetchall()
    return (Difference(*row) for row in rows)


def repair(*, people: list[int]) -> None:
    """Recompute the rows of these people, as if their records had just changed."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT counts_note(%s::bigint[])", [people])
        settle()
