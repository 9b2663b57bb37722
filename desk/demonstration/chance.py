"""Draws that several modules make."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")


def weighted(chance: random.Random, weights: Mapping[T, float]) -> T:
    """One of the keys, as often as its weight says."""
    return chance.choices(list(weights), list(weights.values()))[0]


def day_within(chance: random.Random, first: date, last: date) -> date:
    """A day from `first` to `last`, both included; `first` when there is none."""
    return first + timedelta(days=chance.randint(0, max(0, (last - first).days)))


def days_after(chance: random.Random, day: date, at_least: int, at_most: int) -> date:
    """A day so many days later."""
    return day + timedelta(days=chance.randint(at_least, at_most))
