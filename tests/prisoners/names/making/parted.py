"""Pairs from tables of given names and surnames with their own letters and hand-written romanisations."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .noise import cased, mistyped
from .pairs import DIFFERENT, POSSIBLE, SAME, Pair, rows_of

JOINER = "‌"  # the Persian zero-width non-joiner
MOST_TRIES = 60


@dataclass(frozen=True)
class Part:
    """A given name or a surname: as its language writes it, and as others do."""

    own: tuple[str, ...]
    latin: tuple[str, ...]
    gender: str = ""
    language: str = ""


@dataclass(frozen=True)
class Tables:
    """The parts of one family of names."""

    given: list[Part]
    surnames: list[Part]
    near_given: tuple[str, ...] = ()
    titles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    long_given: dict[str, str] = field(default_factory=dict)

    def draw(self, rng: random.Random) -> tuple[Part, Part]:
        given = rng.choice(self.given)
        return given, rng.choice([part for part in self.surnames if part.language == given.language])

    def brothers_of(self, given: Part) -> list[Part]:
        return [g for g in self.given if g.gender == given.gender and g.language == given.language and g.latin != given.latin]


def forms(cell: str) -> tuple[str, ...]:
    return tuple(form.strip() for form in cell.split(";"))


def joined_forms(cell: str) -> tuple[str, ...]:
    """Own letters; where parts are joined, with the joiner, with a space and with nothing between."""
    return tuple(form.replace("_", mark) for form in forms(cell) for mark in ([JOINER, " ", ""] if "_" in form else [""]))


def own_and_latin(folder: Path, family: str, **more) -> Tables:
    given = [Part(joined_forms(own), forms(latin), gender) for gender, own, latin in rows_of(folder / f"{family}_given.txt")]
    surnames = [Part(joined_forms(own), forms(latin)) for own, latin in rows_of(folder / f"{family}_surnames.txt")]
    return Tables(given, surnames, **more)


def several_languages(folder: Path) -> Tables:
    """The table of other languages: the first form is the language's own, all others are foreign."""
    given = [Part(forms(f)[:1], forms(f)[1:] or forms(f), sex, lang) for lang, sex, f in rows_of(folder / "other_given.txt")]
    surnames = [Part(forms(f)[:1], forms(f)[1:] or forms(f), "", lang) for lang, f in rows_of(folder / "other_surnames.txt")]
    return Tables(given, surnames)


def own(two: tuple[Part, Part], rng: random.Random) -> str:
    return " ".join(rng.choice(part.own) for part in two)


def latin(two: tuple[Part, Part], rng: random.Random) -> str:
    return " ".join(rng.choice(part.latin) for part in two)


def reversed_latin(two: tuple[Part, Part], rng: random.Random) -> str:
    comma = "," if rng.random() < 0.4 else ""
    return f"{rng.choice(two[1].latin)}{comma} {rng.choice(two[0].latin)}"


def arabic_letters(text: str) -> str:
    """The Arabic forms of ye and kaf, which many keyboards give for the Persian ones."""
    return text.replace("ی", "ي").replace("ک", "ك")


def vowel_lost(text: str, rng: random.Random) -> str:
    """One unstressed vowel inside a longer word not written."""
    places = [
        i for i in range(2, len(text) - 3)
        if text[i] in "aeo" and text[i - 1 : i + 2].isalpha() and not set(text[i - 1] + text[i + 1]) & set("aeiouy")
    ]  # fmt: skip
    at = rng.choice(places) if places else None
    return text if at is None else text[:at] + text[at + 1 :]


