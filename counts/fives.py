"""People who are only counted enter a breakdown in fives, so that nobody's own value can be told.

Pure. Everybody is taken in the order in which they came to be counted, five and five; the last four at most wait until
their five is full. A five is in an answer when all of it is. The people of one value are taken in the same order, again
five and five, and such a batch shows when all the fives that its people belong to are in the answer. So an answer never
depends on who of a five has which value, and every number about values is a multiple of five: see
docs/decisions/small-cells.md.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from functools import reduce
from operator import and_
from typing import TypeVar

FIVE = 5
Value = TypeVar("Value", bound=Hashable)


def cells(people: Sequence[tuple[Collection[Value], bool]]) -> dict[Value, int]:
    """How many to show of each value: a multiple of five, or the value is left out.

    `people` are in their order: each with the values that they have, and whether they are in the answer.
    """
    shown = cells_of_points([(values, int(is_in)) for values, is_in in people], 1)
    return {value: numbers[0] for value, numbers in shown.items()}


def cells_of_points(people: Sequence[tuple[Collection[Value], int]], points: int) -> dict[Value, list[int]]:
    """The same for several answers at once: bit n of each person's number says whether they are in answer n."""
    whole = people[: _whole(len(people))]
    is_whole = [_in_all(is_in for _values, is_in in whole[start : start + FIVE]) for start in range(0, len(whole), FIVE)]
    fives_of: dict[Value, list[int]] = defaultdict(list)
    for place, (values, _is_in) in enumerate(whole):
        for value in values:
            fives_of[value].append(place // FIVE)
    shown = {value: _batches_in(fives, is_whole) for value, fives in fives_of.items()}
    return {
        value: [FIVE * sum(batch >> point & 1 for batch in batches) for point in range(points)]
        for value, batches in shown.items()
        if any(batches)
    }


def _batches_in(fives: Sequence[int], is_whole: Sequence[int]) -> list[int]:
    """For each batch of people of one value, given the fives that they belong to: in which answers all of those are whole."""
    starts = range(0, _whole(len(fives)), FIVE)
    return [_in_all(is_whole[five] for five in fives[start : start + FIVE]) for start in starts]


def _in_all(answers: Iterable[int]) -> int:
    return reduce(and_, answers)


def _whole(number: int) -> int:
    return number - number % FIVE
