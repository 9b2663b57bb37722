"""Who is changing the records, and why: said once around the change, and kept with every row that it touches."""

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory

OPERATOR = "operator"  # whoever types commands on the server; they have no account


@contextmanager
def acting(*, actor: str, reason: str = "", capacity: str = "") -> Iterator[None]:
    """Changes within are by `actor` (a user name, or OPERATOR), for `reason`.

    `capacity` is empty for somebody at the desk, and OPERATOR for who decides alone at the server's prompt. The database
    reads all three by `stillheld_actor()` and its like: history, revisions and the second person's approval rest on them.
    Within another `acting` the inner one holds until it ends. Without any, a change is kept as nobody's.
    """
    with pghistory.context() as context:
        before = dict(context.metadata)
        context.metadata.update(actor=actor, reason=reason, capacity=capacity)
        try:
            yield
        finally:
            context.metadata.clear()
            context.metadata.update(before)
