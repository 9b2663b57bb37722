"""Pairs of Belarusian, Russian and Ukrainian names."""

import random
from collections.abc import Iterator

from . import slavic_apart
from .noise import cased, mistyped, without_marks
from .pairs import POSSIBLE, SAME, Pair
from .slavic_parts import Person, Slavic
from .slavic_writing import Writing, shorts_of, written

# Kind: how both sides are written, for whom, how many of a thousand.
TWO_WRITINGS = (
    ("be-ru", "by", "be", "ru", 60),
    ("be-en-official", "by", "be", "official", 50),
    ("be-passport", "by", "be", "passport", 55),
    ("lacinka-be", "by", "lacinka", "be", 30),
    ("lacinka-ru", "by", "lacinka", "ru", 30),
    ("lacinka-passport", "by", "lacinka", "passport", 20),
    ("ru-en", "by", "ru", "latin", 65),
    ("ru-passport", "by", "ru", "passport", 60),
    ("be-en-from-ru", "by", "be", "latin", 40),
    ("passport-en", "by", "passport", "latin", 55),
    ("official-passport", "by", "official", "passport", 25),
    ("mixed-romanisation", "by", "mixed", "be ru latin passport", 40),
    ("press-de", "by", "de", "be ru passport latin", 30),
    ("press-pl", "by", "pl", "be ru passport latin", 30),
    ("press-fr", "by", "fr", "be ru passport latin", 30),
    ("uk-ru", "ua", "uk", "ru", 30),
    ("uk-en-official", "ua", "uk", "official", 30),
    ("uk-passport", "ua", "uk", "passport", 30),
    ("uk-ru-en", "ua", "uk official passport", "latin", 30),
    ("ru-uk-en", "ua", "ru", "official passport", 30),
    ("press-uk", "ua", "de pl fr", "uk ru official", 30),
)
TITLES = {
    "be": ("спадар", "спадарыня"), "ru": ("гражданин", "гражданка"), "uk": ("пан", "пані"),
    "passport": ("Mr", "Ms"), "latin": ("Mr.", "Mrs."),
}  # fmt: skip


CROSSING = {
    "by": ("be ru", "be passport", "ru passport", "ru latin", "be latin", "passport latin", "lacinka ru", "official ru"),
    "ua": ("uk ru", "uk official", "uk passport", "ru passport", "passport latin"),
}
SEVERAL = {"by": ("ru passport", "ru latin", "passport ru"), "ua": ("ru passport", "uk passport")}
TITLED = {
    "by": ("be passport", "ru latin", "passport ru", "latin ru", "ru passport"),
    "ua": ("uk passport", "passport uk", "ru passport"),
}


def any_way(ways: dict[str, tuple[str, ...]], person: Person, rng: random.Random) -> tuple[str, str]:
    """One way of writing for each side."""
    left, right = rng.choice(ways[person.origin]).split()
    return left, right


def any_of(styles: str, rng: random.Random) -> str:
    return rng.choice(styles.split())


def crossing(person: Person, rng: random.Random) -> tuple[str, str]:
    """Two ways of writing that differ, the first in the person's own letters."""
    return any_way(CROSSING, person, rng)


def plain_kinds(tables: Slavic, rng: random.Random, share: float) -> Iterator[tuple[Person, Pair]]:
    for kind, origin, left, right, many in TWO_WRITINGS:
        for _ in range(round(many * share)):
            person = tables.person(rng, origin)
            a = written(person, Writing(any_of(left, rng), surname_first=rng.random() < 0.15), rng)
            b = written(person, Writing(any_of(right, rng), surname_first=rng.random() < 0.15), rng)
            yield person, Pair(a, b, SAME, kind)


def both(person: Person, rng: random.Random, **how) -> tuple[str, str]:
    left, right = crossing(person, rng)
    return written(person, Writing(left), rng), written(person, Writing(right, **how), rng)


def typing_errors(person: Person, kind: str, rng: random.Random) -> tuple[str, str]:
    styles = {"ru-typo": ("ru", "ru"), "be-typo": ("be", "be"), "latin-typo": ("passport", "passport")}
    left, right = styles.get(kind) or crossing(person, rng)
    a, b = written(person, Writing(left), rng), written(person, Writing(right), rng)
    return a, mistyped(b, rng)


def with_patronymics(person: Person, kind: str, rng: random.Random) -> tuple[str, str]:
    own = "be" if person.origin == "by" else "uk"
    left, right = rng.choice(((own, "ru"), ("ru", "passport"), ("ru", "latin"), (own, "passport"), ("ru", "ru"), (own, own)))
    ways = {"patronymic": ("full", ""), "patronymic-both": ("full", "full"), "patronymic-initial": ("full", "initial")}[kind]
    first = rng.random() < 0.5
    return (
        written(person, Writing(left, patronymic=ways[0], surname_first=first), rng),
        written(person, Writing(right, patronymic=ways[1], surname_first=rng.random() < 0.3), rng),
    )


