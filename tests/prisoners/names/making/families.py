"""What is drawn for each family of names beside the Slavic one, and how many of each kind."""

import random
from pathlib import Path

from . import burmese, chinese, spanish, vietnamese
from .pairs import Pair
from .parted import Tables, compound_given, different_pairs, own_and_latin, same_pairs, several_languages

NEAR_PERSIAN = (
    "Hamid Vahid", "Hamid Majid", "Saeed Masoud", "Behrouz Behzad", "Alireza Gholamreza", "Maryam Masoumeh", "Leila Elham",
    "Parvaneh Farzaneh", "Farzaneh Azadeh", "Hossein Hassan", "Ahmad Mohammad", "Mohsen Hassan", "Ali Alireza", "Zeinab Mina",
)  # fmt: skip
NEAR_ARABIC = (
    "Tarek Khaled", "Samir Karim", "Omar Gamal", "Salma Huda", "Amina Aisha", "Yasser Youssef", "Walid Khaled",
    "Mohammed Ahmed", "Mohammed Mahmoud", "Ahmed Mahmoud", "Hassan Said", "Mariam Sara",
)  # fmt: skip
PERSIAN_TITLES = {"m": ("Mr.", "Dr", "Haj"), "f": ("Ms.", "Dr")}
ARABIC_TITLES = {"m": ("Sheikh", "Dr.", "Mr"), "f": ("Dr.", "Mrs")}


def times(kinds: dict[str, int], share: float) -> dict[str, int]:
    return {kind: max(1, round(many * share)) for kind, many in kinds.items()}


def persian(folder: Path, rng: random.Random, share: float) -> list[Pair]:
    long = {"Mohammad Mahdi": "Mehdi", "Alireza": "Reza", "Mohammad Reza": "Mohammad"}
    tables = own_and_latin(folder, "persian", near_given=NEAR_PERSIAN, titles=PERSIAN_TITLES)
    names = {part.latin[0] for part in tables.given}
    tables.long_given.update({a: b for a, b in long.items() if a in names and b in names})
    alike = {"en": 110, "letters": 30, "own-forms": 15, "two-romanisations": 60, "en-order": 20, "en-typo": 20,
             "own-typo": 10, "latin-typo": 10, "vowel-lost": 12, "honorific": 12, "case": 8}  # fmt: skip
    apart = {"brothers": 70, "other-surname": 80, "near-surname": 50, "near-given": 40, "random": 80}
    return [
        *same_pairs(tables, rng, times(alike, share), "fa"),
        *different_pairs(tables, rng, times(apart, share)),
        *compound_given(tables, rng, round(12 * share)),
    ]


def arabic(folder: Path, rng: random.Random, share: float) -> list[Pair]:
    tables = own_and_latin(folder, "arabic", near_given=NEAR_ARABIC, titles=ARABIC_TITLES)
    alike = {"en": 50, "two-romanisations": 30, "own-forms": 8, "en-order": 10, "en-typo": 8, "latin-typo": 6,
             "honorific": 5, "case": 4}  # fmt: skip
    apart = {"brothers": 30, "other-surname": 40, "near-given": 15, "random": 40}
    return [*same_pairs(tables, rng, times(alike, share), "ar"), *different_pairs(tables, rng, times(apart, share))]


def other(folder: Path, rng: random.Random, share: float) -> list[Pair]:
    tables: Tables = several_languages(folder)
    alike = {"en": 45, "two-romanisations": 12, "en-order": 12, "en-typo": 8, "case": 6}
    apart = {"brothers": 25, "other-surname": 30, "random": 25}
    return [*same_pairs(tables, rng, times(alike, share), "other"), *different_pairs(tables, rng, times(apart, share))]


def persian_arabic(folder: Path, rng: random.Random, share: float) -> list[Pair]:
    return persian(folder, rng, share) + arabic(folder, rng, share)


FAMILIES = {
    "persian_arabic": persian_arabic,
    "chinese": chinese.pairs,
    "burmese": burmese.pairs,
    "vietnamese": vietnamese.pairs,
    "spanish": spanish.pairs,
    "other": other,
}
