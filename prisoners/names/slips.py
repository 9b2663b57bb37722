"""Slips of the keyboard: whether a word is another with one letter wrong, missing, too many, or two exchanged.

Two spellings of one name differ in letters anyway, and a slip breaks what several letters mean together (sewicz for szewicz). So
each letter of the one word is replaced by a gap in turn, the word is read as usual, and the gap may stand for any sound.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

from prisoners.names import cyrillic, latin, tokens
from prisoners.names.codes import GAP, VOWELS, coarse, one_vowel
from prisoners.names.tokens import Token

# What makes a surname of another's stem: Воронов, Воронцов; Масловский, Масленский. A slip is only looked for before these.
_ENDING = re.compile("(?:(?:[aei]?[vn]|in)?sk(?:i|ai|a|ae)|k?[ae]vic|[ae]nka|[aei]va?|ina?|c?[aeiu]k|ka|ic)$")
# Codes farther apart than this aren't read with gaps at all.
_FARTHEST = 4
# Longer words are no names, and would be read too often.
_LONGEST = 24
Fold = Callable[[str], str]


def fold_of(script: str, other: str) -> Fold:
    """What codes of words in these scripts are compared by: all of Cyrillic tells ш from ж and з from с, Latin letters don't."""
    return one_vowel if script == other == "Cyrl" else coarse


def is_one_letter_away(word: Token, codes: Iterable[str], fold: Fold = coarse) -> bool:
    """Whether a word, in a script that is read by its sounds, is one slip of a letter away from one with these codes.

    Never so by its first letter, nor by its end, where it would be another person's: the other gender, another surname.
    """
    if len(word.written) > _LONGEST:
        return False
    found = {fold(code) for code in codes}
    own = {fold(code) for code in word.codes}
    if not any(_is_near(x, y) for x in own for y in found):
        return False
    whole, gaps = _slipped(word.written, word.script, fold)
    if not found.isdisjoint(whole):
        return True
    return any(_fills(*gap, code) for gap in gaps for code in found)


# A given name is as long as it sounds, give or take a letter or a pair of letters for one sound.
_MORE_WRITTEN = 2


def is_mistyped(word: Token, codes: Iterable[str]) -> bool:
    """Whether a word, with any one letter wrong but its first, sounds like one of these short codes, of given names."""
    if word.script not in ("Cyrl", "Latn"):
        return False
    found = {coarse(code) for code in codes if abs(len(word.written) - len(code)) <= _MORE_WRITTEN}
    if not found:
        return False
    whole, gaps = _slipped(word.written, word.script, coarse, to_end=True)
    return not found.isdisjoint(whole) or any(
        0 <= len(code) - len(begins) - len(ends) <= 1 and code.startswith(begins) and code.endswith(ends)
        for begins, ends, _ in gaps
        for code in found
    )


def is_inside(x: str, y: str) -> bool:
    """Whether two codes that are one step apart differ neither in how they begin nor in their endings."""
    begin = _shared(x, y)
    end = _shared(x[::-1], y[::-1])
    if not begin or end < max(2, _ending(x), _ending(y)):
        return False
    return len(x) == len(y) or end > _ending(x)


_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_PLACES = {letter: (row, at + row / 2) for row, letters in enumerate(_KEYS) for at, letter in enumerate(letters)}


def is_key_missed(x: str, y: str) -> bool:
    """Whether two words of plain Latin letters differ in one, inside, for which the next key was hit."""
    differ = [at for at, (one, other) in enumerate(zip(x, y, strict=False)) if one != other]
    if len(x) != len(y) or len(differ) != 1 or not 0 < differ[0] < len(x) - 1:
        return False
    places = [_PLACES[word[differ[0]]] for word in (x, y) if word[differ[0]] in _PLACES]
    return len(places) == 2 and all(abs(one - other) <= 1 for one, other in zip(*places, strict=True))


def _shared(x: str, y: str) -> int:
    """How many letters two words begin with alike."""
    return next((at for at, (one, other) in enumerate(zip(x, y, strict=False)) if one != other), min(len(x), len(y)))


def _ending(code: str) -> int:
    found = _ENDING.search(code)
    return len(found[0]) if found else 0


def _is_near(x: str, y: str) -> bool:
    return (
        x[:1] == y[:1]
        and x[-1:] == y[-1:]
        and abs(len(x) - len(y)) < _FARTHEST
        and OSA.distance(x, y, score_cutoff=_FARTHEST) <= _FARTHEST
    )


def _fills(begins: str, ends: str, is_added: bool, code: str) -> bool:
    """Whether a code is the beginning and the end with at most one sound between, before its ending."""
    between = len(code) - len(begins) - len(ends)
    if between == -1 and begins[-1] == ends[0] in VOWELS:
        # A letter too many between vowels that were one: Yevsebeva for Yevseyeva.
        return begins + ends[1:] == code and len(ends) >= _ending(code)
    if not 0 <= between <= 1 or not code.startswith(begins) or not code.endswith(ends):
        return False
    ending = _ending(code)
    return len(ends) > ending or (len(ends) == ending and between == 1 and not is_added)


@lru_cache(1 << 14)
def _slipped(
    written: str, script: str, fold: Fold, to_end: bool = False
) -> tuple[frozenset[str], tuple[tuple[str, str, bool], ...]]:
    """The codes of a word with two letters exchanged; and what stands before and after each gap, and if the gap was added.

    The last letter is left as it is, unless the slips are looked for `to_end`.
    """
    inner = range(1, len(written) - (0 if to_end else 1))
    exchanged = (
        written[:at] + written[at + 1] + written[at] + written[at + 2 :] for at in inner if at + 2 < len(written) + to_end
    )
    whole = frozenset(fold(code) for word in exchanged for code in _read(word, script))
    with_gaps = ((written[:at] + GAP + written[at + after :], not after) for at in inner for after in (0, 1))
    parted = ((fold(code).partition(GAP), is_added) for word, is_added in with_gaps for code in _read(word, script))
    shortest = 0 if to_end else 2
    kept = {(begins, ends, is_added) for (begins, gap, ends), is_added in parted if gap and begins and len(ends) >= shortest}
    return whole, tuple(sorted(kept))


def _read(written: str, script: str) -> tuple[str, ...]:
    if script == "Cyrl":
        return cyrillic.codes.__wrapped__(written)
    return latin.codes.__wrapped__(tokens.for_sounds(written)) if script == "Latn" else ()
