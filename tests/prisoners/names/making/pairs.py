"""What a labelled pair is, and the files of them."""

import csv
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"
SAME, DIFFERENT, POSSIBLE = "1", "0", "possible"


@dataclass(frozen=True)
class Pair:
    """Two written names; `same` says whether they are one person's: "1", "0", or "possible" where nobody can tell."""

    a: str
    b: str
    same: str
    kind: str
    note: str = ""


def read_pairs(path: Path) -> list[Pair]:
    """The pairs of a file, in its order."""
    with path.open(newline="") as lines:
        return [Pair(**row) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]


def write_pairs(path: Path, pairs: Iterable[Pair]) -> None:
    """The file of these pairs: tab-separated, nothing quoted."""
    rows = ["\t".join((pair.a, pair.b, pair.same, pair.kind, pair.note)) for pair in pairs]
    path.write_text("\n".join(["a\tb\tsame\tkind\tnote", *rows]) + "\n")


def rows_of(path: Path) -> Iterator[list[str]]:
    """The rows of a table of name parts: cells between bars, without its line of headings."""
    for line in path.read_text().splitlines():
        if line and not line.startswith("#"):
            yield [cell.strip() for cell in line.split("|")]


def plain(text: str) -> str:
    """The letters alone, without case, marks or order: what two pairs must not share by accident."""
    letters = "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if char.isalnum() or char.isspace())
    return " ".join(sorted(letters.split()))
