"""A pasted list of names, in whatever shape, read line by line: who is named, and what is said beside the name. Pure Python.

Nothing of a text is lost: the sources of all entries, put together, are the text. What isn't understood is an entry too.
"""

from dataclasses import dataclass
from enum import StrEnum

from . import marks
from .facts import Facts, facts_of
from .segments import Segment, bracketed, given_only, segments_of


class Kind(StrEnum):
    """What an entry was taken for."""

    NAME = "name"
    UNREAD = "unread"  # has letters, but no name was found in it
    IGNORED = "ignored"  # blank, a number alone, a heading


@dataclass(frozen=True, slots=True)
class Entry:
    """A piece of a text. `born` is an uncertain date as text; `rest` is what was left over."""

    line: int
    source: str
    kind: Kind
    name: str = ""
    born: str = ""
    age: int | None = None
    articles: tuple[str, ...] = ()
    place: str = ""
    rest: str = ""

    @property
    def as_written(self) -> str:
        """The source without the white space and the commas that part it from its neighbours."""
        return self.source.strip().rstrip(",;،、，；|").strip()


def read_list(text: str) -> list[Entry]:
    """The entries of a text in their order; each belongs to one line, numbered from 1. Raises nothing, whatever the text."""
    found: list[Entry] = []
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        found.extend(_read_line(number, line))
    return found


def name_in(text: str) -> str:
    """The name in a text that is known to be about one person; the text itself if none is found."""
    return next((entry.name for entry in read_list(text) if entry.kind is Kind.NAME), text.strip())


def _read_line(number: int, line: str) -> list[Entry]:
    body = marks.plain_digits(line)
    start = marks.marker_end(body)
    body = " " * start + body[start:]
    if not any(char.isalpha() for char in body) or marks.is_heading(body):
        return [Entry(number, line, Kind.IGNORED)]
    facts = facts_of(body)
    segments = segments_of(facts.masked, start)
    if "\t" in body.strip():
        return [_row(number, line, facts, segments)]
    found: list[Entry] = []
    if heading := _heading_before(facts.masked, segments):
        found.append(Entry(number, line[:heading], Kind.IGNORED))
        start, segments = heading, segments_of(facts.masked, heading)
    return found + _entries(number, line, facts, segments, 0 if not found else start)


def _heading_before(masked: str, segments: list[Segment]) -> int:
    """Where names begin after a heading and a colon, as in “Freed: …”; 0 if there is none."""
    colon = max(masked.find(":"), masked.find("："))
    if colon < 0 or not any(char.isalpha() for char in masked[colon:]):
        return 0
    before = [segment for segment in segments if segment.begins < colon]
    is_name = len(before) == 1 and any(run.ends <= colon for run in before[0].runs) and not before[0].has_small_words
    return 0 if is_name else colon + 1


@dataclass(slots=True)
class _Begun:
    """An entry that begins at a place, and the spans of the words that name somebody."""

    begins: int
    kind: Kind
    words: list[tuple[int, int]]
    place: str = ""


def _entries(number: int, line: str, facts: Facts, segments: list[Segment], begins: int) -> list[Entry]:
    begun = _begun(segments, facts)
    if not begun:
        return [Entry(number, line[begins:], Kind.UNREAD, rest=line[begins:].strip())]
    ends = [entry.begins for entry in begun[1:]] + [len(line)]
    starts = [begins, *(entry.begins for entry in begun[1:])]
    return [_made(number, line, facts, one, start, end) for one, start, end in zip(begun, starts, ends, strict=True)]


def _begun(segments: list[Segment], facts: Facts) -> list[_Begun]:
    lettered = [segment for segment in segments if segment.words]
    are_single = all(segment.is_single for segment in lettered)
    found: list[_Begun] = []
    waiting: _Begun | None = None  # perhaps a surname, whose given name comes next
    surname = ""
    for at, segment in enumerate(segments):
        is_surname = segment.is_single and _goes_before_given_name(segments, at)
        if waiting and segment.words and given_only(segment.text, after=surname):
            waiting.words.extend(segment.spans)
            waiting = None
        elif segment.is_single and found and not (are_single or is_surname or found[-1].place or given_only(segment.text)):
            waiting = None
            found[-1].place = segment.text
        elif segment.is_single:
            waiting = _Begun(segment.begins, Kind.NAME, list(segment.spans))
            found.append(waiting)
            waiting, surname = (None, "") if given_only(segment.text) else (waiting, segment.text)
        elif segment.runs:
            waiting = None
            for place, run in enumerate(segment.runs):
                found.append(_Begun(run.begins if place else segment.begins, Kind.NAME, [(run.begins, run.ends)]))
        elif segment.words and not found:
            found.append(_Begun(segment.begins, Kind.UNREAD, []))
    return found


def _goes_before_given_name(segments: list[Segment], at: int) -> bool:
    """Whether this is the surname of “Petrov, Ivan”."""
    coming = next((segment for segment in segments[at + 1 :] if segment.words), None)
    surname = segments[at].text
    return coming is not None and not given_only(surname) and given_only(coming.text, after=surname)


def _row(number: int, line: str, facts: Facts, segments: list[Segment]) -> Entry:
    """A row of a table is about one person, whose name may stand in several cells."""
    spans: list[tuple[int, int]] = []
    place = surname = ""
    for segment in segments:
        is_more = len(spans) < 2 or (len(spans) == 2 and given_only(segment.text, after=surname))
        if segment.words and not segment.has_small_words and (not spans or (segment.is_single and is_more)):
            spans += [(run.begins, run.ends) for run in segment.runs[:1]] or segment.spans
            surname = f"{surname} {segment.text}".strip()
            if segment.runs:
                spans *= 2  # a whole name stood in one cell: no more of it is sought
        elif segment.words and spans and not place and not segment.has_small_words:
            place = segment.text
    begun = _Begun(0, Kind.NAME if spans else Kind.UNREAD, list(dict.fromkeys(spans)), place)
    return _made(number, line, facts, begun, 0, len(line))


def _made(number: int, line: str, facts: Facts, begun: _Begun, begins: int, ends: int) -> Entry:
    own = facts.within(begins, ends)
    name = " ".join(line[start:end] for start, end in begun.words).strip(" .")
    place = own.places[0][1] if own.places else begun.place or bracketed(own.masked)
    rest = _rest(facts.masked, begins, ends, begun.words, place if not own.places else "")
    return Entry(
        number,
        line[begins:ends],
        begun.kind,
        name=_stopped(name, line, begun.words),
        born=own.born[0][1] if own.born else "",
        age=own.ages[0][1] if own.ages else None,
        articles=tuple(dict.fromkeys(article for _, article in own.articles)),
        place=place,
        rest=rest,
    )


def _stopped(name: str, line: str, words: list[tuple[int, int]]) -> str:
    """The name with the full stop of its last initial, as in “Petrov I. I.”."""
    is_initial = len(name) > 1 and not name[-2].isalpha() and name[-1].isalpha()
    return name + "." if words and is_initial and line[words[-1][1] - 1 : words[-1][1]] == "." else name


def _rest(masked: str, begins: int, ends: int, used: list[tuple[int, int]], place: str) -> str:
    kept = list(masked)
    for start, end in used:
        kept[start:end] = " " * (end - start)
    words = "".join(kept[begins:ends]).replace("\ufffc", " ").replace(place, " ", 1 if place else 0)
    found = [word.strip(".,;:،、，；()[]|–—-") for word in words.split()]
    return " ".join(word for word in found if word and not marks.is_and(word))[:300]
