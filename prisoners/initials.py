"""What is shown of a name when only its initials may be."""

import re
import unicodedata

HYPHENS = "-\u2010\u2011\u2013"


def initials(text: str) -> str:
    """Such as “A. T.” of “Ales Tarasievič”, or “A.-M. T.” of a hyphenated name; in the name's own script and case.

    A letter comes with the marks on it. In a script without capitals it is the first letter of each word; of a name written
    without spaces, as in Chinese, the first sign. A word of one letter or sign is left out, for its initial would be all
    of it; so the answer can be empty.
    """
    words = unicodedata.normalize("NFC", text).split()
    shown = (_of_hyphenated(word) for word in words)
    return " ".join(initial for initial in shown if initial)


def _of_hyphenated(word: str) -> str:
    parts = (_of_word(part) for part in re.split(f"[{HYPHENS}]", word))
    return "-".join(f"{letter}." for letter in parts if letter)


def _of_word(word: str) -> str:
    """The first letter, with its marks; empty when there is no other letter behind it."""
    letters = [place for place, sign in enumerate(word) if unicodedata.category(sign).startswith("L")]
    if len(letters) < 2:
        return ""
    start = end = letters[0]
    while unicodedata.category(word[end + 1]).startswith("M"):
        end += 1
    return word[start : end + 1]
