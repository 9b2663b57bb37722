"""Pinyin as Wade–Giles would write it without its apostrophes, as on Taiwan: Zhao Jiamin is Chao Chia-min."""

import re
from functools import lru_cache

_WHOLE = {
    "zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tzu", "si": "ssu", "er": "erh", "yi": "i",
    "you": "yu", "yan": "yen", "ye": "yeh", "yong": "yung", "yue": "yueh", "xu": "hsu", "ju": "chu", "qu": "chu", "ge": "ko",
    "ke": "ko", "he": "ho", "gui": "kuei", "kui": "kuei", "e": "o", "luo": "lo", "nuo": "no",
}  # fmt: skip
_INITIALS = {
    "b": "p",
    "d": "t",
    "g": "k",
    "zh": "ch",
    "j": "ch",
    "q": "ch",
    "x": "hs",
    "z": "ts",
    "c": "ts",
    "r": "j",
    **dict.fromkeys(["p", "t", "k", "ch", "m", "f", "n", "l", "h", "s", "sh", "y", "w", ""], None),
}
_SYLLABLE = re.compile("(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)([aeiou]+(?:ng?(?![aeiou])|r(?![aeiou]))?)")
_FINALS = [("ong$", "ung"), ("ian$", "ien"), ("iong$", "iung"), ("ie$", "ieh"), ("ue$", "ueh")]


@lru_cache(1 << 15)
def spelt(pinyin: str) -> str:
    """A word of pinyin in small letters, syllable by syllable."""
    return "".join(_spelt(initial, final) for initial, final in _SYLLABLE.findall(pinyin))


def _spelt(initial: str, final: str) -> str:
    if whole := _WHOLE.get(initial + final):
        return whole
    for pattern, by in _FINALS:
        final = re.sub(pattern, by, final)
    if final == "uo" and initial not in ("g", "k", "h", "sh"):
        final = "o"
    return (_INITIALS[initial] or initial) + final
