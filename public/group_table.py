"""The table of a breakdown: as many groups as a page holds, each with the list of its people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from counts.answers import Answer
from counts.tally import Group

from .count_links import people_of

# A page over a bad connection; files hold everything.
GROUPS_AT_MOST = 50


@dataclass(frozen=True, slots=True)
class GroupTable:
    """Groups, each with the address of its people (empty where there is none). `groups` is how many there are in all.

    People without a value are shown whatever is cut.
    """

    rows: list[tuple[Group, str]]
    groups: int
    largest: int

    @property
    def is_cut(self) -> bool:
        return len(self.rows) < self.groups


def group_table(asked: Answer, find: Callable[..., str] = people_of) -> GroupTable | None:
    """The table of an answer; None where nothing breaks it down. `find` gives the address of a number's people."""
    if asked.by is None:
        return None
    shown = _shown(asked.groups, is_by_time=asked.by.is_ordered)
    largest = max((group.figures.at_most for group in shown), default=0)
    return GroupTable([(group, find(asked, group)) for group in shown], len(asked.groups), largest)


def _shown(groups: Sequence[Group], *, is_by_time: bool) -> list[Group]:
    """The first groups, which are the largest; of years and months the last ones."""
    told = [group for group in groups if not group.is_missing]
    kept = told[-GROUPS_AT_MOST:] if is_by_time else told[:GROUPS_AT_MOST]
    return [*kept, *(group for group in groups if group.is_missing)]
