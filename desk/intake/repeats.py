"""Names that stand in a list twice, in whatever script each time."""

from collections import defaultdict
from collections.abc import Sequence

from prisoners.names import LIKELY, keys, parsed, similarity

LOOKED_AT = 20  # names of one key: a list of brothers is not compared each with each


def repeats(names: Sequence[str]) -> dict[int, int]:
    """For each place whose name stood before, the first such place. Empty names repeat nothing."""
    seen: dict[str, list[int]] = defaultdict(list)
    found: dict[int, int] = {}
    for at, name in enumerate(names):
        own = _keys(name)
        before = sorted({place for key in own for place in seen[key][:LOOKED_AT]})
        first = next((place for place in before if similarity(names[place], name) >= LIKELY), None)
        if first is not None:
            found[at] = found.get(first, first)
        for key in own:
            seen[key].append(at)
    return found


def _keys(name: str) -> list[str]:
    """Keys that two forms of one name share: of its pairs of words, or of the word alone."""
    every = keys(name)
    pairs = sorted(key for key in every if key.startswith("p:"))
    return pairs or (["=" + "+".join(parsed(name).bag)] if every else [])
