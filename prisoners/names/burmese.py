"""Burmese script as it is commonly romanised, syllable by syllable, and the syllables of such names in Latin letters.

No official romanisation is in use; newspapers write by ear. A syllable is an initial with medials and a rhyme; each becomes
its commonest spelling, and spellings that stand for the same rhyme (kyi, gyi, kyee; thu, thoo) are made one by `plain`.
"""

import re
from functools import lru_cache

from prisoners.names import words

_INITIALS = {
    "က": "k", "ခ": "kh", "ဂ": "g", "ဃ": "g", "င": "ng", "စ": "s", "ဆ": "s", "ဇ": "z", "ဈ": "z", "ည": "ny", "ဉ": "ny",
    "ဋ": "t", "ဌ": "t", "ဍ": "d", "ဎ": "d", "ဏ": "n", "တ": "t", "ထ": "t", "ဒ": "d", "ဓ": "d", "န": "n", "ပ": "p", "ဖ": "p",
    "ဗ": "b", "ဘ": "b", "မ": "m", "ယ": "y", "ရ": "y", "လ": "l", "ဝ": "w", "သ": "th", "ဟ": "h", "ဠ": "l", "အ": "", "ဿ": "th",
    "ဣ": "i", "ဤ": "i", "ဥ": "u", "ဦ": "u", "ဧ": "e", "ဩ": "aw", "ဪ": "aw",
}  # fmt: skip
# Vowel signs and final consonant, in the order of Unicode, without tone marks.
_RHYMES = {
    "": "a", "ာ": "a", "ါ": "a", "ိ": "i", "ီ": "i", "ု": "u", "ူ": "u", "ေ": "e", "ဲ": "e", "ော": "aw", "ေါ": "aw", "ို": "o",
    "ံ": "an", "ုံ": "on", "ိံ": "ein", "င်": "in", "ဉ်": "in", "ည်": "i", "န်": "an", "မ်": "an", "ဏ်": "an", "ယ်": "e",
    "က်": "et", "စ်": "it", "တ်": "at", "ပ်": "at", "ဋ်": "at", "ောင်": "aung", "ေါင်": "aung", "ိုင်": "aing", "ောက်": "auk",
    "ေါက်": "auk", "ိုက်": "aik", "ိန်": "ein", "ိမ်": "ein", "ုန်": "on", "ုမ်": "on", "ုဏ်": "on", "ိတ်": "eik", "ိပ်": "eik",
    "ုတ်": "ok", "ုပ်": "ok", "ွန်": "un", "ွမ်": "un", "ွတ်": "ut", "ော်": "aw", "ေါ်": "aw", "ိုယ်": "o", "ိုလ်": "o",
    "ုဒ်": "ok", "ုဂ်": "ok", "ာန်": "an", "ာဏ်": "an",
}  # fmt: skip
_VOWELS = frozenset("ဣဤဥဦဧဩဪ")
_TONES = re.compile("[့း]")
_STACKED = re.compile("္")
_SYLLABLE = re.compile("([က-အဣ-ဪဿ])([ျြွှ]*)((?:[ါ-ဲံ]|(?:[က-အ](?=့?်))့?်|်)*)")
_SPELT = [
    (re.compile(pattern), by)
    for pattern, by in [
        ("(nt|nn)$", "n"),
        ("en$", "an"),
        ("^pyi$", "pye"),
        ("^htat$", "htet"),
        ("tt$", "t"),
        ("^kyw$", "kyaw"),
        ("^mg$", "maung"),
        ("^bh", "b"),
        ("eain$", "ein"),
        ("ell$", "e"),
        ("ang$", "an"),
        ("^yy", "y"),
        ("wat$", "wut"),
        ("^ei$", "i"),
        ("^gy|^khy|^ch|^j", "ky"),
        ("^kh|^hk|^g", "k"),
        ("^h(?=[tplmnwsk])", ""),
        ("^ph", "p"),
        ("^d", "t"),
        ("^r", "y"),
        ("^ngy", "ny"),
        ("(oung|ong)$", "aung"),
        ("(ine|aine)$", "aing"),
        ("(ayt|eit|ate|eip)$", "eik"),
        ("(one|ohn|oun|own|oon|un|wan|hon)$", "on"),
        ("^won$", "on"),
        ("(oo|uu|ou)$", "u"),
        ("(ee|ii)$", "i"),
        ("(?<=[^aeiou])y$", "i"),
        ("(aye|ay|eh|ei|ey|ae|ai|al)$", "e"),
        ("(oe|oh)$", "o"),
        ("(or|au)$", "aw"),
        ("(ain|ane)$", "ein"),
        ("am$", "an"),
        ("(oot|wut|ut)$", "ut"),
        ("(ote|oke|ot|oat|ouk|oup)$", "ok"),
        ("ike$", "aik"),
        ("(ip|is)$", "it"),
        ("ap$", "at"),
        ("ek$", "et"),
        ("(ar|ah)$", "a"),
    ]
]


