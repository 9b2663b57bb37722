"""Pairs of Burmese names: no surnames, honorifics that come and go, several romanisations for a syllable."""

import random
from pathlib import Path

from .pairs import DIFFERENT, POSSIBLE, SAME, Pair, rows_of

Syllable = tuple[str, tuple[str, ...]]
Name = tuple[Syllable, ...]
TITLES = {"latin": ("U", "Daw", "Ko", "Ma"), "own": ("ဦး", "ဒေါ်", "ကို", "မ")}
KINDS_ALIKE = {"my-en": 30, "my-en-honorific": 18, "romanisations": 12, "honorific": 14, "own-honorific": 6,
               "joined": 6, "case": 6}  # fmt: skip
KINDS_APART = {"other-syllable": 45, "other-syllable-honorific": 20, "longer-name": 10, "random": 45}
UNCLEAR = ("longer-name",)  # another name, or the same one with a syllable left out
MOST_TRIES = 80


def tables_of(folder: Path) -> list[Syllable]:
    return [(own, tuple(latin.split())) for own, latin in rows_of(folder / "burmese.txt")]


def draw(table: list[Syllable], rng: random.Random) -> Name:
    return tuple(rng.sample(table, rng.choice((2, 3, 3, 3, 4))))


def key(name: Name) -> tuple[str, ...]:
    """Who it is: order-free, as two orders would be two people whom no list tells apart."""
    return tuple(sorted(syllable[0] for syllable in name))


def own(name: Name) -> str:
    return "".join(syllable[0] for syllable in name)


def latin(name: Name, rng: random.Random) -> str:
    return " ".join(rng.choice(syllable[1]) for syllable in name)


def usual(name: Name) -> str:
    return " ".join(syllable[1][0] for syllable in name)


def titled(name: str, letters: str, rng: random.Random) -> str:
    title = rng.choice(TITLES[letters])
    return title + name if letters == "own" else f"{title} {name}"


def alike(kind: str, name: Name, rng: random.Random) -> tuple[str, str]:
    plain, other = usual(name), latin(name, rng)
    ways = {
        "my-en": (own(name), other),
        "my-en-honorific": (own(name), titled(other, "latin", rng)),
        "romanisations": (plain, other),
        "honorific": (titled(plain, "latin", rng), other),
        "own-honorific": (titled(own(name), "own", rng), own(name)),
        "joined": (plain.replace(" ", "-", 1), other),
        "case": (plain.upper(), other),
    }
    return ways[kind]


def other_name(kind: str, name: Name, table: list[Syllable], rng: random.Random) -> Name | None:
    if kind == "random":
        other = draw(table, rng)
        return None if set(other) & set(name) else other
    others = [syllable for syllable in table if syllable not in name]
    if kind == "longer-name":
        return (*name, rng.choice(others)) if len(name) == 2 else None
    if len(name) < 3:
        return None
    at = rng.randrange(len(name))
    return (*name[:at], rng.choice(others), *name[at + 1 :])


def apart(kind: str, one: Name, other: Name, rng: random.Random) -> tuple[str, str]:
    right = own(other) if rng.random() < 0.25 else latin(other, rng)
    left = own(one) if rng.random() < 0.35 else latin(one, rng)
    if kind == "other-syllable-honorific":
        return titled(latin(one, rng), "latin", rng), right
    return left, right


def pairs(folder: Path, rng: random.Random, share: float) -> list[Pair]:
    table, made, people = tables_of(folder), [], set()
    for kind, many in KINDS_ALIKE.items():
        wanted = max(1, round(many * share))
        for _ in range(wanted * MOST_TRIES):
            if not wanted:
                break
            name = draw(table, rng)
            a, b = alike(kind, name, rng)
            if a != b and key(name) not in people:
                people.add(key(name))
                made.append(Pair(a, b, SAME, kind if kind.startswith("my") else f"my-{kind}"))
                wanted -= 1
    seen: set[tuple[str, str]] = set()
    for kind, many in KINDS_APART.items():
        wanted = max(1, round(many * share))
        for _ in range(wanted * MOST_TRIES):
            if not wanted:
                break
            name = draw(table, rng)
            other = other_name(kind, name, table, rng)
            names = other and apart(kind, name, other, rng)
            if names and names not in seen:
                seen.add(names)
                made.append(Pair(*names, POSSIBLE if kind in UNCLEAR else DIFFERENT, kind))
                wanted -= 1
    return made
