"""Pairs of Vietnamese names: tones tell people apart, and are often not written."""

import random
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from .noise import mistyped, without_marks
from .pairs import DIFFERENT, POSSIBLE, SAME, Pair, rows_of

OLD_TONES = {"òa": "oà", "úy": "uý", "ùy": "uỳ"}
ALIKE = {"vi": 40, "vi-toneless-order": 20, "vi-order": 10, "vi-decomposed": 8, "vi-tone-place": 6, "vi-case": 8}
UNCLEAR = {"vi-no-middle": 12, "vi-partly-toned": 8, "vi-typo": 8}  # a letter more or less is mostly another name
APART = {"other-tone": 25, "other-given": 20, "other-surname": 20, "other-middle": 15, "random": 20}
MOST_TRIES = 200


@dataclass(frozen=True)
class Name:
    surname: str
    middle: str
    given: str
    gender: str

    @property
    def parts(self) -> list[str]:
        return [self.surname, self.middle, self.given]

    def __str__(self) -> str:
        return " ".join(self.parts)


class Vietnamese:
    def __init__(self, folder: Path):
        self.rows = list(rows_of(folder / "vietnamese.txt"))

    def of(self, part: str, gender: str = "") -> list[str]:
        return [text for of, sex, text in self.rows if of == part and sex in ("", gender)]

    def draw(self, rng: random.Random) -> Name:
        gender = rng.choice("mf")
        return Name(
            rng.choice(self.of("surname")), rng.choice(self.of("middle", gender)), rng.choice(self.of("given", gender)), gender
        )

    def near_tones(self, name: Name) -> list[str]:
        return [g for g in self.of("given", name.gender) if g != name.given and without_marks(g) == without_marks(name.given)]


def western(name: Name) -> str:
    return (
        " ".join([name.given, name.surname, name.middle])
        if len(name.given) % 2
        else " ".join([name.middle, name.given, name.surname])
    )


def old_tones(text: str) -> str:
    for new, old in OLD_TONES.items():
        text = text.replace(new, old)
    return text


def alike(kind: str, name: Name, rng: random.Random) -> tuple[str, str]:
    full = str(name)
    bare = without_marks(full)
    if kind == "vi-partly-toned":
        at = rng.randrange(3)
        return full, " ".join(without_marks(part) if place == at else part for place, part in enumerate(name.parts))
    ways = {
        "vi": (full, bare),
        "vi-toneless-order": (full, without_marks(western(name))),
        "vi-order": (full, western(name)),
        "vi-decomposed": (full, unicodedata.normalize("NFD", full)),
        "vi-tone-place": (full, old_tones(full)),
        "vi-case": (full, rng.choice((full.upper(), bare.upper()))),
        "vi-typo": (bare, mistyped(bare, rng)),
        "vi-no-middle": (full, without_marks(f"{name.given} {name.surname}")),
    }
    return ways[kind]


def other_person(kind: str, name: Name, tables: Vietnamese, rng: random.Random) -> Name | None:
    if kind == "other-tone":
        near = tables.near_tones(name)
        return Name(name.surname, name.middle, rng.choice(near), name.gender) if near else None
    if kind == "other-given":
        return Name(name.surname, name.middle, rng.choice(tables.of("given", name.gender)), name.gender)
    if kind == "other-surname":
        return Name(rng.choice(tables.of("surname")), name.middle, name.given, name.gender)
    if kind == "other-middle":
        return Name(name.surname, rng.choice(tables.of("middle", name.gender)), name.given, name.gender)
    other = tables.draw(rng)
    return other if other.surname != name.surname and other.given != name.given else None


def apart(kind: str, one: Name, other: Name, rng: random.Random) -> tuple[str, str] | None:
    if kind == "other-tone":
        return str(one), str(other)
    if without_marks(str(one)) == without_marks(str(other)):
        return None
    left, right = rng.choice(((str, str), (str, lambda n: without_marks(str(n))), (lambda n: without_marks(str(n)),) * 2))
    return left(one), right(other)


def pairs(folder: Path, rng: random.Random, share: float) -> list[Pair]:
    tables, made, people = Vietnamese(folder), [], set()
    for kind, many in (ALIKE | UNCLEAR).items():
        wanted = max(1, round(many * share))
        for _ in range(wanted * MOST_TRIES):
            if not wanted:
                break
            name = tables.draw(rng)
            a, b = alike(kind, name, rng)
            who = without_marks(str(name))
            if a != b and who not in people:
                people.add(who)
                made.append(Pair(a, b, POSSIBLE if kind in UNCLEAR else SAME, kind))
                wanted -= 1
    seen: set[tuple[str, str]] = set()
    for kind, many in APART.items():
        wanted = max(1, round(many * share))
        for _ in range(wanted * MOST_TRIES):
            if not wanted:
                break
            name = tables.draw(rng)
            other = other_person(kind, name, tables, rng)
            names = apart(kind, name, other, rng) if other else None
            if names and names not in seen:
                seen.add(names)
                made.append(Pair(*names, DIFFERENT, kind))
                wanted -= 1
    return made
