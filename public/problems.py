"""A query that can't be answered."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one parameter of an address, and what would be right."""

    name: str
    value: str
    message: str
    valid: list[str]


class InvalidQuery(Exception):
    """The query has problems; nothing of it is answered."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{problem.name}={problem.value}: {problem.message}" for problem in problems))
        self.problems = problems
