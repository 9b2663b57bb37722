"""Where the next page begins: the place of the last entry in an order that no edit elsewhere moves.

A cursor holds nothing that isn't on the page it came with, so it needs no secret; it is read as strictly as a value of a
query. There are no offsets: a page deep in a list costs what the first one costs, and entries that come or go meanwhile
neither repeat nor hide another.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Self

from prisoners.codes import PATTERN

LONGEST = 200  # characters of a cursor
# A beginning that isn't known is infinitely early in the ledger.
_CASE = re.compile(rf"(-?arrested) ([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|-?infinity) ({PATTERN}) ([1-9][0-9]{{0,3}})")
_SLUG = re.compile(r"slug ([-a-zA-Z0-9_]{1,80})")


class NotACursor(ValueError):
    """A text that no page of this kind has given."""


@dataclass(frozen=True, slots=True)
class CaseCursor:
    """After one arrest of one person: the order, the ledger's first possible day, the code, the how-manieth arrest."""

    sort: str
    day: str
    code: str
    ordinal: int

    def __str__(self) -> str:
        return _sealed(f"{self.sort} {self.day} {self.code} {self.ordinal}")

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises NotACursor."""
        sort, day, code, ordinal = _opened(text, _CASE)
        return cls(sort, day, code, int(ordinal))


@dataclass(frozen=True, slots=True)
class SlugCursor:
    """After one record, in the order of slugs."""

    slug: str

    def __str__(self) -> str:
        return _sealed(f"slug {self.slug}")

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises NotACursor."""
        [slug] = _opened(text, _SLUG)
        return cls(slug)


def _sealed(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _opened(text: str, shape: re.Pattern[str]) -> tuple[str, ...]:
    """Only what `_sealed` writes: another spelling of the same bytes isn't one of ours."""
    try:
        plain = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError) as error:
        raise NotACursor(text) from error
    found = shape.fullmatch(plain)
    if found is None or _sealed(plain) != text:
        raise NotACursor(text)
    return found.groups()