@lru_cache(1 << 14)
def syllables(text: str) -> tuple[str, ...]:
    """The syllables of Burmese writing in plain Latin letters."""
    # A stacked consonant closes the syllable before it.
    text = _STACKED.sub("်", _TONES.sub("", text.replace("၏", "")))
    return tuple(_plain_syllable(*found.groups()) for found in _SYLLABLE.finditer(text))


def _plain_syllable(initial: str, medials: str, rhyme: str) -> str:
    onset = _INITIALS.get(initial, "")
    if "ျ" in medials or "ြ" in medials:
        onset = {"k": "ky", "kh": "ky", "g": "ky"}.get(onset, onset + "y")
    if "ှ" in medials:
        onset = {"y": "sh", "ly": "sh", "thy": "sh"}.get(onset, onset)
    if "ွ" in medials:
        rhyme = "ွ" + rhyme if "ွ" + rhyme in _RHYMES else rhyme
        onset = onset if rhyme.startswith("ွ") else onset + "w"
    return plain(onset if initial in _VOWELS else onset + _RHYMES.get(rhyme, "a"))


@lru_cache(1 << 14)
def plain(syllable: str) -> str:
    """One spelling for all of a romanised syllable: kyee, gyi and kyi are one."""
    for pattern, by in _SPELT:
        syllable = pattern.sub(by, syllable, count=1)
    return syllable


_SILENT_E = re.compile("[^aeiou]*(?:[aio]|oi|ai)[nkt]e|aye|yell")
_LATIN_SYLLABLE = re.compile(
    "[^aeiou]*?[aeiou]+(?:[yw](?![aeiou]))?(?:nt|nn$|tt|ng|hn(?![aeiou])|[ntkhrm](?![aeiouhyw]))?(?:e(?![a-z]))?"
)


_WORDS = words.listed("burmese syllable")


@lru_cache(1 << 14)
def latin_syllables(word: str) -> tuple[str, ...]:
    """The syllables of a romanised word, which may hold several: Thura, Sandar, Minhtun."""
    if _SILENT_E.fullmatch(word):
        return (plain(word),)
    if len(parts := _parted(word)) > 1:
        return tuple(syllable for part in parts for syllable in latin_syllables(part))
    found = _LATIN_SYLLABLE.findall(word)
    return tuple(map(plain, found)) if "".join(found) == word else (plain(word),)


def _parted(word: str) -> tuple[str, ...]:
    """The listed words that a word is put together from, the longest first; itself if it is listed, nothing if it isn't."""
    if word in _WORDS or len(word) > _LONGEST:
        return (word,) if word in _WORDS else ()
    # One letter is never a syllable of a longer word.
    for length in range(len(word) - 2, 1, -1):
        if word[:length] in _WORDS and (rest := _parted(word[length:])):
            return (word[:length], *rest)
    return ()


_LONGEST = 16
_SYLLABLES = frozenset(syllable for word in _WORDS for syllable in latin_syllables(word))


def is_known(word: str) -> bool:
    """Whether a Latin word is one of the listed ones."""
    return word in _WORDS


@lru_cache(1 << 14)
def is_name_word(word: str) -> bool:
    """Whether a Latin word may be part of a Burmese name: put together from known ones, or a syllable of such a word."""
    parts = latin_syllables(word)
    return bool(_parted(word)) or (len(parts) == 1 and parts[0] in _SYLLABLES and not re.search("[rfvxcj]", word))


_SHAPE = re.compile(
    "(?:[kstpmnlhywzbd]|ky|ny|th|sh|py|my|ly|by|hm|hn|hl|kh|ph|ng)?w?"
    "(?:a|i|u|e|aw|o|an|on|ein|in|aing|aung|et|it|at|auk|aik|eik|ok|ut)"
)


@lru_cache(1 << 14)
def looks_so(word: str) -> bool:
    """Whether a Latin word could be Burmese by its shape: for keys alone, as many other words could."""
    return all(_SHAPE.fullmatch(part) for part in latin_syllables(word))
