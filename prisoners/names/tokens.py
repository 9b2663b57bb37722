"""One word of a name, read every way that it may sound."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

from prisoners.names import arabic, chinese, cyrillic, given, latin, words

# Letters and digraphs that initials are written with; two letters are an initial only before a full stop.
INITIAL_PAIRS = words.listed("initial")


@dataclass(slots=True, frozen=True, eq=False)
class Token:
    """A word prepared for comparison; words that are written alike share one object, so that `is` tells sameness."""

    written: str  # as it is compared with words of its own script
    script: str  # an ISO 15924 code, "" for none of those that are told apart
    plain: str  # in Latin small letters without marks
    codes: tuple[str, ...]  # how it may sound: prisoners.names.codes
    same: frozenset[str]  # families of given names that it is a full form of
    less: frozenset[str]  # families that it is a diminutive of
    is_initial: bool = False
    made_of: frozenset[str] = frozenset()  # of which given name, and how, a Persian surname is made
    marked: str = ""  # with its tones and vowel marks, where they tell people apart


RANGES = (
    (0x0041, 0x024F, "Latn"),
    (0x0250, 0x02AF, "Latn"),
    (0x1E00, 0x1EFF, "Latn"),
    (0x0400, 0x052F, "Cyrl"),
    (0x0600, 0x077F, "Arab"),
    (0xFB50, 0xFDFF, "Arab"),
    (0xFE70, 0xFEFF, "Arab"),
    (0x3400, 0x9FFF, "Hani"),
    (0xF900, 0xFAFF, "Hani"),
    (0x20000, 0x323AF, "Hani"),
    (0x0F00, 0x0FFF, "Tibt"),
    (0x1000, 0x109F, "Mymr"),
    (0xAA60, 0xAA7F, "Mymr"),
)


def script_of(character: str) -> str:
    """The script of a letter, as far as this package reads it in a way of its own."""
    point = ord(character)
    return next((script for first, last, script in RANGES if first <= point <= last), "")


def without_marks(text: str) -> str:
    """Text without the marks that Unicode puts above and below letters."""
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


@lru_cache(1 << 16)
def word(text: str, script: str) -> Token | None:
    """The token of a word in small letters, in one script; None if nothing can be read in it."""
    if script == "Cyrl":
        codes, plain, written = cyrillic.codes(text), plain_of(text), text.replace("ё", "е")
    elif script == "Arab":
        written = arabic.written(text)
        codes, plain = arabic.codes(written), plain_of(written)
    else:
        # Other alphabets are read through what anyascii makes of them.
        written = text if script == "Latn" else plain_of(text)
        codes, plain = latin.codes(for_sounds(written)), plain_of(text)
    if not (codes or plain):
        return None
    same, less = given.families(codes, written, plain)
    made_of = given.made_of(written, script) if script in ("Arab", "Latn") and not same else frozenset()
    return Token(written, script, plain, codes, same, less, made_of=made_of)


@lru_cache(1 << 14)
def han(text: str, reading: str) -> Token:
    """The token of a part of a Chinese name with its pinyin."""
    return Token(text, "Hani", reading, latin.codes(reading), frozenset(), frozenset())


@lru_cache(1 << 14)
def syllable(text: str) -> Token:
    """The token of a Burmese syllable, in plain Latin letters."""
    return Token(text, "Mymr", text, latin.codes(text), frozenset(), frozenset())


@lru_cache(1 << 14)
def toned(text: str, *, is_marked: bool) -> Token:
    """The token of a Vietnamese word; `is_marked` where the name that it stands in is written with its marks."""
    plain = plain_of(text)
    marked = "".join(sorted(unicodedata.normalize("NFD", text))) if is_marked else ""
    return Token(plain, "Viet", plain, latin.codes(plain), frozenset(), frozenset(), marked=marked)


@lru_cache(1 << 14)
def pinyin(text: str) -> Token:
    """The token of a part of a Chinese name in pinyin."""
    plain = chinese.one_spelling(plain_of(text))
    has_tones = any(mark in unicodedata.normalize("NFD", text) for mark in "\u0304\u0301\u030c\u0300")
    return Token(plain, "Pnyn", plain, latin.codes(plain), frozenset(), frozenset(), marked=text if has_tones else "")


@lru_cache(1 << 12)
def initial(text: str, script: str) -> Token | None:
    """The token of an initial: its codes are the sounds that a name abbreviated so may begin with."""
    read = word(text, script)
    if read is None:
        return None
    firsts = tuple(dict.fromkeys(code[0] for code in read.codes)) or (read.plain[:1],)
    return Token(text, script, read.plain, firsts, frozenset(), frozenset(), is_initial=True)


def plain_of(text: str) -> str:
    """Text of any script in Latin small letters and digits without marks."""
    return "".join(c for c in anyascii(text).lower() if c.isalnum())


# Marks that change a sound in Slavic Latin letters, kept for `latin.codes`.
_MEANT = frozenset("čšžŭćśźńłżěŝĉĵňďťřľĺёßæøœðþđıəșşțţçğ")


@lru_cache(1 << 16)
def for_sounds(text: str) -> str:
    """A Latin word as `latin.codes` reads it: without the marks that change no sound."""
    kept = (c if c in _MEANT else anyascii(without_marks(c)).lower() for c in unicodedata.normalize("NFC", text))
    return "".join(kept)
