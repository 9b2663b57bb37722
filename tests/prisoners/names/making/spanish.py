"""Pairs of Spanish names: two surnames, particles, accents."""

import random
from dataclasses import dataclass, replace
from pathlib import Path

from .noise import mistyped, without_marks
from .pairs import DIFFERENT, POSSIBLE, SAME, Pair, rows_of

ALIKE = {"es-accents": 25, "es-order": 18, "es-double": 20, "es-second-given": 12, "es-particles": 10, "es-hyphen": 6,
         "es-typo": 10, "es-y": 5, "es-case": 5}  # fmt: skip
UNCLEAR = {"es-maternal-initial": 8, "es-given-initial": 8, "es-both-missing": 8}
APART = {"brothers": 30, "other-maternal": 15, "other-paternal": 12, "other-surname": 20, "gender-ending": 6, "random": 25}
TWO_GENDERS = ("Julián Juliana", "Fernando Fernanda", "Daniel Daniela")
MOST_TRIES = 200


@dataclass(frozen=True)
class Name:
    given: str
    second: str
    paternal: str
    maternal: str
    gender: str

    @property
    def givens(self) -> str:
        return f"{self.given} {self.second}".strip()

    def __str__(self) -> str:
        return f"{self.givens} {self.paternal} {self.maternal}"


class Spanish:
    def __init__(self, folder: Path):
        self.rows = list(rows_of(folder / "spanish.txt"))

    def of(self, part: str, gender: str = "") -> list[str]:
        return [text for of, sex, text in self.rows if of == part and sex in ("", gender)]

    def draw(self, rng: random.Random) -> Name:
        gender = rng.choice("mf")
        second = rng.choice(self.of("second", gender)) if rng.random() < 0.4 else ""
        return Name(rng.choice(self.of("given", gender)), second, *rng.sample(self.of("surname"), 2), gender)


def alike(kind: str, name: Name, rng: random.Random) -> tuple[str, str] | None:
    full = str(name)
    if kind in ("es-second-given", "es-both-missing") and not name.second:
        return None
    if kind == "es-particles" and " " not in name.paternal:
        return None
    ways = {
        "es-accents": (full, without_marks(full)),
        "es-order": (full, f"{name.paternal} {name.maternal}{rng.choice((',', ''))} {name.givens}"),
        "es-double": (full, rng.choice((str, without_marks))(f"{name.givens} {name.paternal}")),
        "es-second-given": (full, without_marks(f"{name.given} {name.paternal} {name.maternal}")),
        "es-particles": (full, f"{name.givens} {name.paternal.title()} {name.maternal}"),
        "es-hyphen": (full, without_marks(f"{name.givens} {name.paternal}-{name.maternal}")),
        "es-typo": (full, mistyped(full, rng)),
        "es-y": (full, f"{name.givens} {name.paternal} y {name.maternal}"),
        "es-case": (full, f"{name.givens} {(name.paternal + ' ' + name.maternal).upper()}"),
        "es-maternal-initial": (full, f"{name.givens} {name.paternal} {name.maternal.split()[-1][0]}."),
        "es-given-initial": (full, f"{without_marks(name.given[0])}. {name.paternal} {name.maternal}"),
        "es-both-missing": (full, f"{name.given} {name.paternal}"),
    }
    return ways[kind]


def other_person(kind: str, name: Name, tables: Spanish, rng: random.Random) -> Name | None:
    """Somebody else; a brother has both surnames, a cousin one of them."""
    if kind == "brothers":
        return replace(name, given=rng.choice(tables.of("given", name.gender)), second="")
    if kind == "other-maternal":
        return replace(name, maternal=rng.choice(tables.of("surname")))
    if kind == "other-paternal":
        return replace(name, paternal=rng.choice(tables.of("surname")))
    if kind == "other-surname":
        paternal, maternal = rng.sample(tables.of("surname"), 2)
        return replace(name, paternal=paternal, maternal=maternal)
    if kind == "gender-ending":
        found = [pair.split() for pair in TWO_GENDERS if name.given in pair.split()]
        return replace(name, given=next(g for g in found[0] if g != name.given), second="") if found else None
    return tables.draw(rng)


def are_apart(kind: str, one: Name, other: Name) -> bool:
    """Nobody drawn twice, and no surname shared where none should be."""
    families = {one.paternal, one.maternal} & {other.paternal, other.maternal}
    shared = {"brothers": 2, "gender-ending": 2, "other-maternal": 1, "other-paternal": 1}.get(kind, 0)
    given_differs = one.given != other.given or kind in ("other-maternal", "other-paternal", "other-surname")
    return len(families) == shared and given_differs and other.paternal != other.maternal


def of_one_person(tables: Spanish, rng: random.Random, share: float) -> list[Pair]:
    made: list[Pair] = []
    people: set[tuple[str, str]] = set()
    for kind, many in (ALIKE | UNCLEAR).items():
        wanted = max(1, round(many * share))
        for _ in range(wanted * MOST_TRIES):
            if not wanted:
                break
            name = tables.draw(rng)
            names, who = alike(kind, name, rng), (name.given, name.paternal)
            if names and names[0] != names[1] and who not in people:
                people.add(who)
                made.append(Pair(*names, POSSIBLE if kind in UNCLEAR else SAME, kind))
                wanted -= 1
    return made


def of_two_people(tables: Spanish, rng: random.Random, share: float) -> list[Pair]:
    made: list[Pair] = []
    seen: set[tuple[str, str]] = set()
    for kind, many in APART.items():
        wanted = max(1, round(many * share))
        for _ in range(wanted * MOST_TRIES):
            if not wanted:
                break
            name = tables.draw(rng)
            if kind == "gender-ending":
                name = replace(name, second="")
            other = other_person(kind, name, tables, rng)
            if other is None or not are_apart(kind, name, other):
                continue
            names = str(name), rng.choice((str, lambda n: without_marks(str(n))))(other)
            if names not in seen:
                seen.add(names)
                made.append(Pair(*names, DIFFERENT, kind))
                wanted -= 1
    return made


def pairs(folder: Path, rng: random.Random, share: float) -> list[Pair]:
    tables = Spanish(folder)
    return of_one_person(tables, rng, share) + of_two_people(tables, rng, share)
