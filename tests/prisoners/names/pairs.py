"""The labelled pairs of names: those that may be tuned on, and those set aside."""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent / "data"


class Pair(NamedTuple):
    a: str
    b: str
    is_same: bool
    kind: str


def read(path: Path) -> list[Pair]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Pair(row["a"], row["b"], row["same"] == "1", row["kind"]) for row in rows]


@cache
def tuned() -> list[Pair]:
    """The pairs on which thresholds and tables were chosen: our own, and those that were made blind to be tuned on."""
    return [pair for path in (DATA / "tuned.tsv", *sorted((DATA / "blind_tuned").glob("*.tsv"))) for pair in read(path)]
