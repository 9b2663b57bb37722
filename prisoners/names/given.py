"""Given names that are one name in several languages, and their diminutives: given.tsv, read once.

A row is a family: its name, the gender it is given to, full forms, diminutives. A form is written once, in the script
that tells most, and found by its sound, so that every romanisation of it is found too.
"""

from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path

from prisoners.names import arabic, cyrillic, latin
from prisoners.names.codes import coarse

Found = tuple[frozenset[str], frozenset[str]]
NONE: Found = (frozenset(), frozenset())


@cache
def rows() -> list[tuple[str, str, list[str], list[str]]]:
    """The families of given.tsv: name, gender (m, f), full forms, diminutives."""
    text = (Path(__file__).parent / "given.tsv").read_text(encoding="utf-8")
    split = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return [(name, gender, full.split(), short.split()) for name, gender, full, short in split]


@cache
def _index() -> dict[str, Found]:
    same: dict[str, set[str]] = defaultdict(set)
    less: dict[str, set[str]] = defaultdict(set)
    for name, _gender, full, short in rows():
        for forms, into in ((full, same), (short, less)):
            for form in forms:
                for key in keys_of(form):
                    into[key].add(name)
    # Faride for Farideh, unless that is another name.
    silent = {latin.codes(form[:-1])[0]: name for name, _, full, _ in rows() for form in full if form[-2:] == "eh"}
    for code, name in silent.items():
        same[code] |= set() if code in same else {name}
    return {key: (frozenset(same[key]), frozenset(less[key] - same[key])) for key in {*same, *less}}


def keys_of(form: str) -> tuple[str, ...]:
    """What a form of the table is found by: its sounds, its letters in the Arabic script, or after = as it is."""
    if form.startswith("="):
        return (form,)
    first = ord(form[0])
    if 0x600 <= first <= 0x77F:
        return (arabic.written(form),)
    return (cyrillic.codes(form) if 0x400 <= first <= 0x52F else latin.codes(form))[:1]


def families(codes: tuple[str, ...], written: str, plain: str = "") -> Found:
    """The families of which a word is a full form, and those of which it is a diminutive."""
    index = _index()
    if as_written := index.get(f"={written}") or index.get(f"={plain}"):
        return as_written
    if "\u0600" <= written[:1] <= "\u077f":
        return index.get(written, NONE)
    found = [index[code] for code in codes if code in index] or _by_coarse(codes)
    if not found:
        return NONE
    same = frozenset().union(*(full for full, _ in found))
    return same, frozenset().union(*(short for _, short in found)) - same


# Shorter words have too many neighbours.
_COARSE_FROM = 7


def _by_coarse(codes: tuple[str, ...]) -> list[Found]:
    """The full forms that sound alike but for а and е, as in Łacinka, where la is ля: Alaksandra."""
    found = frozenset().union(*(_coarse_index().get(coarse(code), frozenset()) for code in codes if len(code) >= _COARSE_FROM))
    return [(found, frozenset())] if len(found) == 1 else []


@cache
def _coarse_index() -> dict[str, frozenset[str]]:
    index: dict[str, frozenset[str]] = defaultdict(frozenset)
    for key, (same, _) in _index().items():
        if key.isascii() and key[0] != "=" and len(key) >= _COARSE_FROM:
            index[coarse(key)] |= same
    return dict(index)


@cache
def codes_of(family: str) -> frozenset[str]:
    """How the full forms of a family sound."""
    full = next(full for name, _, full, _ in rows() if name == family)
    return frozenset(code for form in full if form[0] != "=" and not "\u0600" <= form[0] <= "\u077f" for code in keys_of(form))


@cache
def written_in_arabic(family: str) -> frozenset[str]:
    """The full forms of a family in the Arabic script."""
    full = next(full for name, _, full, _ in rows() if name == family)
    return frozenset(key for form in full if "\u0600" <= form[0] <= "\u077f" for key in keys_of(form))


@cache
def is_persian(family: str) -> bool:
    """Whether a family is of Persian or Arabic names, of which two in a row are another name than one."""
    return any(is_arabic(full) for name, _, full, _ in rows() if name == family)


# Endings of surnames, with all spellings of each.
_SPELLINGS = (
    *("i ee y ei ie ii aei ی یی", "zadeh zade zada zadah زاده", "zad زاد", "pour pur poor پور", "nejad nezhad nejhad نژاد"),
    *("nia niya نیا", "far فر", "fard فرد", "rad راد", "khah خواه", "manesh منش", "doost dust دوست", "parast پرست"),
    *("vand وند", "zehi zahi زهی"),
)
_ENDINGS = {ending: group.split()[0] for group in _SPELLINGS for ending in group.split()}
_SHORTEST_BASE = 3


def made_of(written: str, script: str) -> frozenset[str]:
    """The given names that a Persian or Arabic surname is made of, each with how: Karimi of Karim, Alinejad of Ali."""
    ends = [ending for ending in _ENDINGS if written.endswith(ending) and len(written) - len(ending) >= _SHORTEST_BASE]
    made = ((family, _ENDINGS[ending]) for ending in ends for family in _bases(written[: -len(ending)], script))
    return frozenset(f"{family}+{ending}" for family, ending in made if is_persian(family))


@cache
def _listed() -> frozenset[str]:
    return frozenset(form.removeprefix("=") for _, _, full, _ in rows() for form in full if is_arabic(full))


def is_arabic(forms: list[str]) -> bool:
    """Whether one of the forms is in the Arabic script."""
    return any("\u0600" <= form[0] <= "\u077f" for form in forms)


@lru_cache(1 << 14)
def is_made_as_listed(plain: str) -> bool:
    """Whether a Latin word is a Persian or Arabic given name, spelt as in the table, with the ending of a surname."""
    return any(plain.endswith(ending) and plain[: -len(ending)] in _listed() for ending in _ENDINGS)


def _bases(base: str, script: str) -> frozenset[str]:
    return families(latin.codes(base) if script == "Latn" else (), base, base)[0]


@cache
def initials_of(family: str) -> frozenset[str]:
    """The sounds that the full forms of a family begin with."""
    return frozenset(code[0] for code in codes_of(family))
