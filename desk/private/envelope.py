"""A private text as it lies in the database: encrypted, and tied to the one field of the one record it was written for."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .keys import KeyRing, NoKeyFits

NO_KEY = _(
    "This can’t be read: no key in PRIVATE_KEYS opens it. Ask whoever runs the site for the key that it was written with. "
    "Until then it is kept as it is."
)
MISPLACED = _(
    "This can’t be shown: it was written for another record or field, so somebody moved it within the database. "
    "Tell whoever runs the site. It is kept as it is."
)


class Sealed:
    """A ciphertext, and the place it was read at or written for. Whoever prints one sees neither it nor what is in it."""

    __slots__ = ("place", "token")

    def __init__(self, token: str, place: str = "") -> None:
        self.token, self.place = token, place

    def __repr__(self) -> str:
        return "<sealed>"


class Unreadable:
    """What a record gives in place of a text that can't be read; it prints as the reason."""

    __slots__ = ("reason", "sealed")

    def __init__(self, sealed: Sealed, reason: Promise) -> None:
        self.sealed, self.reason = sealed, reason

    def __str__(self) -> str:
        return str(self.reason)


def seal(text: str, *, place: str, ring: KeyRing) -> Sealed:
    """Encrypt a text for its place: table, field, row and owner, on one line."""
    return Sealed(ring.seal(f"{place}\n{text}"), place)


def unseal(sealed: Sealed, *, place: str, ring: KeyRing) -> str | Unreadable:
    """The text, or why it can't be read at this place."""
    try:
        written_for, _newline, text = ring.open(sealed.token).partition("\n")
    except NoKeyFits:
        return Unreadable(sealed, NO_KEY)
    return text if written_for == place else Unreadable(sealed, MISPLACED)
