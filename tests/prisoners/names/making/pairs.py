"""What a labelled pair is, and the files of them."""

import csv
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"
LAST_ACCENT = "\u036f"
SAME, DIFFERENT, POSSIBLE = "1", "0", "possible"


@dataclass(frozen=True)
class Pair:
    """Two written names; `same` says whether they are one person's: "1", "0", or "possible" where nobody can tell."""

    a: str = field(repr=False)  # a failing test shows what it compared, and must not show names set aside
    b: str = field(repr=False)
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
    """The letters alone, without case, Latin accents or order: what two people must not share by accident."""
    split = unicodedata.normalize("NFKD", text.casefold())
    kept = (char for char in split if char.isalnum() or char.isspace() or is_sign_of_a_script(char))
    return " ".join(sorted("".join(kept).split()))


def is_sign_of_a_script(char: str) -> bool:
    """A vowel sign of Burmese, say, and no accent of a Latin letter."""
    return unicodedata.category(char).startswith("M") and char > LAST_ACCENT
