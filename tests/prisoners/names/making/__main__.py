"""Write the files of labelled pairs anew; the same seeds give the same files."""

import random

from . import slavic
from .families import FAMILIES
from .pairs import DATA, write_pairs
from .slavic_parts import Slavic

TUNED_SEED, HELDOUT_SEED = 20211, 90737
SHARE_TUNED = {"persian_arabic": 0.3, "chinese": 0.3, "burmese": 0.4, "vietnamese": 0.4, "spanish": 0.4, "other": 0.2}


def main() -> None:
    folder = DATA / "tuned_parts"
    tuned = slavic.pairs(Slavic(folder), random.Random(TUNED_SEED), 0.6)
    for family, make in FAMILIES.items():
        tuned += make(folder, random.Random(f"{family} {TUNED_SEED}"), SHARE_TUNED[family])
    write_pairs(DATA / "tuned.tsv", tuned)
    held = DATA / "heldout"
    write_pairs(held / "slavic.tsv", slavic.pairs(Slavic(held / "parts"), random.Random(HELDOUT_SEED), 1.0))
    for family, make in FAMILIES.items():
        write_pairs(held / f"{family}.tsv", make(held / "parts", random.Random(f"{family} {HELDOUT_SEED}"), 1.0))


if __name__ == "__main__":
    main()
