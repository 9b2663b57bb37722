"""Latin letters read as sounds, under each of the traditions in which names are romanised.

`ch` is ч in English, х in German, Polish and Łacinka, ш in French; `ou` is оў in Belarusian and у in French. A word is
therefore read under every tradition, whole; most words sound the same in all and have one code.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from prisoners.names.codes import GAP, settled

# Letters that mean one sound wherever they stand.
_MARKED = str.maketrans(
    {
        "č": "C", "š": "X", "ž": "J", "ŭ": "v", "ć": "T", "ś": "s", "ź": "z", "ń": "n", "ł": "l", "ż": "J", "ě": "e",
        "ŝ": "X", "ĉ": "C", "ĵ": "J", "ň": "n", "ď": "d", "ť": "t", "ř": "r", "ľ": "l", "ĺ": "l", "ё": "e",
        "ß": "s", "æ": "e", "ø": "a", "œ": "e", "ð": "d", "þ": "t", "đ": "J", "ı": "i", "ə": "e", "ș": "X", "ş": "X",
        "ț": "t", "ţ": "t", "ğ": "g",
    }
)  # fmt: skip
_SHARED = [
    ("s?htsch|schtsch|chtch|shch|szcz|stsch|XC|shh", "X"),
    ("tsch|tch", "C"),
    ("d(?:sch|zh|ž|j|ż|J)", "J"),
    ("zh", "J"),
    ("kh|gh", "g"),
    ("sh", "X"),
    ("ph", "f"),
    ("th", "t"),
    ("ts|tz|tc", "t"),
    ("dz|ds(?=[aeiouyj])", "d"),
    ("gu(?=[eiyéè])", "g"),
    ("[oe]ff$", "av"),
    ("i[Tc]$", "iC"),
]  # fmt: skip
_SINGLE = {
    "a": "a", "b": "b", "c": "k", "d": "d", "e": "e", "f": "f", "g": "g", "h": "g", "i": "i", "j": "i", "k": "k",
    "l": "l", "m": "m", "n": "n", "o": "a", "p": "p", "q": "k", "r": "r", "s": "s", "t": "t", "u": "u", "v": "v",
    "w": "v", "x": "ks", "ç": "s", "y": "i", "z": "z", "C": "c", "X": "x", "J": "j", "T": "t",
}  # fmt: skip
_HARD = [*_SHARED, ("ck", "k")]
_ENGLISH = [*_HARD, ("sch", "X"), ("ch", "C"), ("cz", "t"), ("c(?=[eiy])", "s"), ("j(?![aeou])", "i"), ("j", "J")]
# Here dj is a soft d, and ck the end of a word in -цкий.
_SLAVIC = [("sz", "X"), ("cz", "C"), ("rz", "J"), ("dj", "di"), *_SHARED, ("ch", "g"), ("c", "t"), ("x", "g")]
_GERMAN = [
    *_HARD,
    ("oe", "o"),
    ("ue", "u"),
    ("sch", "X"),
    ("ch", "g"),
    ("c", "t"),
    ("z", "t"),
    ("(?<![sX])s(?=[aeiou])", "z"),
]
_GERMAN_SOFT = [("(?<!t)sch(?!t)", "J"), *_GERMAN]
_FRENCH = [
    *_HARD,
    ("sch", "X"),
    ("ch", "X"),
    ("[iy]ou", "iu"),
    ("ou", "U"),
    ("j", "J"),
    ("(?<=in)e$", ""),
    ("c(?=[eiy])", "s"),
]
_PERSIAN = [
    *_HARD,
    ("sch", "X"),
    ("ch", "C"),
    ("q", "g"),
    ("j", "J"),
    ("(?<=[ae])h$", ""),
    ("oo|ou", "U"),
    ("ee", "i"),
]


_TURKISH = [*_HARD, ("ç", "C"), ("ch", "C"), ("c", "J"), ("j", "J"), ("ğ", "g")]


def _reader(rules: list[tuple[str, str]]) -> Callable[[str], str]:
    compiled = [(re.compile(pattern), by) for pattern, by in rules]
    singles = {**_SINGLE, "U": "U", GAP: GAP}

    def read(word: str) -> str:
        for pattern, by in compiled:
            word = pattern.sub(by, word)
        sounds = "".join(singles.get(letter, "") for letter in word)
        return settled(sounds).replace("U", "u")

    return read


# -cki, -cka, -ckaja: never a k.
_POLISH_ENDING = re.compile("[aeiouyj]c(?:ki|ka|kaja|kaia|kij|kyj)$")
# Уласаў is Власов.
_FOR_V = re.compile("u(?=[dlns][^iu?])")
# -ой where another language has -ий or -ы: Яровой, Яровий, Яравы.
_STRESSED = re.compile("(?<=[aeiouy][bdfglmnprstvwxz])o[iyj]$")
# For each tradition the letters without which it reads nothing of its own.
_TRADITIONS = [
    (re.compile(""), _reader(_ENGLISH)),
    (re.compile("c|x|j|sz|rz"), _reader(_SLAVIC)),
    (re.compile("w|sch|oe|ue|[ei]z$|zk|^z[iy]"), _reader(_GERMAN)),
    (re.compile("sch"), _reader(_GERMAN_SOFT)),
    (re.compile("ç|c(?=[aouiem])"), _reader(_TURKISH)),
    (re.compile("ch|ou|j|ine$"), _reader(_FRENCH)),
    (re.compile("q|oo|ou|ee|[ae]h$|j"), _reader(_PERSIAN)),
]


@lru_cache(1 << 16)
def codes(word: str) -> tuple[str, ...]:
    """The codes of a Latin word in lower case, whose marks of no sound of their own were taken off."""
    marked = word.translate(_MARKED)
    if _POLISH_ENDING.search(marked):
        return (_TRADITIONS[1][1](marked),)
    found = [read(marked) for needs, read in _TRADITIONS if needs.search(marked)]
    if _STRESSED.search(marked):
        found += [read(_STRESSED.sub("i", marked)) for needs, read in _TRADITIONS if needs.search(marked)]
    found += [code.replace("u", "v", 1) for code in found if _FOR_V.match(code)]
    return tuple(dict.fromkeys(code for code in found if code))
