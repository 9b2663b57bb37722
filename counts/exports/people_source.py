"""Where the rows of people come from: the list's own rows, so many at a time, with what is told of each.

Of people shown by initials it gives years, and nothing that their page doesn't tell (docs/decisions/visibility.md). A test
holds every column to the case page.
"""

import itertools
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.utils.translation import get_language

from prisoners.initials import initials
from prisoners.models import Name

from ..listing import Listing
from .arrays import array
from .people_sql import SOURCE
from .tables import Part

# The first rows soon, the others at little cost each.
FIRST_ROWS, ROWS = 200, 4000
_cursors = itertools.count(1)


class Key(NamedTuple):
    """One row of the list: the ledger's row, whom and which arrest it is of."""

    row: int
    person: int
    arrest: int
    siblings: int
    is_coarse: bool
    is_certain: bool


class Changed(RuntimeError):
    """The rows that came aren't as many as were said to come: the file must not look whole."""


def number_of(listing: Listing) -> int:
    """How many rows come: `at_most` of the list's total, without its other numbers.

    Those with one arrest, nearly all, are counted apart, for that can be done by several processes of the database.
    """
    matched, params = listing.matched.sql(["siblings", "prisoner_id"])
    one = f"SELECT count(*) FROM ({matched}) AS m WHERE m.siblings = 1"
    several = f"SELECT count(DISTINCT m.prisoner_id) FROM ({matched}) AS m WHERE m.siblings > 1"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ({one}) + ({several})", params * 2)
        return int(cursor.fetchone()[0])


def people_parts(listing: Listing, *, total: int) -> Iterator[Part]:
    """The rows of a list in its order. Raises Changed when they aren't `total`. Must be read inside one transaction."""
    came = 0
    for keys in _keys(listing):
        came += len(keys)
        yield _part(keys, listing.on)
    if came != total:
        raise Changed(f"{total} rows were said to come, but {came} came.")


def _keys(listing: Listing) -> Iterator[list[Key]]:
    """The rows of the list, from a cursor that ends with the transaction."""
    wanted = listing.ledger_rows().values("id", "prisoner_id", "arrest_id", "siblings", "visibility", "is_certain")  # type: ignore[misc]
    query, params = wanted.query.sql_with_params()
    name = f"export_{next(_cursors)}"
    keys = f"SELECT id, prisoner_id, arrest_id, siblings, visibility = 'initials', is_certain FROM ({query}) AS listed"
    with connection.cursor() as cursor:
        # Planned so that the first rows come soon, though the last may come a little later.
        cursor.execute("SET LOCAL cursor_tuple_fraction = 0.001")
        cursor.execute(f"DECLARE {name} NO SCROLL CURSOR FOR {keys}", params)
        for number in itertools.count():
            cursor.execute(f"FETCH {ROWS if number else FIRST_ROWS} FROM {name}")
            found = [Key(*row) for row in cursor.fetchall()]
            if not found:
                break
            yield found
        cursor.execute(f"CLOSE {name}")


def _part(keys: Sequence[Key], day: date) -> Part:
    shown = _initials([key.person for key in keys if key.is_coarse])
    params = {
        "rows": array(key.row for key in keys),
        "arrests": array(key.arrest for key in keys),
        "named": array(key.person for key in keys if not key.is_coarse),
        "several": array(key.person for key in keys if key.siblings > 1),
        "certain": array(bool(key.is_certain) for key in keys),
        "coarse": array(key.is_coarse for key in keys),
        "initials": array(shown.get(key.person) for key in keys),
        "day": day,
        "language": get_language() or "",
    }
    return Part(SOURCE, params, len(keys))


def _initials(people: list[int]) -> dict[int, str | None]:
    """What stands in place of their names; None where even that would be the whole name."""
    if not people:
        return {}
    headings = Name.objects.filter(prisoner__in=people, is_heading=True).values_list("prisoner_id", "text")
    return {person: initials(text) or None for person, text in headings}
