"""How alike two words sound: spellings of one, slips, marks that were lost, the other gender."""

import re
from itertools import product

from rapidfuzz.distance import OSA

from prisoners.names import arabic, given, latin, slips
from prisoners.names.codes import coarse, skeleton
from prisoners.names.tokens import Token
from prisoners.names.weights import (
    AGAINST,
    DIMINUTIVE,
    GIVEN_SLIP,
    MARKS_LOST,
    OTHER_VOWELS,
    SAME_SOUND,
    SHORT_GIVEN_SLIP,
    SHORT_SLIP,
    SLIP,
    SLIP_AT_END,
    SOFT,
    SWAPPED,
    VOWEL_SLIP,
    by_slips,
)


def sounds(a: Token, b: Token) -> float:
    """The likeness of two words that are read by their sounds."""
    if a.plain == b.plain:
        return 0.99
    if not set(a.codes).isdisjoint(b.codes):
        return SAME_SOUND
    if _differ_in_gender(a, b):
        return AGAINST
    if a.script == b.script == "Latn" and _SPANISH.search(a.plain) and _SPANISH.search(b.plain):
        return _spanish(a.plain[:-1], b.plain[:-1])
    if a.script == b.script == "Latn" and _is_nisba(a) and _is_nisba(b):
        return _nisba(a, b)
    fold = slips.fold_of(a.script, b.script)
    alike = max((_alike(x, y, fold) for x in a.codes for y in b.codes), default=0.0)
    if bool(a.same) != bool(b.same) and _is_pet_form(*(a, b) if a.same else (b, a)):
        return DIMINUTIVE
    if alike < MARKS_LOST and (_lost_marks(a, b) or _lost_marks(b, a)):
        return MARKS_LOST
    if alike < SOFT and a.script == b.script == "Latn" and _is_one_romanised(a, b):
        return SOFT
    if alike < GIVEN_SLIP and bool(a.same) != bool(b.same):
        return max(alike, slip_of_given(a, b) if a.same else slip_of_given(b, a))
    return SLIP if alike < SLIP and alike != SLIP_AT_END and not a.same and _is_slip(a, b) else alike


def _is_slip(a: Token, b: Token) -> bool:
    """Whether either of two long words is the other with a slip of the keyboard."""
    if min(max(map(len, a.codes), default=0), max(map(len, b.codes), default=0)) < 5:
        return False
    fold = slips.fold_of(a.script, b.script)
    return slips.is_one_letter_away(a, b.codes, fold) or slips.is_one_letter_away(b, a.codes, fold)


# What Persian surnames end in, and no Slavic ones; they are short and many are near: Ghaffari, Ghaderi.
_NISBA = re.compile("(?<!sk)(?<!ck)(?<![vijo])(?:[iy]|ee|aei|ei|ie)$")
_LONG_NISBA = 9


def _is_nisba(token: Token) -> bool:
    return not (token.same or token.less) and _NISBA.search(token.plain) is not None


def _nisba(a: Token, b: Token) -> float:
    """Two Persian surnames in Latin letters: heard alike, or a consonant left out, two letters exchanged, the next key hit."""
    if _differ_in_article(a, b) or (_begin_alike(a.plain, b.plain) and _is_one_romanised(a, b)):
        return SOFT
    alike = max((_alike(x, y, coarse) for x in a.codes for y in b.codes), default=0.0)
    is_short = max(len(code) for token in (a, b) for code in token.codes) < _LONG_NISBA
    if is_short and alike > SLIP_AT_END and not any(_is_left_out(x, y) for x in a.codes for y in b.codes):
        return SLIP if slips.is_key_missed(a.plain, b.plain) else SLIP_AT_END
    return SLIP if alike < SLIP_AT_END and not is_short and _is_slip(a, b) else alike


def _begin_alike(x: str, y: str) -> bool:
    return x[0] == y[0] or {x[0], y[0]} in ({"o", "u"}, {"e", "i"})


def _is_left_out(x: str, y: str) -> bool:
    """Whether the codes differ by one consonant, or by two letters exchanged."""
    if len(x) == len(y):
        return sorted(x) == sorted(y)
    return abs(len(skeleton(x)) - len(skeleton(y))) == 1 == OSA.distance(x, y, score_cutoff=1)


# Jiménez and Ibáñez are near only where j is read as in Polish.
_SPANISH = re.compile("e[zs]$")


def _spanish(x: str, y: str) -> float:
    """Surnames in -ez without their last letter, compared as they are written."""
    distance = OSA.distance(x, y, score_cutoff=1)
    if distance == 1:
        return SLIP if max(len(x), len(y)) > 4 and slips.is_inside(x, y) else OTHER_VOWELS
    return 0.0 if distance else SAME_SOUND


_HUSHING = re.compile("[scz]h|[sc]z|tch|tsch")
_WITHOUT_MARKS = str.maketrans({"x": "s", "j": "s", "z": "s", "c": "t"})


