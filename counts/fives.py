"""People who are only counted enter a breakdown in fives, so that nobody's own value can be told.

Pure. Everybody is taken in the order in which they came to be counted, five and five; the last four at most wait until
their five is full. A five is in an answer when all of it is. The people of one value are taken in the same order, again
five and five, and such a batch shows when all the fives that its people belong to are in the answer. So an answer never
depends on who of a five has which value, and every number about values is a multiple of five: see
docs/decisions/small-cells.md.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Sequence
from typing import TypeVar

FIVE = 5
Value = TypeVar("Value", bound=Hashable)


def cells(people: Sequence[tuple[Collection[Value], bool]]) -> dict[Value, int]:
    """How many to show of each value: a multiple of five, or the value is left out.

    `people` are in their order: each with the values that they have, and whether they are in the answer.
    """
    is_whole = [all(is_in for _values, is_in in people[start : start + FIVE]) for start in range(0, _whole(len(people)), FIVE)]
    fives_of: dict[Value, list[int]] = defaultdict(list)
    for place, (values, _is_in) in enumerate(people[: _whole(len(people))]):
        for value in values:
            fives_of[value].append(place // FIVE)
    shown = {value: FIVE * sum(_batches_in(fives, is_whole)) for value, fives in fives_of.items()}
    return {value: number for value, number in shown.items() if number}


def _batches_in(fives: Sequence[int], is_whole: Sequence[bool]) -> list[bool]:
    """For each batch of people of one value, given the fives that they belong to: whether all of those are whole."""
    starts = range(0, _whole(len(fives)), FIVE)
    return [all(is_whole[five] for five in fives[start : start + FIVE]) for start in starts]


def _whole(number: int) -> int:
    return number - number % FIVE
