"""Write the files of labelled pairs anew; the same seeds give the same files."""

import random

from . import slavic
from .pairs import DATA, write_pairs
from .slavic_parts import Slavic

TUNED_SEED, HELDOUT_SEED = 20211, 90737


def main() -> None:
    write_pairs(DATA / "tuned.tsv", slavic.pairs(Slavic(DATA / "tuned_parts"), random.Random(TUNED_SEED), 0.6))
    held = DATA / "heldout"
    write_pairs(held / "slavic.tsv", slavic.pairs(Slavic(held / "parts"), random.Random(HELDOUT_SEED), 1.0))


if __name__ == "__main__":
    main()
