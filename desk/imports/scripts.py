"""The script that a name is written in, guessed from its characters (Unicode), as a code of ISO 15924. Pure Python."""

import unicodedata
from collections import Counter
from functools import lru_cache

# The first word of a letter's Unicode name says its script.
_CODES = {
    "ARABIC": "Arab",
    "ARMENIAN": "Armn",
    "BENGALI": "Beng",
    "BOPOMOFO": "Bopo",
    "CHEROKEE": "Cher",
    "CJK": "Hani",
    "COPTIC": "Copt",
    "CYRILLIC": "Cyrl",
    "DEVANAGARI": "Deva",
    "ETHIOPIC": "Ethi",
    "FULLWIDTH": "Latn",
    "GEORGIAN": "Geor",
    "GREEK": "Grek",
    "GUJARATI": "Gujr",
    "GURMUKHI": "Guru",
    "HANGUL": "Hang",
    "HEBREW": "Hebr",
    "HIRAGANA": "Hira",
    "KANNADA": "Knda",
    "KATAKANA": "Kana",
    "KHMER": "Khmr",
    "LAO": "Laoo",
    "LATIN": "Latn",
    "MALAYALAM": "Mlym",
    "MONGOLIAN": "Mong",
    "MYANMAR": "Mymr",
    "NKO": "Nkoo",
    "ORIYA": "Orya",
    "SINHALA": "Sinh",
    "SYRIAC": "Syrc",
    "TAMIL": "Taml",
    "TELUGU": "Telu",
    "THAANA": "Thaa",
    "THAI": "Thai",
    "TIBETAN": "Tibt",
    "TIFINAGH": "Tfng",
    "YI": "Yiii",
}


@lru_cache(maxsize=65536)
def script_of(text: str) -> str:
    """The script of most of the letters; of equals, the one that comes first. Empty when there is no letter."""
    scripts = [script for script in map(_script_of_letter, text) if script]
    if len(set(scripts)) < 2:
        return scripts[0] if scripts else ""
    found = Counter(scripts)
    if found.keys() & {"Hira", "Kana"}:
        return "Jpan"  # written with kana, and often with Han characters among them
    if {"Hang", "Hani"} <= found.keys():
        return "Kore"
    return found.most_common(1)[0][0]


@lru_cache(maxsize=16384)
def _script_of_letter(letter: str) -> str:
    if not letter.isalpha():
        return ""
    return _CODES.get(unicodedata.name(letter, "").partition(" ")[0].partition("-")[0], "")
