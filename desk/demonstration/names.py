"""Invented names in three spellings."""

import random
import tomllib
from pathlib import Path
from typing import Any

from .people import Spelling

_FILE = Path(__file__).with_name("names.toml")


class Names:
    """Draws names from the parts in names.toml."""

    def __init__(self, chance: random.Random) -> None:
        parts: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
        self._parts = {kind: [Spelling(*spellings) for spellings in rows] for kind, rows in parts.items()}
        self._chance = chance

    def given(self, is_woman: bool) -> Spelling:
        return self._chance.choice(self._parts["given_names_of_women" if is_woman else "given_names_of_men"])

    def surname(self, is_woman: bool) -> Spelling:
        opening, root = self._chance.choice(self._parts["openings"]), self._chance.choice(self._parts["roots"])
        ending = self._chance.choice(self._parts["endings_of_women" if is_woman else "endings_of_men"])
        return Spelling(*("".join(part) for part in zip(opening, root, ending, strict=True)))
