"""The keys of private texts: the newest one writes, every one reads."""

from collections.abc import Sequence
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class NoKeyFits(Exception):
    """None of the keys opens this text: its key was dropped, or the text was changed."""


class KeyRing:
    """Fernet keys, newest first. It shows none of them, whoever prints it."""

    def __init__(self, keys: Sequence[str]) -> None:
        fernets = [Fernet(key) for key in keys]
        self._newest, self._all = fernets[0], MultiFernet(fernets)

    def seal(self, text: str) -> str:
        """The text, encrypted with the newest key."""
        return self._all.encrypt(text.encode()).decode("ascii")

    def open(self, token: str) -> str:
        """What was sealed. Raises NoKeyFits."""
        return self._opened(self._all, token)

    def seals_with_newest(self, token: str) -> bool:
        """Whether the newest key opens it, so that it outlives the others."""
        try:
            self._opened(self._newest, token)
        except NoKeyFits:
            return False
        return True

    def _opened(self, fernet: Fernet | MultiFernet, token: str) -> str:
        try:
            return fernet.decrypt(token.encode()).decode()
        except InvalidToken:
            raise NoKeyFits from None


def new_key() -> str:
    """A fresh key from the system's randomness."""
    return Fernet.generate_key().decode("ascii")


def key_ring() -> KeyRing:
    """The ring of PRIVATE_KEYS."""
    return _ring(tuple(settings.PRIVATE_KEYS))


@cache
def _ring(keys: tuple[str, ...]) -> KeyRing:
    return KeyRing(keys)
