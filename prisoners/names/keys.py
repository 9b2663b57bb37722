"""The keys by which the database finds whom a name may be, before any two names are compared.

Short ASCII strings, to be kept beside each name in a `text[]` with a GIN index. The letter before the colon tells the kind:

    p:%siarhei+tgnvsk   two words together, in no order: selective, for whole names
    i:s+tgnvsk          how the one word begins with the other word: for initials, and slips in a given name
    t:%siarhei t:tgnvsk one word: for a search; as rare as the word is
    d:tgnvk             one word with one consonant left out, on both sides: finds it with one slip

`%` marks a family of given names, `=` a syllable that counts as written (Chinese, Burmese, Vietnamese), a dot a code with
its vowels where two consonants would be too few. Patronymics and initials have no keys of one word: too many share them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, permutations

from prisoners.names import burmese, given, latin, sounding, wade
from prisoners.names.codes import coarse, skeleton
from prisoners.names.comparing import joined
from prisoners.names.parsing import Parsed, in_syllables, parsed
from prisoners.names.tokens import Token

# Raised whenever the same text gets other keys than before: stored ones are then made anew.
VERSION = 2
# The words of a name that take part in pairs, the readings of each, and the consonants that a key holds.
_PAIRED, _READINGS, _LONGEST = 4, 2, 8
# Words of fewer letters are read otherwise by few traditions.
_READ_ON_FROM = 6
# With fewer consonants one slip makes another name.
_SLIPS_FROM = 4


@dataclass(slots=True, frozen=True)
class Sought:
    """The keys that find a name, most selective first: those who hold any of `pairs`; any of `initials`; and those who
    hold one of each set of `tokens`, or, slower and with slips, one of each set of `wide`.
    """

    pairs: frozenset[str]
    initials: frozenset[str]
    tokens: tuple[frozenset[str], ...]
    wide: tuple[frozenset[str], ...]


def keys(text: str) -> frozenset[str]:
    """The keys to be stored with a name; none for a text without letters."""
    name = parsed(text)
    found = set(_pair_keys(name) | _initial_keys(name))
    for word in _full(name):
        found |= _word_keys(word) | _slip_keys(word)
    for form in _forms(name)[1:]:
        found |= _pair_keys(form)
        found |= {key for word in form.tokens if word not in name.tokens for key in _new_word_keys(word)}
    return frozenset(found)


def query_keys(text: str) -> Sought:
    """The keys to look for in order to find a name that is written so, or likewise, in any script."""
    name = parsed(text)
    forms = _forms(name)
    words = _full(name)
    return Sought(
        pairs=frozenset().union(*map(_pair_keys, forms)),
        initials=_initial_keys(name),
        tokens=tuple(_word_keys(word) for word in words),
        wide=tuple(_word_keys(word) | _slip_keys(word) for word in words),
    )


def _forms(name: Parsed) -> tuple[Parsed, ...]:
    """The name; where it has three words or four without a patronymic, with two of them written as one; and as Burmese."""
    forms = [name]
    if 2 < len(name.tokens) < 5 and name.patronymic < 0 and name.style != "Viet":
        forms += joined(name)
    if len(name.tokens) > 1 and not name.style and all(burmese.looks_so(word.plain) for word in name.tokens):
        # Of more syllables than take part in pairs it would matter which come first; and few such names are Burmese.
        forms += [form for form in [in_syllables(name)] if len(form.tokens) <= _PAIRED]
    return tuple(forms)


def _new_word_keys(word: Token) -> frozenset[str]:
    """Of a word that another way of writing the name has: all keys of a syllable, one of a word made of two."""
    return _word_keys(word) if word.script == "Mymr" else frozenset(f"t:{atom}" for atom in _atoms(word)[:1])


def _full(name: Parsed) -> list[Token]:
    return [token for at, token in enumerate(name.tokens) if at != name.patronymic and not token.is_initial]


def _skeletons(token: Token) -> list[str]:
    """The consonants of the first readings of a word, with the vowels where they are fewer than three."""
    # A j is дж in English, and й in all traditions that are read later.
    is_open = token.plain.startswith("j") and len(token.plain) >= _READ_ON_FROM
    return _consonants(token.codes)[: _READINGS + is_open]


def _consonants(codes: Iterable[str]) -> list[str]:
    found = []
    for code in codes:
        consonants = skeleton(code)
        found.append(consonants[:_LONGEST] if len(consonants) > 2 else coarse(code)[:_LONGEST] + ".")
    return list(dict.fromkeys(found))


def _families(token: Token) -> list[str]:
    return [f"%{family}" for family in sorted(token.same | token.less)]


def _word_keys(token: Token) -> frozenset[str]:
    found = {f"t:{atom}" for atom in (*_families(token), *_skeletons(token))}
    if token.script == "Latn" and sounding.has_article(token):
        found |= {f"t:{skeleton(code)[:_LONGEST]}" for code in latin.codes(token.plain[2:])[:1]}
    if token.script in ("Hani", "Pnyn"):
        found |= {f"t:{atom}" for code in latin.codes(wade.spelt(token.plain))[:1] for atom in _consonants([code])}
    # Words of the Arabic script have no vowels to tell short ones apart by.
    found |= {f"t:{consonants}~" for code in token.codes[:_READINGS] if 0 < len(consonants := skeleton(code)) < 3}
    return frozenset(found or {f"t:={token.plain[:_LONGEST]}"})


def _slip_keys(token: Token) -> frozenset[str]:
    """The skeletons of a surname with each consonant left out in turn, and whole."""
    if token.same or not token.codes or token.script in ("Hani", "Mymr", "Viet", "Pnyn"):
        return frozenset()
    consonants = skeleton(token.codes[0])[:_LONGEST]
    if len(consonants) < _SLIPS_FROM:
        # One consonant fewer than a longer word, which is looked for with one left out.
        return frozenset({f"d:{consonants}"} if len(consonants) == _SLIPS_FROM - 1 else ())
    return frozenset(f"d:{consonants[:at]}{consonants[at + 1 :]}" for at in range(len(consonants))) | {f"d:{consonants}"}


def _atoms(token: Token) -> list[str]:
    """What stands for a word in a pair."""
    exact = [f"={token.plain[:_LONGEST]}"] if token.script in ("Hani", "Mymr", "Viet", "Pnyn") else []
    return exact or _families(token) or _skeletons(token)


def _pair_keys(name: Parsed) -> frozenset[str]:
    pairs = combinations(_full(name)[:_PAIRED], 2)
    return frozenset("p:" + "+".join(sorted((x, y))) for one, other in pairs for x in _atoms(one) for y in _atoms(other))


def _initial_keys(name: Parsed) -> frozenset[str]:
    """How any word begins, with each other word that is no given name."""
    words = [token for at, token in enumerate(name.tokens) if at != name.patronymic][:3]
    surnames = [token for token in words if not token.same and not token.is_initial] or [
        token for token in words if not token.is_initial
    ]
    return frozenset(
        f"i:{letter}+{surname}"
        for one, other in permutations(words, 2)
        if other in surnames
        for letter in _beginnings(one)
        for surname in _skeletons(other)
    )


def _beginnings(token: Token) -> frozenset[str]:
    # As it is written too: with a slip, its first letters may sound like another.
    letters = {code[0] for code in token.codes[:_READINGS]} | {token.plain[:1]}
    for family in token.same:
        letters |= given.initials_of(family)
    return frozenset(coarse(letter) for letter in letters)
