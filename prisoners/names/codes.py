"""How a word sounds, coarsely: one code for all spellings of a Slavic name, and its consonants alone.

A code is written in these letters, one for each group of sounds that languages and romanisations mix up:

    b d f k l m n p r s t v z   as usual; t is also ц (Belarusian ць is Russian ть), d also дз
    g   г, х, h, kh, gh          (г is h in Belarusian and Ukrainian)
    c   ч     x  ш, щ     j  ж, дж
    a   a, o                     (unstressed o is written a in Belarusian)
    e   e, ё, э, я, йо           (unstressed е is written я in Belarusian)
    i   и, і, ы, й, ї, y, j      u  у, ю

After р, ц, ж, ч, ш the vowels e and a are one, as Belarusian hardens these (Трацяк, Третьяк).
"""

import re
from functools import lru_cache

VOWELS = "aeiu"
# In place of a letter: any sound.
GAP = "?"
_RULES: list[tuple[re.Pattern[str], str]] = [
    (re.compile(pattern), by)
    for pattern, by in [
        (r"([bdfgklmnprstvzcxj])\1+", r"\1"),  # double consonants
        (r"i+(?=e)", ""),  # йе is е
        (r"i+(?=a)", "I"),  # йа, йо: a soft vowel
        (r"Ia", "e"),
        (r"i+(?=u)", ""),
        (r"ii+", "i"),
        (r"(?<=[^aeiu][aeiu][^aeiu])ei(?=[^aeiu])", "i"),  # Олейник, Олійник
        (r"(?<=^[ae][^aeiu])ei(?=[^aeiu])", "i"),
        (r"(?<=[ae])vu(?=s)", "u"),  # Белавусаў, Белоусов
        (r"(?<=[ae])u(?![aeiu])", "v"),  # ў, also where it is written у, u
        (r"(?<=[rtcxj])e", "a"),
        (r"(?<=xc)a", "a"),
        (r"xc", "x"),  # щ is шч
        (r"sc(?=[aeiu])", "x"),  # сч as in счастье
        (r"([ae])[ae]+", r"\1"),
        (r"vf$|f$", "v"),  # Romanoff
    ]
]
# A letter for a sound group on the way to a skeleton, in which voiced and unvoiced sibilants are one.
_SKELETON = str.maketrans({"z": "s", "x": "c", "j": "c", **dict.fromkeys(VOWELS, "")})
_COARSE = str.maketrans({"e": "a", "z": "s", "x": "c", "j": "c"})


@lru_cache(1 << 16)
def settled(sounds: str) -> str:
    """A code from a run of sounds that were read letter by letter."""
    for pattern, by in _RULES:
        sounds = pattern.sub(by, sounds)
    return sounds


def skeleton(code: str) -> str:
    """The consonants of a code, coarser."""
    return code.translate(_SKELETON)


def one_vowel(code: str) -> str:
    """A code with the vowels a and e as one."""
    return code.replace("e", "a")


def coarse(code: str) -> str:
    """A code with the vowels a and e as one, and sibilants by place alone."""
    return code.translate(_COARSE)
