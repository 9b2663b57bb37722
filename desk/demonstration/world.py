"""The fictional world around the people, as world.toml describes it."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("world.toml")


@dataclass(frozen=True, slots=True)
class Act:
    """One pardon of the wave. Whoever is announced and has no line is known by nothing but the number."""

    slug: str
    on: date
    announced: int
    identified: int
    unidentified: int


@dataclass(frozen=True, slots=True)
class WavePlan:
    """The wave of pardons."""

    slug: str
    acts: tuple[Act, ...]


@lru_cache(maxsize=1)
def world() -> dict[str, Any]:
    """The whole file."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def regions() -> dict[str, int]:
    """How often each region is drawn."""
    return {region["code"]: region["weight"] for region in world()["regions"]}


def wave_plan() -> WavePlan:
    wave = world()["wave"]
    return WavePlan(wave["slug"], tuple(_act(pardon) for pardon in wave["pardons"]))


def _act(pardon: dict[str, Any]) -> Act:
    return Act(
        slug=pardon["slug"],
        on=date.fromisoformat(pardon["on"]),
        announced=pardon["announced"],
        identified=pardon["identified"],
        unidentified=pardon["unidentified"],
    )
