"""A person's name on paper: style, order, patronymic, initials."""

import random
from dataclasses import dataclass

from .slavic_parts import WITH_PATRONYMIC, Person, given_of, patronymic_of, surname_of

MIXED = (("latin", "passport"), ("passport", "latin"), ("official", "passport"), ("lacinka", "latin"))
YO_LOST = 0.6  # ё is mostly printed as е


@dataclass(frozen=True)
class Writing:
    """How a name is written; `given` full, initial or short, `patronymic` none, full or initial."""

    style: str
    surname_first: bool = False
    comma: bool = False
    given: str = "full"
    patronymic: str = ""


def initial_of(word: str) -> str:
    """Two letters where they stand for one, as careful writers do."""
    return word[:2] + "." if word[:2] in ("Ya", "Yu", "Zh", "Kh", "Ch", "Sh", "Ts") else word[0] + "."


def shorts_of(person: Person, style: str) -> list[str]:
    """The diminutives that the table has in the letters of the style."""
    return [form for form in dict(person.given)["short"] if form.isascii() != (style in ("be", "ru", "uk"))]


def given_part(person: Person, writing: Writing, style: str, rng: random.Random) -> str:
    if writing.given == "short":
        return rng.choice(shorts_of(person, style))
    full = given_of(person, style, rng)
    return initial_of(full) if writing.given == "initial" else full


def written(person: Person, writing: Writing, rng: random.Random) -> str:
    """The name as one line."""
    given_style, surname_style = writing.style, writing.style
    if writing.style == "mixed":
        given_style, surname_style = rng.choice(MIXED)
    given, surname = given_part(person, writing, given_style, rng), surname_of(person, surname_style, rng)
    if writing.patronymic and writing.style in WITH_PATRONYMIC:
        father = patronymic_of(person, writing.style, rng)
        given += " " + (initial_of(father) if writing.patronymic == "initial" else father)
    elif writing.given == "initial" and rng.random() < 0.4 and writing.style in WITH_PATRONYMIC:
        given += initial_of(patronymic_of(person, writing.style, rng))
    text = f"{surname}{',' * writing.comma} {given}" if writing.surname_first else f"{given} {surname}"
    return lightly_varied(text, writing.style, rng)


def lightly_varied(text: str, style: str, rng: random.Random) -> str:
    """The letters ё and the apostrophe as typists treat them."""
    if style == "ru" and rng.random() < YO_LOST:
        text = text.replace("ё", "е").replace("Ё", "Е")
    if style in ("be", "uk"):
        text = text.replace("'", rng.choice("'’ʼ"))
    return text
