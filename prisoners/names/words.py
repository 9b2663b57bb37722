"""Words that say something by being known: titles and particles, which are dropped, generations, endings, surnames."""

from functools import cache
from pathlib import Path


@cache
def _table() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in (Path(__file__).parent / "words.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, words = line.split("\t")
            found[kind] = found.get(kind, frozenset()) | frozenset(words.split())
    return found


def listed(kind: str) -> frozenset[str]:
    """The words of one kind in words.tsv."""
    return _table()[kind]


TITLES = listed("title")
# Addresses of Burmese names that are parts of other names: dropped where they begin a name of more words.
# Titles that are names too: dropped only where a given name and a surname remain.
TITLES_OR_NAMES = listed("title or name")
# Written after a Chinese name without a space.
CHINESE_TITLES = listed("chinese title")
# Before the surname of a Vietnamese name.
VIETNAMESE_TITLES = listed("vietnamese title")
BURMESE_TITLES = listed("burmese title")
PARTICLES = listed("particle")
GENERATIONS = {
    **dict.fromkeys(["jr", "junior", "ml", "мл", "младший", "малодшы", "молодший", "fils", "hijo", "nieto"], "younger"),
    **dict.fromkeys(["senior", "ст", "старший", "старэйшы", "père", "padre"], "older"),
    **dict.fromkeys(["ii", "2nd"], "second"),
    **dict.fromkeys(["iii", "3rd"], "third"),
    **dict.fromkeys(["iv", "4th"], "fourth"),
}
# Second halves of Persian family names, written apart, with a joiner or together.
PERSIAN_ENDINGS = listed("persian ending")
VIETNAMESE_SURNAMES = listed("vietnamese surname")
# `Sr` is a generation in English and a form of address in Spanish: only after the name is it the former.
LAST_ONLY = {"sr": "older"}
