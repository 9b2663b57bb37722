"""What happens to names on their way: typing errors, case, lost marks, titles."""

import random
import unicodedata

KEYBOARDS = (
    ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
    ("йцуўкенгшўзх", "фывапролджэ", "ячсмітьбю"),
    ("ضصثقفغعهخحجچ", "شسیبلاتنمکگ", "ظطزرذدپو"),
)
SHORTEST_FOR_TYPING_ERROR = 6
MOST_SLIPS = 20
KEPT_END = 3  # an error there could make another gender, or another family's name


def neighbour_of(letter: str, rng: random.Random) -> str:
    """A letter beside this one on a keyboard that has it, in the same case."""
    low = letter.lower()
    beside = [
        row[place + step]
        for rows in KEYBOARDS
        for row in rows
        for place in [row.find(low)]
        for step in (-1, 1)
        if place >= 0 and 0 <= place + step < len(row)
    ]
    found = rng.choice(beside) if beside else low
    return found.upper() if letter.isupper() else found


def mistyped_word(word: str, rng: random.Random) -> str:
    """One slip in one word: two letters changed about, one lost, one doubled, or its neighbour hit."""
    at = rng.randrange(1, len(word) - KEPT_END)
    slip = rng.choice(("swap", "lost", "double", "neighbour"))
    if slip == "swap" and word[at] != word[at - 1] and at > 1:
        return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
    if slip == "lost":
        return word[:at] + word[at + 1 :]
    if slip == "double":
        return word[: at + 1] + word[at:]
    return word[:at] + neighbour_of(word[at], rng) + word[at + 1 :]


def mistyped(text: str, rng: random.Random) -> str:
    """The text with one slip in one of its longer words; where all are short, with a letter doubled."""
    words = text.split(" ")
    long = [place for place, word in enumerate(words) if len(word) >= SHORTEST_FOR_TYPING_ERROR]
    for _ in range(MOST_SLIPS if long else 0):
        place = rng.choice(long)
        slipped = mistyped_word(words[place], rng)
        if slipped != words[place]:
            return " ".join([*words[:place], slipped, *words[place + 1 :]])
    return text[:2] + text[1:]


def without_marks(text: str) -> str:
    """Latin letters without their accents, as on a keyboard that has none; ł and đ too."""
    split = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return split.translate(str.maketrans("łŁđĐıə", "lLdDie"))


def cased(text: str, rng: random.Random) -> str:
    """All capitals, or none."""
    return rng.choice((text.upper(), text.lower()))


def surname_last_capitals(given: str, surname: str) -> str:
    """As lists of courts and passports write it: the surname in capitals first."""
    return f"{surname.upper()} {given}"
