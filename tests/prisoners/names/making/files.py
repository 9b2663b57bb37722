"""Which tables, seeds and shares make which file."""

import random
from collections.abc import Iterable, Iterator

from . import slavic
from .families import FAMILIES
from .pairs import DATA, Pair
from .slavic_parts import Slavic

TUNED_SEED, HELDOUT_SEED = 20211, 90737
TUNED_PARTS, HELDOUT_PARTS = DATA / "tuned_parts", DATA / "heldout" / "parts"
SHARE_TUNED = {
    "slavic": 0.6, "persian_arabic": 0.3, "chinese": 0.3, "burmese": 0.4, "vietnamese": 0.4, "spanish": 0.4, "other": 0.2,
}  # fmt: skip
ALL_FAMILIES = ("slavic", *FAMILIES)


def distinct(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Each two names once, whichever stands first."""
    seen: set[frozenset[str]] = set()
    for pair in pairs:
        names = frozenset((pair.a, pair.b))
        if names not in seen:
            seen.add(names)
            yield pair


def made(family: str, folder, seed: int, share: float) -> Iterator[Pair]:
    rng = random.Random(f"{family} {seed}")
    return distinct(slavic.pairs(Slavic(folder), rng, share) if family == "slavic" else FAMILIES[family](folder, rng, share))


def tuned_pairs() -> list[Pair]:
    """What the matcher may be tuned on."""
    return list(distinct(p for family in ALL_FAMILIES for p in made(family, TUNED_PARTS, TUNED_SEED, SHARE_TUNED[family])))


def heldout_pairs(family: str) -> list[Pair]:
    """What is set aside, of one family."""
    return list(made(family, HELDOUT_PARTS, HELDOUT_SEED, 1.0))
