"""Patronymics of East Slavic names: which word is one, and whose name it is made of."""

import re
from functools import lru_cache

from prisoners.names import given
from prisoners.names.tokens import Token

# In codes: -ович -евич -авіч, -овна -аўна -евна -ївна, -ич -ична -інічна.
_MALE = re.compile("(?:[aei]vic|(?<=[lkmt])ic|i[cn]ic)$")
_FEMALE = re.compile("(?:[aei]vna|[ei]niana|inicna|icna|inixna)$")
_SUFFIX = re.compile("(?:[aei]?vic|[aei]?vna|inicna|icna|ic)$")


@lru_cache(1 << 14)
def _kind(token: Token) -> str:
    """`certain` for a word that is a patronymic wherever it stands, `perhaps` for what may be a surname too, else ``."""
    if any(_FEMALE.search(code) for code in token.codes):
        return "certain"
    if any(_MALE.search(code) for code in token.codes):
        return "likely" if _has_known_father(token) else "perhaps"
    return ""


def _has_known_father(token: Token) -> bool:
    return bool(father(token)[0])


@lru_cache(1 << 14)
def father(token: Token) -> tuple[frozenset[str], frozenset[str]]:
    """Whose name a patronymic is made of: families of given names, and the codes of its stem."""
    stems = frozenset(_SUFFIX.sub("", code) for code in token.codes)
    found: set[str] = set()
    for stem in stems:
        for ending in ("", "i", "a", "ei", "e", "ai"):
            found |= given.families((stem + ending,), "")[0]
    return frozenset(found), stems


def place(tokens: tuple[Token, ...], hyphened: frozenset[str] = frozenset()) -> int:
    """The place of the patronymic in a name; -1 without one. Two words are a given name and a surname.

    `hyphened` are words after a hyphen, second surnames.
    """
    full = [token for token in tokens if not token.is_initial]
    if len(full) < 3:
        return -1
    for kind in ("certain", "likely", "perhaps"):
        places = [at for at, token in enumerate(tokens) if at and _kind(token) == kind and token.written not in hyphened]
        # A surname may look like one; the middle of a name is no surname's place.
        places = [at for at in places if kind != "perhaps" or at == 1]
        if places:
            return min(places, key=lambda at: abs(at - 1))
    return -1
