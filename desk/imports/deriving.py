"""What follows from a row and the day on which its list was true."""

import datetime
import hashlib
from dataclasses import dataclass

from prisoners.dates import UncertainDate

from .lists import Lists
from .rows import Row

UNKNOWN_MECHANISM = "unknown"


@dataclass(frozen=True, slots=True)
class Terms:
    """How a file is to be understood: what holds for all its rows."""

    today: datetime.date
    as_at: datetime.date | None = None
    publish: bool = False
    confirm_after_sentence: bool = True


def derive(row: Row, lists: Lists, terms: Terms) -> None:
    """Fill in the mechanism, the end and the confirmation that the row implies, and its digest.

    What is derived from the day of the list stands in the values behind an underscore, and the digest leaves it out: the
    same row under a later day is the same row. A confirmation is the exception, since a later day confirms more.
    """
    if row.pardon:
        row.values["pardon"] = row.pardon.path
    if row.pardon and not row.mechanism:
        row.mechanism = row.values["_mechanism"] = row.pardon.mechanism
    if row.released and not row.mechanism:
        row.mechanism = row.values["_mechanism"] = UNKNOWN_MECHANISM
    if row.mechanism and row.released is None:
        row.released = _end(row, lists, terms)
        row.is_end_derived = True
        row.values["_released"] = str(row.released or "")
    if row.last_confirmed is None and row.arrested is None and not row.has_end and _is_held_by(row, terms):
        row.last_confirmed = terms.as_at
        row.is_confirmed_by_list = True
        row.values["last_confirmed"] = str(terms.as_at)
    said = sorted(item for item in row.values.items() if item[0][0] != "_")
    text = "\x1e".join(map("\x1f".join, said))
    row.digest = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _end(row: Row, lists: Lists, terms: Terms) -> UncertainDate | None:
    """The end of a custody of which only the mechanism is known: the day of death, or by the day on which it was known."""
    if row.mechanism in lists.deaths and row.died:
        return row.died
    known_by = terms.as_at or (row.source_date and row.source_date.latest)
    return UncertainDate.parse(f"../{known_by}") if known_by else None


def _is_held_by(row: Row, terms: Terms) -> bool:
    """Whether the list can confirm custody: not of the dead, and not after a sentence where the mapping says so."""
    if terms.as_at is None or is_dead_by(row.died, terms.as_at):
        return False
    over = row.sentence_ends.latest if row.sentence_ends else None
    return terms.confirm_after_sentence or over is None or over > terms.as_at


def is_dead_by(died: UncertainDate | None, day: datetime.date) -> bool:
    """Whether a person can have been dead on a day: of them no list can confirm custody."""
    return died is not None and (died.earliest is None or died.earliest <= day)