def _lost_marks(whole: Token, bare: Token) -> bool:
    """Whether the second word is the first without its marks: an s that was š, in a spelling that has no sh."""
    if bare.script != "Latn" or len(bare.plain) < 6 or not bare.written.isascii() or _HUSHING.search(bare.plain):
        return False
    forms = {code.translate(_WITHOUT_MARKS) for code in whole.codes if set(code) & set("xjc")}
    found = {code.translate(_WITHOUT_MARKS) for code in bare.codes}
    # What was šč is sc, read as st.
    return not forms.isdisjoint(found | {code.replace("st", "s") for code in found})


def _is_pet_form(known: Token, other: Token) -> bool:
    """Whether a word is a known name with -ка for its ending: Никитка of Никита."""
    return any(code in (form + "ka", form[:-1] + "ka") for form in known.codes for code in other.codes)


_JOINED_ARTICLE = re.compile("[ae]l|[ae](?P<sun>[dtrsnz])(?P=sun)")


def has_article(token: Token) -> bool:
    """Whether a Latin word begins with what may be an Arabic article, of two letters: Alotaibi, Elhassan, Eddabbagh."""
    return len(token.plain) > 6 and not token.same and _JOINED_ARTICLE.match(token.plain) is not None


# Endings of East Slavic surnames, in which o and u are never one vowel.
_SLAVIC = re.compile("(?:[oeyi]v|[oeai]u|[oe]w|sk[iy]|sky[iy]|sk|nk[oa]|ich|v[iy]c|[uiy]k|[iy]n|va|na|ya|ia)[aij]?$")


def _is_one_romanised(a: Token, b: Token) -> bool:
    """Two romanisations of one Persian or Arabic word, which spell its vowels by ear, its article or not."""
    if _differ_in_article(a, b):
        return True
    if min(len(a.plain), len(b.plain)) < 5 or _SLAVIC.search(a.plain) or _SLAVIC.search(b.plain):
        return False
    return arabic.by_ear(a.plain) == arabic.by_ear(b.plain)


def _differ_in_article(a: Token, b: Token) -> bool:
    return any(has_article(x) and not set(latin.codes(x.plain[2:])).isdisjoint(y.codes) for x, y in ((a, b), (b, a)))


def slip_of_given(known: Token, other: Token) -> float:
    """A word that is no given name, one slip away from a form of a known one: these are few, so that it tells much."""
    forms = {code for family in known.same for code in given.codes_of(family)} | set(known.codes)
    is_persian = any(map(given.is_persian, known.same))
    near = max(
        (max(map(len, pair)) for pair in product(forms, other.codes) if OSA.distance(*pair, score_cutoff=1) <= 1), default=0
    )
    # Hamed and Hamid, Majed and Majid are two names.
    if near >= (6 if is_persian else 5):
        return GIVEN_SLIP
    long_forms = tuple(code for code in forms if len(code) >= (6 if is_persian else 5))
    if slips.is_one_letter_away(other, long_forms):
        return GIVEN_SLIP
    if other.less or other.made_of:
        return 0.0
    return SHORT_GIVEN_SLIP if (near == 4 and not is_persian) or slips.is_mistyped(other, forms) else 0.0


# Names of men that end in -o in one language and in -a in another.
_EITHER_VOWEL = re.compile("(?:k|danil|[hg]a[uv]ril|havryl|[ck]yril|mykhail|mikhail|m[iy]kol)$")


def end_in_gender(x: str, y: str) -> bool:
    """Alejandro and Alejandra: codes have one letter for both vowels."""
    return x[:-1] == y[:-1] and {x[-1:], y[-1:]} == {"a", "o"} and not _EITHER_VOWEL.search(x[:-1])


def _differ_in_gender(a: Token, b: Token) -> bool:
    return any(_is_female_of(x, y) or _is_female_of(y, x) for x in a.codes for y in b.codes)


def _is_female_of(female: str, male: str) -> bool:
    """-ova of -ov, -ina of -in, -skaia of -ski, Aleksandra of Aleksandr."""
    if len(male) < 4 or female[-1] not in "ae":
        return False
    return female[:-1] == male or (male[-1] == "i" and female[:-1] == male[:-1])


def _alike(x: str, y: str, fold: slips.Fold) -> float:
    longer = max(len(x), len(y))
    if x + "i" == y or y + "i" == x:
        return OTHER_VOWELS  # Bahram and Bahrami
    if len(x) == len(y) and fold(x) == fold(y):
        if x[0] in "zsxcj" and x[0] != y[0]:
            return SLIP_AT_END  # Захаров, Сахаров
        if _SON_OF.search(x) and _SON_OF.search(y) and x[-4] != y[-4]:
            return SLIP_AT_END
        return VOWEL_SLIP.get(longer, 0.95 if longer > 6 else 0.5)
    distance = OSA.distance(x, y, score_cutoff=2)
    if distance == 1:
        if longer < 6:
            return SHORT_SLIP.get(longer, 0.5)
        if x[0] == y[0] and x[-1] == y[-1] and sorted(x) == sorted(y):
            return SWAPPED
        return SLIP if slips.is_inside(x, y) else SLIP_AT_END
    return by_slips(distance, longer)


# Борисевич and Борисович are two surnames in any spelling.
_SON_OF = re.compile("[ae]vic$")
