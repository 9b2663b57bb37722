"""Pairs of Chinese names: two scripts, pinyin with and without tones, Wade-Giles, Hong Kong spellings."""

import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .pairs import DIFFERENT, POSSIBLE, SAME, Pair, rows_of

MOST_TRIES = 300
TOLD_BY_SIGNS = ("homophone", "other-tone", "signs-exchanged")
POLYPHONES = "曾单解查任"
TONES = "̄́̌̀"


def toneless(pinyin: str, u: str = "u") -> str:
    """Pinyin without tone marks; ü as the letter that the writer has."""
    split = "".join(char for char in unicodedata.normalize("NFD", pinyin) if char not in TONES)
    return unicodedata.normalize("NFC", split).replace("ü", u)


@dataclass(frozen=True)
class Sign:
    """A surname or one character of a given name."""

    simple: str
    full: str
    pinyin: str
    wade: str
    hongkong: str


Name = tuple[Sign, ...]  # the surname, then one or two of the given name


def tables_of(folder: Path) -> tuple[list[Sign], list[Sign]]:
    rows = [(part, Sign(*cells)) for part, *cells in rows_of(folder / "chinese.txt")]
    return [s for part, s in rows if part == "surname"], [s for part, s in rows if part == "given"]


def key(name: Name) -> str:
    return " ".join(toneless(sign.pinyin).lower() for sign in name)


def simple(name: Name, rng: random.Random) -> str:
    return "".join(sign.simple for sign in name)


def full(name: Name, rng: random.Random) -> str:
    return "".join(sign.full for sign in name)


def either(name: Name, rng: random.Random) -> str:
    return rng.choice((simple, full))(name, rng)


def given(parts: list[str], mark: str) -> str:
    if mark == "apart":
        return " ".join(part.capitalize() for part in parts)
    return mark.join(parts).capitalize()


def pinyin(name: Name, rng: random.Random, mark: str = "") -> str:
    u = rng.choice(("u", "v", "ü", "yu")) if "ǚ" in name[0].pinyin else "u"
    return f"{toneless(name[0].pinyin, u)} {given([toneless(s.pinyin) for s in name[1:]], mark)}"


def pinyin_apart(name: Name, rng: random.Random) -> str:
    return pinyin(name, rng, rng.choice(("apart", "-")))


def pinyin_reversed(name: Name, rng: random.Random) -> str:
    surname, rest = pinyin(name, rng).split(" ", 1)
    return rng.choice((f"{rest} {surname}", f"{rest} {surname.upper()}"))


def toned(name: Name, rng: random.Random) -> str:
    return f"{name[0].pinyin} {given([s.pinyin for s in name[1:]], rng.choice(('', 'apart')))}"


def wade(name: Name, rng: random.Random) -> str:
    return f"{name[0].wade} {given([s.wade for s in name[1:]], '-')}"


def hongkong(name: Name, rng: random.Random) -> str:
    return f"{name[0].hongkong} {given([s.hongkong for s in name[1:]], rng.choice(('apart', '-')))}"


Writer = Callable[[Name, random.Random], str]
ALIKE: tuple[tuple[str, Writer, Writer, str, int], ...] = (
    ("zh-hans-hant", simple, full, SAME, 25),
    ("zh-pinyin", simple, pinyin, SAME, 30),
    ("zh-hant-pinyin", full, pinyin, SAME, 15),
    ("zh-pinyin-tones", either, toned, SAME, 15),
    ("zh-pinyin-apart", either, pinyin_apart, SAME, 12),
    ("zh-pinyin-reversed", either, pinyin_reversed, SAME, 15),
    ("pinyin-pinyin", pinyin, pinyin_apart, SAME, 12),
    ("pinyin-pinyin-reversed", pinyin_reversed, pinyin, SAME, 10),
    ("pinyin-tones-none", toned, pinyin, SAME, 8),
    ("zh-wade-giles", full, wade, SAME, 12),
    ("pinyin-wade-giles", pinyin, wade, SAME, 10),
    ("zh-hong-kong", full, hongkong, SAME, 10),
    ("zh-polyphone", either, pinyin, SAME, 10),
    ("pinyin-hong-kong", pinyin, hongkong, POSSIBLE, 12),
)
APART_WAYS: tuple[tuple[Writer, Writer], ...] = (
    (simple, simple), (full, simple), (simple, pinyin), (full, pinyin), (pinyin, pinyin), (toned, simple),
    (pinyin, pinyin_reversed),
)  # fmt: skip


