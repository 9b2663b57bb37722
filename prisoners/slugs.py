"""Addresses for what is named by a title, in any script. Pure Python but for Django's slugify."""

import hashlib
import unicodedata
from collections.abc import Container

from django.utils.text import slugify

LENGTH = 80


def ascii_slug(title: str, prefix: str, taken: Container[str]) -> str:
    """A slug of ASCII letters for a title, none of those taken.

    A title that loses letters on its way to ASCII also gets a digest: “Дело 2020” and “Справа 2020” are two things.
    The same title always asks for the same slug first.
    """
    plain = slugify(title)[: LENGTH - 10].strip("-")
    digest = hashlib.sha256(title.encode()).hexdigest()
    slug = plain if plain and not _loses_letters(title) else f"{plain or prefix}-{digest[:8]}"
    length = 8
    while slug in taken:
        slug = f"{plain[:12] or prefix}-{digest[:length]}"
        length += 4
    return slug


def _loses_letters(title: str) -> bool:
    return any(not letter.isascii() and letter.isalnum() for letter in unicodedata.normalize("NFKD", title))
