"""Who is changing the records, and why: said once around the change, and kept with every row that it touches."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pghistory
from django.db import connection
from psycopg2.extensions import TRANSACTION_STATUS_INERROR

OPERATOR = "operator"  # whoever types commands on the server; they have no account
EMBARGO = "embargo"  # the capacity of the command that lifts embargoes on their day


@contextmanager
def acting(*, actor: str, reason: str = "", capacity: str = "") -> Iterator[None]:
    """Changes within are by `actor` (a user name, or OPERATOR), for `reason`.

    `capacity` is empty for somebody at the desk, and OPERATOR for who decides alone at the server's prompt. The database
    reads all three by `stillheld_actor()` and its like: history, revisions and the second person's approval rest on them.
    Within another `acting` the inner one holds until it ends. Without any, a change is kept as nobody's. Let a
    transaction begin and end within it: what the database does at the commit is by the same actor then.
    """
    with pghistory.context() as context:
        before = dict(context.metadata)
        context.metadata.update(actor=actor, reason=reason, capacity=capacity)
        tell_transaction()
        try:
            yield
        finally:
            context.metadata.clear()
            context.metadata.update(before)
            tell_transaction()


def tell_transaction() -> None:
    """Say who is acting to a transaction that is open already, at once.

    Django's statements carry it along, and it lasts until the transaction ends. What goes another way (COPY, a query that
    calls a function) would miss it; what follows `acting` within a transaction would still run under it. It is sent past
    Django, whose cursors would send it twice.
    """
    link = connection.connection
    if connection.in_atomic_block and link and link.get_transaction_status() != TRANSACTION_STATUS_INERROR:
        with pghistory.context() as context, link.cursor() as cursor:
            cursor.execute("SELECT set_config('pghistory.context_metadata', %s, true)", [json.dumps(context.metadata)])
