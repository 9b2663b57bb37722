"""A line cut where its separators stand, and the names within each piece. Pure Python."""

import re
from dataclasses import dataclass, field

from prisoners.names import parsed, words

from . import marks
from .facts import MASK

_WORD = re.compile(rf"[^\s{MASK}«»“”„\"()\[\]{{}}<>,;،、，；|:：]+")
_BRACKETS = re.compile(r"[(\[（【][^)\]）】]*[)\]）】]?")
# Longer than any name is: a sentence in a script without capitals.
MOST_WORDS, MOST_HAN, MOST_SMALL = 7, 12, 4


@dataclass(frozen=True, slots=True)
class Run:
    """Words beside each other that look like a name."""

    begins: int
    ends: int
    text: str


@dataclass(slots=True)
class Segment:
    """What stands between two separators."""

    begins: int
    spans: list[tuple[int, int]]
    words: list[str]
    is_lax: bool = False  # small letters begin names
    runs: list[Run] = field(default_factory=list)
    has_small_words: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def is_single(self) -> bool:
        """One word alone that could be a name, or a place."""
        return len(self.words) == 1 and not self.runs and not self.has_small_words and sum(map(str.isalpha, self.text)) > 1


def segments_of(masked: str, start: int) -> list[Segment]:
    """The pieces of a line; of what stands in brackets no piece and no name is made."""
    open_line = _BRACKETS.sub(lambda found: MASK * len(found[0]), masked)
    is_lax = open_line == open_line.lower() and open_line != open_line.upper()
    return [_segment(open_line, begins, ends, is_lax) for begins, ends, _ in marks.parts(open_line, start)]


def _segment(line: str, begins: int, ends: int, is_lax: bool) -> Segment:
    found = [m for m in _WORD.finditer(line, begins, ends) if any(char.isalpha() for char in m[0])]
    segment = Segment(begins, [m.span() for m in found], [m[0] for m in found])
    segment.is_lax = (is_lax or _has_given_name(segment.words)) and len(found) <= MOST_SMALL
    named = [_looks_named(word, segment.is_lax) and not marks.names_nobody(word) for word in segment.words]
    segment.has_small_words = not all(named) or len(found) > MOST_WORDS
    segment.runs = list(_runs(line, segment, named))
    return segment


def _has_given_name(found: list[str]) -> bool:
    """Whether one of these words in small letters, or the word that one stands beside, is a given name: then they are a name."""
    return len(found) > 1 and any(word.islower() for word in found) and any(given_only(word) for word in found if len(word) > 3)


def _looks_named(word: str, is_lax: bool) -> bool:
    first = next(char for char in word if char.isalpha())
    return is_lax or first != first.lower() or first == first.upper() or _is_particle(word)


def _is_particle(word: str) -> bool:
    return word.lower().rstrip(".") in words.PARTICLES or word.lower().rstrip(".") in words.GENERATIONS


def _runs(line: str, segment: Segment, named: list[bool]) -> list[Run]:
    found: list[Run] = []
    at = 0
    while at < len(named):
        end = at
        while end < len(named) and named[end] and _is_beside(line, segment, at, end):
            end += 1
        first, last = _trimmed(segment.words, at, end, segment.is_lax)
        for start, stop in _parted(segment.words, first, last):
            if _is_name(segment.words[start:stop]):
                begins, ends = segment.spans[start][0], segment.spans[stop - 1][1]
                found.append(Run(begins, ends, line[begins:ends]))
        at = max(end, at + 1)
    return found


def _is_beside(line: str, segment: Segment, at: int, end: int) -> bool:
    """Only white space stands before the word, or it is the first."""
    return end == at or not line[segment.spans[end - 1][1] : segment.spans[end][0]].strip()


def _parted(found: list[str], first: int, last: int) -> list[tuple[int, int]]:
    """Two names with the Spanish “and” between them; within a name it stands between surnames."""
    for at in range(first + 2, last - 2):
        if found[at] in ("y", "e") and given_only(found[at + 1]):
            return [(first, at), *_parted(found, at + 1, last)]
    return [(first, last)]


def _trimmed(found: list[str], first: int, last: int, is_lax: bool) -> tuple[int, int]:
    while first < last - 2 and (
        marks.is_title(found[first]) or (not is_lax and found[first].islower() and _is_particle(found[first]))
    ):
        first += 1
    while last - 1 > first and found[last - 1].islower() and found[last - 1].lower() in words.PARTICLES:
        last -= 1
    return first, last


def _is_name(found: list[str]) -> bool:
    if not found:
        return False
    if any("\u3400" <= char <= "\u9fff" for char in found[0]):
        return sum(map(len, found)) <= MOST_HAN and (len(found) > 1 or 2 <= len(found[0]) <= MOST_HAN)
    if any("\u1000" <= char <= "\u109f" for char in found[0]):
        return len(found) <= MOST_WORDS
    return 2 <= len(found) <= MOST_WORDS and sum(_letters(word) > 1 for word in found) >= 1


def _letters(word: str) -> int:
    return sum(char.isalpha() for char in word.split(".")[0])


def given_only(text: str, *, after: str = "") -> bool:
    """Whether a text, written after a surname or alone, has nothing but given names, a patronymic and initials."""
    name = parsed(f"{after} {text}")
    first = len(parsed(after).tokens)
    known = [bool(token.same or token.less) or token.is_initial or at == name.patronymic for at, token in enumerate(name.tokens)]
    return bool(known[first:]) and all(known[first:])


def bracketed(masked: str) -> str:
    """One or two words in brackets beside a name: a place."""
    for found in _BRACKETS.finditer(masked):
        inside = [word for word in _WORD.findall(found[0]) if any(char.isalpha() for char in word)]
        if 1 <= len(inside) <= 2 and all(_looks_named(word, is_lax=False) for word in inside):
            return " ".join(inside)
    return ""
