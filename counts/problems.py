"""What is wrong with a query: never ignored, always said, with what would be valid."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Problem:
    """One parameter that can't be used. `valid` names what can: values, or parameters for an unknown one."""

    parameter: str
    value: str
    message: str
    valid: Sequence[str] = ()


class InvalidQuery(Exception):
    """A query with one problem or more. Pages answer it with status 400."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(problem.message for problem in problems))

    def as_dict(self) -> dict[str, object]:
        """The answer for programs."""
        return {"error": "invalid query", "problems": [asdict(problem) for problem in self.problems]}
