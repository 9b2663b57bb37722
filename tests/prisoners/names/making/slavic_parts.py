"""Belarusian, Russian and Ukrainian names and how they are written; every form in the tables was written by hand."""

import random
import re
from dataclasses import dataclass, replace
from pathlib import Path

from .pairs import rows_of

BY_STYLES = ("be", "ru", "official", "passport", "latin", "lacinka", "de", "pl", "fr")
UA_STYLES = ("uk", "ru", "official", "passport", "latin", "de", "pl", "fr")
GIVEN_STYLES = ("be", "ru", "uk", "official", "passport", "latin", "from_uk", "lacinka", "de", "pl", "fr", "short")
WITH_PATRONYMIC = ("be", "ru", "uk", "passport", "latin")

# The woman's form of a surname, by the way it is written: endings of men, endings of women.
FEMININE = {
    "be": (("([оаеёя])ў$", r"\1ва"), ("(ін|ын)$", r"\1а"), ("([сц]к)і$", r"\1ая")),
    "ru": (("(ов|ев|ёв|ин|ын)$", r"\1а"), ("ий$|ой$", "ая")),
    "uk": (("(ов|єв|ин|ін)$", r"\1а"), ("ий$", "а")),
    "official": (("([oae])ŭ$", r"\1va"), ("(in|yn)$", r"\1a"), ("([sc]k)i$", r"\1aja")),
    "passport": (("([oaeu])u$", r"\1va"), ("(in|yn)$", r"\1a"), ("ski$", "skaya")),
    "latin": (("([oe])(v|ff)$", r"\1va"), ("(in|yn)$", r"\1a"), ("(sk)(iy|y|ii|i|ij)$", r"\1aya"), ("(ov)o[yi]$", r"\1aya")),
    "lacinka": (("([oae])ŭ$", r"\1va"), ("(in|yn)$", r"\1a"), ("([sc]k)i$", r"\1aja")),
    "de": (("([oe])w$", r"\1wa"), ("(in|yn)$", r"\1a"), ("ski$", "skaja"), ("zki$", "zkaja"), ("yj$", "a")),
    "pl": (("([oe])w$", r"\1wa"), ("(in|yn)$", r"\1a"), ("([sc]k)i$", r"\1a"), ("yj$", "a")),
    "fr": (("([oe])v$", r"\1va"), ("ine?$", "ina"), ("ski$", "skaïa"), ("(sk|ov)y$", r"\1a")),
}
UKRAINIAN_LATIN = (("(sk|v)(yi|yy|y)$", r"\1a"),)


def feminine(surname: str, style: str, origin: str) -> str:
    """The woman's form; the same where it has none of its own."""
    rules = FEMININE[style]
    if origin == "ua" and style in ("official", "passport"):
        rules = UKRAINIAN_LATIN
    for ending, change in rules:
        if re.search(ending, surname):
            return re.sub(ending, change, surname)
    return surname


@dataclass(frozen=True)
class Person:
    """A made-up person: rows of the tables, by way of writing."""

    gender: str
    origin: str
    given: tuple[tuple[str, tuple[str, ...]], ...]
    surname: tuple[tuple[str, tuple[str, ...]], ...]
    father: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells two of them apart: the Russian forms, which every table has."""
        return self.gender, dict(self.given)["ru"][0], dict(self.surname)["ru"][0]

    def with_(self, **changes) -> "Person":
        return replace(self, **changes)


class Slavic:
    """The tables of one side of the split."""

    def __init__(self, folder: Path):
        self.given = [self._row(GIVEN_STYLES, row[1:], gender=row[0]) for row in rows_of(folder / "slavic_given.txt")]
        self.by = [self._row(BY_STYLES, row) for row in rows_of(folder / "slavic_by.txt")]
        self.ua = [self._row(UA_STYLES, row) for row in rows_of(folder / "slavic_ua.txt")]
        self.fathers = [tuple(row) for row in rows_of(folder / "slavic_patronymics.txt")]

    @staticmethod
    def _row(styles, cells, gender=""):
        if len(cells) != len(styles):
            raise ValueError(f"{len(cells)} cells where {len(styles)} belong: {cells[0]}")
        row = tuple((style, tuple(cell.split())) for style, cell in zip(styles, cells, strict=True))
        return (gender, row) if gender else row

    def givens(self, gender: str):
        return [row for of, row in self.given if of == gender]

    def surnames(self, origin: str):
        return self.by if origin == "by" else self.ua

    def person(self, rng: random.Random, origin: str = "by", gender: str = "") -> Person:
        gender = gender or rng.choice("mmmff")
        return Person(
            gender, origin, rng.choice(self.givens(gender)), rng.choice(self.surnames(origin)), rng.choice(self.fathers)
        )


def given_of(person: Person, style: str, rng: random.Random) -> str:
    """The given name written in a style, one of the ways that people use."""
    forms = dict(person.given)
    if person.origin == "ua" and style in ("official", "passport"):
        style = "from_uk"
    return rng.choice(forms[style])


def surname_of(person: Person, style: str, rng: random.Random) -> str:
    """The surname likewise, in the form for the person's gender."""
    written = rng.choice(dict(person.surname)[style])
    return feminine(written, style, person.origin) if person.gender == "f" else written


def patronymic_of(person: Person, style: str, rng: random.Random) -> str:
    """The father's name, where the style writes one."""
    column = {"be": 0, "ru": 2, "uk": 4, "passport": 6 if person.origin == "by" else 10, "latin": 8}[style]
    return rng.choice(person.father[column + (person.gender == "f")].split())