class Chinese:
    def __init__(self, folder: Path):
        self.surnames, self.given = tables_of(folder)

    def draw(self, rng: random.Random) -> Name:
        return (rng.choice(self.surnames), *rng.sample(self.given, rng.choice((1, 2, 2))))

    def alike(self, sign: Sign, same_tone: bool) -> list[Sign]:
        """Other characters of the same sound, or of the same letters with another tone."""
        return [
            other for other in self.given
            if other != sign and toneless(other.pinyin) == toneless(sign.pinyin) and (other.pinyin == sign.pinyin) == same_tone
        ]  # fmt: skip


def other_of_kind(tables: Chinese, kind: str, name: Name, rng: random.Random) -> Name | None:
    """Somebody else, near in the way that the kind says."""
    last = name[-1]
    if kind == "brothers":
        return (name[0], *rng.sample(tables.given, len(name) - 1))
    if kind == "generation-name":
        return (*name[:2], rng.choice(tables.given)) if len(name) == 3 else None
    if kind == "other-surname":
        return (rng.choice(tables.surnames), *name[1:])
    if kind == "near-sound":
        sound = toneless(last.pinyin)
        near = [s for s in tables.given if toneless(s.pinyin) != sound and toneless(s.pinyin)[:1] == sound[:1]
                and abs(len(s.pinyin) - len(last.pinyin)) < 2]  # fmt: skip
        return (*name[:-1], rng.choice(near)) if near else None
    if kind == "signs-exchanged":
        return (name[0], name[2], name[1]) if len(name) == 3 else None
    if kind in ("homophone", "other-tone"):
        near = tables.alike(last, kind == "homophone")
        return (*name[:-1], rng.choice(near)) if near else None
    return tables.draw(rng)


APART = {"brothers": 35, "generation-name": 20, "other-surname": 35, "near-sound": 20, "signs-exchanged": 8,
         "homophone": 12, "other-tone": 10, "random": 40}  # fmt: skip


def ways_of(kind: str, rng: random.Random) -> tuple[Writer, Writer]:
    if kind == "homophone":
        return rng.choice(((simple, simple), (full, full), (simple, full)))
    if kind == "other-tone":
        return rng.choice(((toned, toned), (simple, toned), (toned, full), (simple, simple)))
    return rng.choice(((simple, simple), (full, full)) if kind == "signs-exchanged" else APART_WAYS)


def same_pairs(tables: Chinese, rng: random.Random, share: float):
    people: set[str] = set()
    for kind, left, right, same, many in ALIKE:
        made, wanted = 0, max(1, round(many * share))
        for _ in range(MOST_TRIES * many):
            if made == wanted:
                break
            name = tables.draw(rng)
            a, b = left(name, rng), right(name, rng)
            fits = kind != "zh-polyphone" or name[0].simple in POLYPHONES
            if fits and a != b and a.lower() != b.lower() and key(name) not in people:
                people.add(key(name))
                made += 1
                yield Pair(a, b, same, kind)


def different_pairs(tables: Chinese, rng: random.Random, share: float):
    seen: set[tuple[str, str]] = set()
    for kind, many in APART.items():
        made, wanted = 0, max(1, round(many * share))
        for _ in range(MOST_TRIES * many):
            if made == wanted:
                break
            name = tables.draw(rng)
            other = other_of_kind(tables, kind, name, rng)
            if other is None:
                continue
            if kind not in TOLD_BY_SIGNS and sorted(key(other).split()) == sorted(key(name).split()):
                continue  # the same letters: nobody could tell them apart
            left, right = ways_of(kind, rng)
            names = left(name, rng), right(other, rng)
            if names[0] != names[1] and names not in seen:
                seen.add(names)
                made += 1
                yield Pair(*names, DIFFERENT, kind)


def pairs(folder: Path, rng: random.Random, share: float) -> list[Pair]:
    tables = Chinese(folder)
    return [*same_pairs(tables, rng, share), *different_pairs(tables, rng, share)]
