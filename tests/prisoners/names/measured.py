"""How well the names matcher judges the pairs set aside; `python -m tests.prisoners.names.measured` prints the tables.

Nothing here prints a name of the held-out files: who tunes the matcher may read all that this says.
"""

import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from anyascii import anyascii
from rapidfuzz.fuzz import token_sort_ratio

from prisoners.names import LIKELY, POSSIBLE, keys, similarity

from .making.pairs import DATA, DIFFERENT, SAME, Pair, read_pairs
from .making.pairs import POSSIBLE as UNCLEAR

FAMILIES = ("slavic", "persian_arabic", "chinese", "burmese", "vietnamese", "spanish", "other")
TUNED = "tuned"
# Made by somebody who hadn't seen the code: one set to tune by, one set aside.
BLIND_FAMILIES = FAMILIES[:-1]
BLIND_TUNED, BLIND_HELDOUT = "blind_tuned", "blind_heldout"
Judge = Callable[[str, str], float]

# Rows whose names could be another row's too: two surnames, and spellings that several sounds share.
NOT_STRANGERS = ("hyphen", "zh-wade-giles", "pinyin-wade-giles", "zh-hong-kong")
STRANGERS_SEED = 4711
TOLERATED_BY_BASELINE = 0.01


@dataclass(frozen=True)
class Scored:
    """A pair and what a judge gave it."""

    pair: Pair
    score: float


@dataclass(frozen=True)
class Rates:
    """Shares of a family's or a kind's pairs; None where it has no pair of that label."""

    pairs: int
    recall: float | None
    false: float | None
    unclear_seen: float | None
    unclear_likely: float | None


def family_pairs(family: str) -> list[Pair]:
    """The held-out pairs of a family, or the tuned ones of all."""
    return read_pairs(DATA / "tuned.tsv" if family == TUNED else DATA / "heldout" / f"{family}.tsv")


def blind_pairs(family: str, split: str) -> list[Pair]:
    """The pairs of a family that were made blind, of one split."""
    return read_pairs(DATA / split / f"{family}.tsv")


def scored(pairs: Iterable[Pair], judge: Judge = similarity) -> list[Scored]:
    """Every pair with its score."""
    return [Scored(pair, judge(pair.a, pair.b)) for pair in pairs]


def folded_ratio(a: str, b: str) -> float:
    """What one would do without a matcher: letters brought to ASCII, words sorted, compared."""
    return token_sort_ratio(anyascii(a).casefold(), anyascii(b).casefold()) / 100


def share(found: Iterable[bool]) -> float | None:
    """How many of them are true; None of nothing."""
    all_of_them = list(found)
    return sum(all_of_them) / len(all_of_them) if all_of_them else None


def rates(found: list[Scored], likely: float = LIKELY, possible: float = POSSIBLE) -> Rates:
    """Recall and false pairs at `likely`; of the unclear ones, how many reach `possible`, and how many too much."""
    of = {label: [s.score for s in found if s.pair.same == label] for label in (SAME, DIFFERENT, UNCLEAR)}
    return Rates(
        len(found),
        share(score >= likely for score in of[SAME]),
        share(score >= likely for score in of[DIFFERENT]),
        share(score >= possible for score in of[UNCLEAR]),
        share(score >= likely for score in of[UNCLEAR]),
    )


def by_kind(found: list[Scored]) -> dict[tuple[str, str], list[Scored]]:
    """The pairs of each label and kind."""
    kinds: dict[tuple[str, str], list[Scored]] = defaultdict(list)
    for one in found:
        kinds[one.pair.same, one.pair.kind].append(one)
    return kinds


def strangers(pairs: list[Pair], many: int) -> list[Pair]:
    """Names of different people, drawn from all that can be put together; every row labelled "1" is somebody else."""
    people = [pair for pair in pairs if pair.same == SAME and pair.kind not in NOT_STRANGERS]
    rng = random.Random(STRANGERS_SEED)
    drawn = (rng.sample(people, 2) for _ in range(many))
    return [Pair(rng.choice((one.a, one.b)), rng.choice((other.a, other.b)), DIFFERENT, "strangers") for one, other in drawn]


