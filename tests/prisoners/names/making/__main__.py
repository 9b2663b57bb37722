"""Write the files of labelled pairs anew; the same seeds give the same files."""

from .files import ALL_FAMILIES, heldout_pairs, tuned_pairs
from .pairs import DATA, write_pairs

if __name__ == "__main__":
    write_pairs(DATA / "tuned.tsv", tuned_pairs())
    for family in ALL_FAMILIES:
        write_pairs(DATA / "heldout" / f"{family}.tsv", heldout_pairs(family))
