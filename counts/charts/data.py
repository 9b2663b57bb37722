"""What a chart shows, as plain data: nothing here asks the database or knows how it is drawn."""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from django.utils.translation import get_language_info


class Kind(Enum):
    """How the numbers are drawn."""

    SINGLE = "single"
    BARS = "bars"
    LINES = "lines"
    MIRROR = "mirror"  # two flows of the same periods: the first upwards, the second downwards


class Size(Enum):
    """For a page or an article, or for the width of a phone."""

    WIDE = "wide"
    NARROW = "narrow"


@dataclass(frozen=True)
class Point:
    """One period of a series. `name` says it in words; a level is that of the `last` day, a flow belongs to the whole period."""

    name: str
    first: date
    last: date
    at_least: int
    at_most: int


@dataclass(frozen=True)
class Series:
    """Points in the order of time."""

    label: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Bar:
    """One group and its number of people or arrests."""

    label: str
    at_least: int
    at_most: int


@dataclass(frozen=True)
class Mark:
    """An event that a chart over time marks."""

    day: date
    label: str


@dataclass(frozen=True)
class ChartData:
    """A whole chart. All texts are in `language`, ready to be read; none of them is markup.

    `basis` is the line that says unit and basis, `demonstration` the line about fictional people (empty where there are none),
    `source` who says so, as known when, and where to ask it again. `total` is the number of a SINGLE, at least and at most.
    """

    kind: Kind
    title: str
    reading: str
    basis: str
    source: str
    language: str = "en"
    demonstration: str = ""
    is_flow: bool = False
    total: tuple[int, int] = (0, 0)
    bars: tuple[Bar, ...] = ()
    series: tuple[Series, ...] = ()
    marks: tuple[Mark, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def is_rtl(self) -> bool:
        """Whether the language is written from the right."""
        return bool(get_language_info(self.language)["bidi"])
