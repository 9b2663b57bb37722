"""Persian and Arabic names: letters that differ between keyboards made one, and how a written word may sound in Latin letters.

The script writes consonants and long vowels; ا و ی are either. So a word has a skeleton for the keys, and for judging a
pattern that a Latin spelling must fit whole: short vowels may stand anywhere, long ones must stand where they are written.
"""

import re
from functools import lru_cache

from prisoners.names.codes import GAP

# One letter for each shape that keyboards, fonts and orthographies exchange.
_ONE_LETTER = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ې": "ی", "ے": "ی", "ئ": "ی", "ێ": "ی", "ڕ": "ر", "ڵ": "ل", "ۊ": "و",
        "ك": "ک", "ڪ": "ک", "ة": "ه", "ۀ": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه",
        "أ": "ا", "إ": "ا", "ٱ": "ا", "آ": "ا", "ؤ": "و", "ۆ": "و", "ۇ": "و", "ء": "", "ـ": "", "ٔ": "", "ٰ": "",
        "\u200c": "", "\u200d": "",
    }
)  # fmt: skip
_MARKS = re.compile("[\u064b-\u065f\u0670\u06d6-\u06ed]")

# Kurdish and Uyghur write short vowels, and bear those at the beginning by a hamza.
_FULLY_WRITTEN = [
    (re.compile(pattern), by) for pattern, by in [("^ئە", "ا"), ("^ئ(?=[اوۆۇۈېێىی])", ""), ("(?<=.)ە(?=.)", ""), ("وو", "و")]
]

# Letter → its sound in codes (codes.py), and the Latin spellings of it.
_LETTERS = {
    "ب": ("b", "b"), "پ": ("p", "p"), "ت": ("t", "t"), "ث": ("s", "s|th"), "ج": ("j", "j|dj|dzh|zh|g"), "چ": ("c", "ch|tch|c"),
    "ح": ("g", "h|kh"), "خ": ("g", "kh|x|h|ch"), "د": ("d", "d"), "ذ": ("z", "z|dh|th|d"), "ر": ("r", "r"), "ز": ("z", "z|s"),
    "ژ": ("j", "zh|j"), "س": ("s", "s"), "ش": ("x", "sh|ch|sch"), "ص": ("s", "s"), "ض": ("z", "z|d|dh"), "ط": ("t", "t"),
    "ظ": ("z", "z|dh"), "غ": ("g", "gh|g|q"), "ف": ("f", "f|ph"), "ق": ("g", "gh|q|k|g"), "ک": ("k", "k|c"), "گ": ("g", "g"),
    "ل": ("l", "l"), "م": ("m", "m"), "ن": ("n", "n"), "ه": ("g", "h"), "ڤ": ("v", "v"), "ڭ": ("n", "ng"),
}  # fmt: skip
_SHORT = "(?:aa?|[eiou])?"
# An article that was written together in Latin letters.
_ARTICLE = "(?:[ae]l(?=[^aeiouy]))?"
_LONG = {
    "ا": "(?:aa?|o|ae|[aou]')",
    "و": "(?:oo?|ou?|uu?|ow|aw|au|av|ov|[ou]?v|[ou]?w|ev|eo)",
    "ی": "(?:ii?|ee?|y|ey|ei|ay|ai|iy|ye|ya|eey|yy|iyy|ie|ia)",
}


_SHARP = "(?:ii?|ee|y|ey|ei|ay|ai|iy|ye|ya|eey|yy|iyy|ie|ia)"
_CONSONANTS = frozenset(_LETTERS)


def written(word: str) -> str:
    """A word of Arabic letters as it is compared with others of its script."""
    for pattern, by in _FULLY_WRITTEN:
        word = pattern.sub(by, word)
    return _MARKS.sub("", word).translate(_ONE_LETTER)


@lru_cache(1 << 15)
def codes(word: str) -> tuple[str, ...]:
    """Codes of the consonants that are certain, with و as a vowel and as v, and a final ه as a vowel."""
    body = word[:-1] if len(word) > 2 and word.endswith("ه") else word
    without, with_v = [], []
    for place, letter in enumerate(body):
        if letter in "اعی":
            continue
        if letter == "و":
            with_v.append("v")
            if place == 0:
                without.append("v")
            continue
        sound = _LETTERS.get(letter, ("", ""))[0]
        without.append(sound)
        with_v.append(sound)
    found = dict.fromkeys(re.sub(r"(.)\1+", r"\1", "".join(sounds)) for sounds in (without, with_v))
    return tuple(code for code in found if code)


