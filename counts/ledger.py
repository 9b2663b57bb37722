"""Keeping the ledger in step within one transaction, and comparing it with the records, and what is told of it with itself."""

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


@dataclass(frozen=True)
class TermDifference:
    """A place or term that is kept with another number of arrests than the ledger has; None where there is none."""

    name: str
    country: str
    value: str
    kept: int | None
    in_ledger: int | None


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


def term_differences() -> list[TermDifference]:
    """Every place or term told of which the ledger says otherwise. Reads all of the ledger."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT name, country, value, kept.arrests, found.arrests
            FROM counts_toldterm AS kept FULL JOIN counts_terms() AS found USING (name, country, value)
            WHERE kept.arrests IS DISTINCT FROM found.arrests ORDER BY 1, 2, 3
            """
        )
        return [TermDifference(*row) for row in cursor.fetchall()]


def repair_terms() -> None:
    """Read anew from the ledger what is told of it; nobody writes the ledger meanwhile."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE counts_ledgerrow IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("DELETE FROM counts_toldterm")
        cursor.execute(
            "INSERT INTO counts_toldterm (name, country, value, arrests) SELECT name, country, value, arrests FROM counts_terms()"
        )