def titled(person: Person, rng: random.Random) -> tuple[str, str]:
    left, right = any_way(TITLED, person, rng)
    title = TITLES[left][person.gender == "f"]
    return f"{title} {written(person, Writing(left), rng)}", written(person, Writing(right), rng)


def marks_lost(person: Person, rng: random.Random) -> tuple[str, str]:
    style = rng.choice(("official", "lacinka"))
    return without_marks(written(person, Writing(style), rng)), written(person, Writing(rng.choice(("be", "ru", style))), rng)


def two_surnames(person: Person, tables: Slavic, rng: random.Random) -> tuple[str, str]:
    """A woman of two surnames, joined with a hyphen on one side and apart on the other."""
    other = tables.person(rng, person.origin, person.gender).with_(given=person.given)
    left, right = crossing(person, rng)
    a = written(person, Writing(left), rng) + "-" + written(other, Writing(left), rng).split(" ", 1)[1]
    b = written(person, Writing(right), rng) + " " + written(other, Writing(right), rng).split(" ", 1)[1]
    return a, b


def several(person: Person, rng: random.Random) -> tuple[str, str]:
    left, right = any_way(SEVERAL, person, rng)
    a = written(person, Writing(left, patronymic="full", surname_first=True), rng)
    return a, mistyped(written(person, Writing(right, surname_first=rng.random() < 0.5), rng), rng)


def troubled_kinds(tables: Slavic, rng: random.Random, share: float) -> Iterator[tuple[Person, Pair]]:
    makers = (
        ("ru-typo", 30, lambda p: typing_errors(p, "ru-typo", rng)),
        ("be-typo", 15, lambda p: typing_errors(p, "be-typo", rng)),
        ("latin-typo", 25, lambda p: typing_errors(p, "latin-typo", rng)),
        ("script-typo", 30, lambda p: typing_errors(p, "script-typo", rng)),
        ("order", 40, lambda p: both(p, rng, surname_first=True)),
        ("order-comma", 15, lambda p: both(p, rng, surname_first=True, comma=True)),
        ("patronymic", 45, lambda p: with_patronymics(p, "patronymic", rng)),
        ("patronymic-both", 25, lambda p: with_patronymics(p, "patronymic-both", rng)),
        ("patronymic-initial", 15, lambda p: with_patronymics(p, "patronymic-initial", rng)),
        ("case", 15, lambda p: tuple(cased(text, rng) for text in both(p, rng))),
        ("honorific", 15, lambda p: titled(p, rng)),
        ("marks-lost", 30, lambda p: marks_lost(p, rng)),
        ("hyphen", 12, lambda p: two_surnames(p, tables, rng)),
        ("several", 30, lambda p: several(p, rng)),
    )
    for kind, many, make in makers:
        for _ in range(round(many * share)):
            gender = "f" if kind == "hyphen" else ""
            by_only = kind in ("marks-lost", "be-typo")
            person = tables.person(rng, "by" if by_only or rng.random() < 0.75 else "ua", gender)
            yield person, Pair(*make(person), SAME, kind)


def unclear_kinds(tables: Slavic, rng: random.Random, share: float) -> Iterator[tuple[Person, Pair]]:
    """What nobody can tell from the names alone: initials, and diminutives."""
    for kind, many in (("initials", 60), ("diminutive", 50)):
        for _ in range(round(many * share)):
            person = tables.person(rng, rng.choice(("by", "by", "ua")))
            left, right = rng.choice(
                (("ru", "ru"), ("ru", "passport"), ("passport", "ru"), ("passport", "latin"), ("latin", "latin"))
            )
            left = left if kind == "initials" or shorts_of(person, left) else "ru"
            given = "initial" if kind == "initials" else "short"
            a = written(person, Writing(left, given=given, surname_first=given == "initial" and rng.random() < 0.5), rng)
            yield person, Pair(a, written(person, Writing(right), rng), POSSIBLE, kind)


def pairs(tables: Slavic, rng: random.Random, share: float) -> list[Pair]:
    """All kinds; a share of 1 gives about two thousand. No two pairs of one person are of the same two names."""
    made: list[Pair] = []
    people: set[tuple] = set()
    for maker in (plain_kinds, troubled_kinds, unclear_kinds):
        for person, pair in maker(tables, rng, share):
            if person.key not in people and pair.a != pair.b and not slavic_apart.is_known(person):
                people.add(person.key)
                made.append(pair)
    return made + list(slavic_apart.pairs(tables, rng, share))