# Longer words are no names, and a pattern of many vowels would be tried in too many ways.
_LONGEST, _LONGEST_LATIN = 12, 24


@lru_cache(1 << 15)
def fits(word: str, plain: str) -> bool:
    """Whether a Latin spelling, in plain small letters, may be of a word of Arabic letters."""
    is_short = len(word) <= _LONGEST and len(plain) <= _LONGEST_LATIN
    return is_short and pattern(word).fullmatch(plain) is not None


@lru_cache(1 << 15)
def fits_strictly(word: str, plain: str) -> bool:
    """Whether it fits where each i is a written ی, as in Persian."""
    return fits(word, plain) and len(re.findall("[iy]+|ee", plain)) <= word.count("ی")


# With fewer letters one slip makes another word; and so it does before an ending.
_SLIPS_FROM, _ENDING = 6, 2


@lru_cache(1 << 15)
def nearly_fits(word: str, plain: str) -> bool:
    """Whether a Latin spelling is of a word of Arabic letters but for one consonant inside, or for two letters exchanged."""
    if min(len(word), len(plain)) < _SLIPS_FROM or len(word) > _LONGEST or len(plain) > _LONGEST_LATIN:
        return False
    exchanged = (plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :] for at in range(1, len(plain) - 2))
    inner = (at for at in range(1, len(word) - _ENDING) if word[at] in _LETTERS)
    return any(fits(word, one) for one in exchanged) or any(
        pattern(word[:at] + GAP + word[at + 1 :]).fullmatch(plain) for at in inner
    )


def end_apart(word: str, plain: str) -> bool:
    """Whether one of a word of Arabic letters and its Latin spelling ends in a vowel, the other not: Vahid, Vahideh."""
    return (word[-1:] in _FINAL_VOWELS) != (_FINAL_VOWEL.search(plain) is not None)


_FINAL_VOWELS = frozenset("اویهع")
_FINAL_VOWEL = re.compile("(?:[aeiouyvw]|[aeou][ht])$")


@lru_cache(1 << 15)
def pattern(word: str) -> re.Pattern[str]:
    """What a Latin spelling of the word, in plain small letters, must match whole."""
    parts = [_ARTICLE]
    word = re.sub(r"(.)\1+", r"\1", word)
    for place, letter in enumerate(word):
        is_last = place == len(word) - 1
        if letter == "و" and word[place - 1 : place + 2] == "خوا":
            continue  # silent: خواستار is Khastar
        if letter in _LONG:
            # Nasiri of نصیری, which isn't Naseri.
            is_sharp = letter == "ی" and not is_last and word[-1] == "ی"
            parts.append(_SHARP if is_sharp else _long(letter, is_first=place == 0, follows=word[place + 1 : place + 2] or "-"))
        elif letter == GAP:
            parts.append("[a-z]{0,2}")
        elif letter == "ع":
            parts.append("'?")
        elif letter == "ه" and is_last and place:
            parts.append("(?:h?[aeo]h?|[ae]t|h)")
        elif letter in _LETTERS:
            choice = _LETTERS[letter][1]
            parts.append(f"(?:{choice}){{1,2}}")
        # A vowel at the end would be written: بهرام isn't Bahrami.
        is_open = letter == "ا" and word[place + 1 : place + 2] in _CONSONANTS
        if not is_last and not is_open:
            parts.append(_SHORT)
    return re.compile("".join(parts))


def _long(letter: str, *, is_first: bool, follows: str) -> str:
    if is_first and letter == "ا":
        return "[aeiou]" if follows not in "وی" else "[aeiou]?"  # the bearer of any vowel
    return _LONG[letter]


_BY_EAR = [
    (re.compile(pattern), by)
    for pattern, by in [
        ("ou|oo|ow|o|w", "u"),
        ("ee|ie|y|ei|ai|ey|ay", "i"),
        ("e", "a"),
        ("gh", "q"),
        ("(?<=a)h$", ""),
        (r"(.)\1+", r"\1"),
        ("ii+|ai|ia", "i"),
    ]
]


def is_doubled(a: str, b: str) -> bool:
    """Whether two words are the same but for a letter that is written twice."""
    return re.sub(r"(.)\1", r"\1", a) == re.sub(r"(.)\1", r"\1", b)


@lru_cache(1 << 15)
def by_ear(plain: str) -> str:
    """A romanised word with the vowels that are heard alike as one: Younesi, Yunesi; Hosseini, Husaini."""
    for pattern, by in _BY_EAR:
        plain = pattern.sub(by, plain)
    return plain