def share_with_a_key(pairs: Iterable[Pair]) -> float | None:
    """How many pairs of one person have a blocking key in common: no other is ever compared."""
    return share(bool(keys(pair.a) & keys(pair.b)) for pair in pairs if pair.same == SAME)


def fair_threshold(found: list[Scored]) -> float:
    """The lowest score at which no more than one in a hundred false pairs pass: the best a baseline could choose."""
    false = sorted((one.score for one in found if one.pair.same == DIFFERENT), reverse=True)
    return false[int(len(false) * TOLERATED_BY_BASELINE)] + 1e-9


def worst(found: list[Scored], same: str, many: int = 20) -> str:
    """The worst judged pairs of a label, by kind and score alone, so that nobody tunes on their names."""
    ranked = sorted((one for one in found if one.pair.same == same), key=lambda one: one.score, reverse=same == DIFFERENT)
    return "\n".join(f"  {one.pair.kind}: {one.score:.3f}" for one in ranked[:many])


def percent(value: float | None, digits: int = 1) -> str:
    return "–" if value is None else f"{100 * value:.{digits}f} %"


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines) + "\n"


def family_row(family: str, pairs: list[Pair]) -> tuple[str, ...]:
    own, base = scored(pairs), scored(pairs, folded_ratio)
    mine = rates(own)
    theirs = rates(base, fair_threshold(base))
    apart = rates(scored(strangers(pairs, 20_000)))
    many = {label: str(sum(pair.same == label for pair in pairs)) for label in (SAME, DIFFERENT, UNCLEAR)}
    return (
        family, many[SAME], many[DIFFERENT], percent(mine.recall), percent(mine.false), percent(apart.false, 3),
        many[UNCLEAR], percent(mine.unclear_seen), percent(mine.unclear_likely),
        percent(share_with_a_key(pairs)), percent(theirs.recall),
    )  # fmt: skip


def blind_row(family: str, split: str) -> tuple[str, ...]:
    pairs = blind_pairs(family, split)
    own, base = scored(pairs), scored(pairs, folded_ratio)
    mine, theirs = rates(own), rates(base, fair_threshold(base))
    many = {label: str(sum(pair.same == label for pair in pairs)) for label in (SAME, DIFFERENT, UNCLEAR)}
    return (
        family, many[SAME], many[DIFFERENT], percent(mine.recall), percent(mine.false), many[UNCLEAR],
        percent(mine.unclear_seen), percent(mine.unclear_likely), percent(share_with_a_key(pairs)), percent(theirs.recall),
    )  # fmt: skip


def kind_rows(family: str, pairs: list[Pair]) -> Iterable[tuple[str, ...]]:
    for (same, kind), found in sorted(by_kind(scored(pairs)).items()):
        passed = percent(share(one.score >= LIKELY for one in found))
        seen = percent(share(one.score >= POSSIBLE for one in found))
        with_key = percent(share(bool(keys(one.pair.a) & keys(one.pair.b)) for one in found))
        yield family, {SAME: "same", DIFFERENT: "different"}.get(same, same), kind, str(len(found)), passed, seen, with_key


FAMILY_HEADS = (
    "family", "same", "different", "recall", "false", "false among strangers", "unclear", "at least possible", "likely",
    "with a key", "recall of folded words",
)  # fmt: skip
BLIND_HEADS = (*FAMILY_HEADS[:5], *FAMILY_HEADS[6:])
KIND_HEADS = ("family", "label", "kind", "pairs", "likely", "at least possible", "with a key")


def main() -> None:
    rows = (family_row(family, family_pairs(family)) for family in (*FAMILIES, TUNED))
    sys.stdout.write(table(FAMILY_HEADS, rows) + "\n")
    for split in (BLIND_HELDOUT, BLIND_TUNED):
        sys.stdout.write(f"{split}\n\n" + table(BLIND_HEADS, (blind_row(family, split) for family in BLIND_FAMILIES)) + "\n")
    sys.stdout.write(table(KIND_HEADS, (row for family in FAMILIES for row in kind_rows(family, family_pairs(family)))))


if __name__ == "__main__":
    main()
