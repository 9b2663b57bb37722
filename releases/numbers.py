"""The numbers of acts of clemency. Announced, listed, identified and unidentified are four, and none is added to another."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was announced of an act, or of several, beside what is known of it.

    `announced` is None where no number was given; `listed` are lines of lists, whoever they name; `identified` people, each
    once, and `released` those of them whose custody ended under it. `unidentified` are places: announced, or listed if more are
    listed, and taken by nobody who is known.
    """

    announced: int | None
    is_announced_minimum: bool
    listed: int
    identified: int
    released: int = 0
    places_open: int | None = None

    @property
    def unidentified(self) -> int:
        if self.places_open is not None:
            return self.places_open
        return max(0, max(self.announced or 0, self.listed) - self.identified)

    @property
    def is_unidentified_minimum(self) -> bool:
        return self.announced is None or self.is_announced_minimum


def together(each: Sequence[Numbers], *, identified: int, released: int = 0) -> Numbers:
    """The numbers of several acts. `identified` and `released` are of people, each once, however many acts name them.

    Announced, listed and unidentified are added up, for they are places: somebody named by two acts takes one of each.
    """
    announced = [numbers.announced for numbers in each if numbers.announced is not None]
    return Numbers(
        announced=sum(announced) if announced else None,
        is_announced_minimum=bool(announced) and any(numbers.is_unidentified_minimum for numbers in each),
        listed=sum(numbers.listed for numbers in each),
        identified=identified,
        released=released,
        places_open=sum(numbers.unidentified for numbers in each),
    )
