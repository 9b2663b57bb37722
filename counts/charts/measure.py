"""How wide a text is about, without its font: only so that lines are broken early enough and labels don't meet.

The widths are those of DejaVu Sans rounded up, the widest of the letters that browsers commonly take where the named ones are
missing. With those of Arial lines would run out of the picture there, and take parts of a cited address along.
"""

import unicodedata

_NARROW, _WIDE = set("iljtfrI.,:;'|/!()[]- ·"), set("mwMWШЩЖЮФМшщжюфм@%—…")
_BROAD = set("=&+<>#−~")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Pixels that a text takes at a font size."""
    return sum(map(_em, text)) * size * (1.12 if bold else 1)


def _em(char: str) -> float:
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.05
    if char in _NARROW:
        return 0.41
    if char in _WIDE:
        return 1.03
    if char in _BROAD:
        return 0.84
    return 0.77 if char.isupper() else 0.64


def wrapped(text: str, size: float, room: float, *, lines: int, bold: bool = False) -> list[str]:
    """The text in at most so many lines that fit; what doesn't is cut, and an ellipsis says so."""
    found: list[str] = []
    for word in _pieces(text, size, room, bold):
        if found and width(f"{found[-1]} {word}", size, bold=bold) <= room:
            found[-1] += f" {word}"
        else:
            found.append(word)
    if len(found) <= lines:
        return found
    return [*found[: lines - 1], cut(" ".join(found[lines - 1 :]), size, room, bold=bold)]


def cut(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """The text, or as much of its beginning as fits with an ellipsis."""
    if width(text, size, bold=bold) <= room:
        return text
    while text and width(f"{text}…", size, bold=bold) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _pieces(text: str, size: float, room: float, bold: bool) -> list[str]:
    """The words; one that is longer than a line, such as an address, in parts that fit."""
    pieces = []
    for word in text.split():
        while width(word, size, bold=bold) > room:
            end = max(1, next(n for n in range(len(word), 0, -1) if n == 1 or width(word[:n], size, bold=bold) <= room))
            pieces.append(word[:end])
            word = word[end:]
        pieces.append(word)
    return [piece for piece in pieces if piece]