WAYS: dict[str, Callable[[tuple[Part, Part], random.Random], tuple[str, str]]] = {
    "en": lambda two, rng: (own(two, rng), latin(two, rng)),
    "en-order": lambda two, rng: (own(two, rng), reversed_latin(two, rng)),
    "two-romanisations": lambda two, rng: (latin(two, rng), latin(two, rng)),
    "letters": lambda two, rng: (own(two, rng), arabic_letters(own(two, rng))),
    "own-forms": lambda two, rng: (own(two, rng), own(two, rng)),
    "en-typo": lambda two, rng: (own(two, rng), mistyped(latin(two, rng), rng)),
    "latin-typo": lambda two, rng: (latin(two, rng), mistyped(latin(two, rng), rng)),
    "own-typo": lambda two, rng: (own(two, rng), mistyped(own(two, rng), rng)),
    "vowel-lost": lambda two, rng: (own(two, rng), vowel_lost(latin(two, rng), rng)),
    "case": lambda two, rng: (cased(latin(two, rng), rng), latin(two, rng)),
}


def same_pairs(tables: Tables, rng: random.Random, kinds: dict[str, int], prefix: str) -> Iterator[Pair]:
    """Each kind its number; nobody twice."""
    seen: set[tuple] = set()
    for kind, many in kinds.items():
        made = 0
        for _ in range(many * MOST_TRIES):
            if made == many:
                break
            two = tables.draw(rng)
            if two in seen:
                continue
            if kind == "honorific":
                a, b = WAYS["en"](two, rng) if rng.random() < 0.5 else WAYS["two-romanisations"](two, rng)
                b = f"{rng.choice(tables.titles[two[0].gender])} {b}"
            else:
                a, b = WAYS[kind](two, rng)
            if a != b:
                seen.add(two)
                made += 1
                yield Pair(a, b, SAME, f"{prefix}-{kind}")


def written_apart(one, other, rng: random.Random) -> tuple[str, str]:
    """Two people's names, in any of the ways that one person's name would be written twice."""
    left, right = rng.choice(((own, latin), (own, latin), (latin, latin), (own, own), (latin, own), (own, reversed_latin)))
    return left(one, rng), right(other, rng)


def near_surname(tables: Tables, two, rng):
    start = two[1].latin[0][:3].lower()
    near = [p for p in tables.surnames if p.latin[0][:3].lower() == start and p != two[1] and p.language == two[1].language]
    return (two, (two[0], rng.choice(near))) if near else None


def near_given(tables: Tables, two, rng):
    first = two[0].latin[0]
    other = [name for pair in tables.near_given if first in pair.split() for name in pair.split() if name != first]
    found = [part for part in tables.given if part.latin[0] in other]
    return (two, (rng.choice(found), two[1])) if found else None


def random_other(tables: Tables, two, rng):
    other = tables.draw(rng)
    apart = other[0] != two[0] and other[1] != two[1] and other[0].language == two[0].language
    return (two, other) if apart else None


def other_given(tables: Tables, two, rng):
    brothers = tables.brothers_of(two[0])
    return (two, (rng.choice(brothers), two[1])) if brothers else None


def other_surname(tables: Tables, two, rng):
    other = [part for part in tables.surnames if part != two[1] and part.language == two[1].language]
    return two, (two[0], rng.choice(other))


APART = {
    "brothers": other_given, "other-surname": other_surname, "near-surname": near_surname,
    "near-given": near_given, "random": random_other,
}  # fmt: skip


def different_pairs(tables: Tables, rng: random.Random, kinds: dict[str, int]) -> Iterator[Pair]:
    seen: set[tuple[str, str]] = set()
    for kind, many in kinds.items():
        made = 0
        for _ in range(many * MOST_TRIES):
            if made == many:
                break
            people = APART[kind](tables, tables.draw(rng), rng)
            names = people and written_apart(*people, rng)
            if names and names not in seen:
                seen.add(names)
                made += 1
                yield Pair(*names, DIFFERENT, kind)


def compound_given(tables: Tables, rng: random.Random, many: int) -> Iterator[Pair]:
    """A given name of two parts beside one of them: often the same person, often a brother."""
    by_name = {part.latin[0]: part for part in tables.given}
    for _ in range(many):
        long, short = rng.choice(sorted(tables.long_given.items()))
        surname = rng.choice(tables.surnames)
        yield Pair(own((by_name[long], surname), rng), latin((by_name[short], surname), rng), POSSIBLE, "compound-given")
