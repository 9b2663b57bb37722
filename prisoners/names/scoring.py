"""How alike two words of two names are: 1 for the same word, 0 for words that have nothing to do with each other."""

from functools import lru_cache

from rapidfuzz.distance import OSA

from prisoners.names import arabic, chinese, given, wade
from prisoners.names.codes import skeleton
from prisoners.names.sounding import end_in_gender, has_article, slip_of_given, sounds
from prisoners.names.tokens import Token
from prisoners.names.weights import (
    AGAINST,
    DIMINUTIVE,
    GIVEN_SLIP,
    INITIAL,
    OTHER_VOWELS,
    SAME_FAMILY,
    SAME_SOUND,
    SHORT_GIVEN_SLIP,
    SLIP,
    SOFT,
    by_slips,
)


@lru_cache(1 << 18)
def word_score(a: Token, b: Token) -> float:
    """The likeness of two words, the same whichever comes first."""
    if a is b:
        return 1.0
    if a.is_initial or b.is_initial:
        return _initials(a, b)
    if a.script in _EXACT or b.script in _EXACT:
        return _exact(a, b)
    if a.script == b.script == "Latn" and end_in_gender(a.plain, b.plain):
        return AGAINST
    if a.same and b.same:
        return SAME_FAMILY if a.same & b.same else _by_diminutive(a, b)
    if (a.same or a.less) and (b.same or b.less):
        return _by_diminutive(a, b)
    if a.made_of and b.made_of and not (a.same or b.same):
        return SAME_FAMILY if a.made_of & b.made_of else AGAINST
    if a.script == "Arab" or b.script == "Arab":
        return _arabic(a, b)
    return sounds(a, b)


def _initials(a: Token, b: Token) -> float:
    first, other = (a, b) if a.is_initial else (b, a)
    if other.is_initial:
        return INITIAL if set(first.codes) & set(other.codes) else 0.0
    begins = {code[0] for code in other.codes} or {other.plain[:1]}
    for family in other.same:
        begins |= given.initials_of(family)
    return INITIAL if begins & set(first.codes) else 0.0


_EXACT = frozenset({"Hani", "Mymr", "Viet", "Pnyn"})


def _exact(a: Token, b: Token) -> float:
    """Short syllables: a single letter or tone makes another one. A side without tones goes with any."""
    if a.script == b.script == "Hani":
        # Different characters that sound alike are different names, though a clerk may have heard them so.
        return 0.7 if a.plain == b.plain else AGAINST
    if a.marked and b.marked:
        return 1.0 if a.marked == b.marked else AGAINST
    if a.plain == b.plain:
        return SAME_SOUND if _tones_agree(a, b) and _tones_agree(b, a) else AGAINST
    if _is_wade_giles(a, b) or _is_wade_giles(b, a):
        return SOFT
    if a.script not in _EXACT or b.script not in _EXACT:
        return 0.9 if set(a.codes) & set(b.codes) and min(len(a.plain), len(b.plain)) > 4 else AGAINST
    return AGAINST


def _tones_agree(a: Token, b: Token) -> bool:
    return a.script != "Hani" or not b.marked or chinese.tones_agree(a.written, b.marked)


def _is_wade_giles(a: Token, b: Token) -> bool:
    """Whether the second word is the first, Chinese one as Taiwan spells it."""
    return a.script in ("Hani", "Pnyn") and b.script in ("Latn", "Pnyn") and wade.spelt(a.plain) == b.plain


def _by_diminutive(a: Token, b: Token) -> float:
    if a.less and b.less and not set(a.codes).isdisjoint(b.codes):
        return SAME_SOUND
    shared = (a.same & b.less) | (a.less & b.same) | (a.less & b.less)
    return DIMINUTIVE if shared else AGAINST


def _arabic(a: Token, b: Token) -> float:
    score = _arabic_letters(a, b)
    if score < SHORT_GIVEN_SLIP and (_is_mistyped_arabic(a, b) or _is_mistyped_arabic(b, a)):
        return SHORT_GIVEN_SLIP
    return score


def _arabic_letters(a: Token, b: Token) -> float:
    if a.script == b.script:
        if a.written == b.written:
            return 1.0
        if set(a.codes) & set(b.codes):
            # Only long vowels differ, or a letter is doubled: Karimi and Karami, Bahram and Bahrami.
            return GIVEN_SLIP if arabic.is_doubled(a.written, b.written) else OTHER_VOWELS
        return by_slips(OSA.distance(a.written, b.written, score_cutoff=2), max(len(a.written), len(b.written)) + 1)
    there, here = (a, b) if a.script == "Arab" else (b, a)
    is_of_other = given.is_made_as_listed(here.plain) and not (there.made_of or there.same)
    if is_of_other and not arabic.fits_strictly(there.written, here.plain):
        # Latifi is of Latif, لطیف, and لطفی isn't.
        return OTHER_VOWELS
    if arabic.fits(there.written, here.plain) or (has_article(here) and arabic.fits(there.written, here.plain[2:])):
        return SAME_SOUND
    if arabic.end_apart(there.written, here.plain):
        return AGAINST
    if there.same and not here.same and slip_of_given(there, here):
        return GIVEN_SLIP
    if set(map(skeleton, there.codes)) & set(map(skeleton, here.codes)):
        return 0.86 if len(there.written) > 4 else 0.7
    if arabic.nearly_fits(there.written, here.plain):
        return SLIP
    near = (by_slips(OSA.distance(x, y, score_cutoff=2), max(len(x), len(y)) + 1) for x, y in _skeletons(there, here))
    return max(max(near, default=0.0) - 0.04, 0.0)


def _is_mistyped_arabic(word: Token, known: Token) -> bool:
    """Whether a word in the Arabic script, no given name itself, is one letter away from a known one, but for its first."""
    if word.script != "Arab" or word.same or word.less or word.made_of:
        return False
    forms = (form for family in known.same for form in given.written_in_arabic(family))
    return any(word.written[0] == form[0] and OSA.distance(word.written, form, score_cutoff=1) == 1 for form in forms)


def _skeletons(a: Token, b: Token) -> set[tuple[str, str]]:
    return {(skeleton(x), skeleton(y)) for x in a.codes for y in b.codes}
