"""Public codes of people: a country and six random characters, so that nobody can guess or count them."""

import random
import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U, which are misread
LENGTH = 6
PATTERN = rf"[A-Z]{{2}}-[{ALPHABET}]{{{LENGTH}}}"
_SHAPE = re.compile(PATTERN)


def new_code(country: str, chance: random.Random) -> str:
    """A code such as BY-7K3QX2. `chance` is `secrets.SystemRandom()` but for seeded demonstration data."""
    return f"{country}-{''.join(chance.choices(ALPHABET, k=LENGTH))}"


def is_code(text: str) -> bool:
    """Whether the text has the shape of a code."""
    return _SHAPE.fullmatch(text) is not None
