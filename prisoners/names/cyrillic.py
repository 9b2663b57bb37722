"""Cyrillic letters read as sounds: Belarusian, Russian, Ukrainian, and their neighbours as far as the letters are the same."""

import re
from functools import lru_cache

from prisoners.names.codes import GAP, settled

_SOUNDS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "e", "ж": "j", "з": "z", "и": "i",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "a", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ў": "v", "ф": "f", "х": "g", "ц": "t", "ч": "c", "ш": "x", "щ": "x", "ы": "i", "э": "e", "ю": "u", "я": "e",
    "ј": "i", "љ": "li", "њ": "ni", "ћ": "c", "ђ": "j", "џ": "j", "ѓ": "g", "ќ": "k", "ѕ": "d", "қ": "k", "ғ": "g", "ң": "n",
    "ө": "a", "ұ": "u", "ү": "u", "һ": "g", "ә": "a", "ҳ": "g", "ҷ": "j", "ӣ": "i", "ӯ": "u", "ъ": "", "ь": "",
    GAP: GAP,
}  # fmt: skip
_DIGRAPHS = re.compile("дж|дз|йо|ьо")
# Яровой is Яровий in Ukrainian, Яравы in Belarusian.
_STRESSED = re.compile("(?<=[аеёиоуыэюяіїє][бвгдзклмнпрстфх])ой$")
# Уласаў is Власов.
_FOR_V = re.compile("u(?=[dlns][^iu?])")
_AS_ONE = {"дж": "ж", "йо": "ё", "ьо": "ё"}


@lru_cache(1 << 16)
def codes(word: str) -> tuple[str, ...]:
    """The code of a Cyrillic word in lower case, a second one of -ой as if it were -ий; none if no letter of it is known."""
    word = _DIGRAPHS.sub(lambda found: _AS_ONE.get(found[0], "д"), word)
    spelt = [word, _STRESSED.sub("ий", word)] if _STRESSED.search(word) else [word]
    found = [settled("".join(_SOUNDS.get(letter, "") for letter in one)) for one in spelt]
    found += [code.replace("u", "v", 1) for code in found if _FOR_V.match(code)]
    return tuple(code for code in dict.fromkeys(found) if code)
