"""Asking the database, within a transaction, what it would say at the commit of rules that span tables."""

from django.db import connection


def check_now() -> None:
    """Refuse now what `prisoners_recheck` would refuse at the commit. Raises IntegrityError."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS prisoners_recheck IMMEDIATE; SET CONSTRAINTS prisoners_recheck DEFERRED")
