"""The sentence in force, the day on which it is expected to end, and what remains of it: derived from judgments, never typed.

Pure: it reads judgments that are loaded already. The database reckons the same with `sentence_ends` (a migration of this
app), for lists and numbers; a test holds the two together. docs/decisions/sentences.md says why it is so.
"""

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from .models.law import NO_SENTENCE, Judgment, Outcome, SentenceKind, Stage

HOLDS_NOBODY = (SentenceKind.SUSPENDED, SentenceKind.FINE)
NEVER_ENDS = (SentenceKind.LIFE, SentenceKind.DEATH)
_STAGES = [Stage.UNKNOWN, Stage.FIRST, Stage.APPEAL, Stage.CASSATION, Stage.SUPERVISION]


class Bounded(Protocol):
    """Anything that lies between two days, such as an UncertainDate."""

    @property
    def earliest(self) -> date | None: ...
    @property
    def latest(self) -> date | None: ...


class Days(NamedTuple):
    """The earliest and the latest day that something can be on; None for a bound that is not known."""

    earliest: date | None
    latest: date | None

    @classmethod
    def of(cls, bounded: Bounded | None) -> "Days":
        return cls(bounded.earliest, bounded.latest) if bounded is not None else cls(None, None)


@dataclass(frozen=True, slots=True)
class Remaining:
    """Days until the end of a sentence: at least, and at most. Never below none."""

    at_least: int
    at_most: int

    @classmethod
    def between(cls, day: Days, ends: Days) -> "Remaining | None":
        """From one day to the other; None unless all four bounds are known."""
        shortest = (ends.earliest - day.latest).days if ends.earliest and day.latest else None
        longest = (ends.latest - day.earliest).days if ends.latest and day.earliest else None
        return cls.within(shortest, longest)

    @classmethod
    def within(cls, shortest: int | None, longest: int | None) -> "Remaining | None":
        """From one day to another that is so many days later, or earlier; None unless both bounds are known."""
        return None if shortest is None or longest is None else cls(max(0, shortest), max(0, longest))


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is in force after some judgments."""

    kind: str
    runs_from: Days
    credited_days: int
    ends: Days
    months: int | None = None  # as imposed, added up; None where a length is not known

    @property
    def expected_end(self) -> Days | None:
        """None where it holds nobody, where it never ends, and where neither bound is known."""
        is_without_end = self.kind in (*HOLDS_NOBODY, *NEVER_ENDS) or self.ends == Days(None, None)
        return None if is_without_end else self.ends


def expected_end(judgments: Iterable[Judgment], began: Bounded | None, by: Bounded | None = None) -> Days | None:
    """When the sentence in force on the day `by` ends, for an arrest that began on `began`; None where that is not known.

    Without `by`, all judgments on record count. Where it is open which ones had been passed by then, the bounds hold for
    each possibility.
    """
    ends = [sentence.expected_end if sentence else None for sentence in sentences_in_force(judgments, began, by)]
    known = [end for end in ends if end is not None]
    if len(known) < len(ends):
        return None
    earliest, latest = [end.earliest for end in known], [end.latest for end in known]
    bounds = Days(
        None if None in earliest else min(filter(None, earliest)), None if None in latest else max(filter(None, latest))
    )
    return None if bounds == Days(None, None) else bounds


def remaining(judgments: Iterable[Judgment], began: Bounded | None, on: Bounded) -> Remaining | None:
    """What remained, on a day, of the sentence that was in force then; None where that is not known."""
    ends = expected_end(judgments, began, on)
    return Remaining.between(Days.of(on), ends) if ends else None


def sentences_in_force(
    judgments: Iterable[Judgment], began: Bounded | None, by: Bounded | None = None
) -> Iterator[Sentence | None]:
    """The sentence in force on the day `by`: one for each way in which uncertain days of judgment can turn out."""
    in_order = sorted(judgments, key=_place)
    if by is not None:
        in_order = [judgment for judgment in in_order if _can_be_passed(judgment, by)]
    doubtful = [place for place, judgment in enumerate(in_order) if by is not None and not _is_passed(judgment, by)]
    for known in range(len(doubtful) + 1):
        left_out = set(doubtful[known:])
        yield _after_all((judgment for place, judgment in enumerate(in_order) if place not in left_out), Days.of(began))


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it has no such day: 31 January, and 28 or 29 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _place(judgment: Judgment) -> tuple[date, int, int]:
    """Judgments take effect in the order of their days; of those of one day a higher court's comes later."""
    decided = Days.of(judgment.decided_on)
    return decided.latest or decided.earliest or date.min, _STAGES.index(Stage(judgment.stage)), judgment.pk or 0


def _is_passed(judgment: Judgment, by: Bounded) -> bool:
    """Certainly passed by then. A judgment without any date counts as passed: it is on record, and lists give no dates."""
    decided = judgment.decided_on
    return decided is None or bool(decided.latest and by.earliest and decided.latest <= by.earliest)


def _can_be_passed(judgment: Judgment, by: Bounded) -> bool:
    decided = Days.of(judgment.decided_on)
    return decided.earliest is None or by.latest is None or decided.earliest <= by.latest


def _after_all(judgments: Iterable[Judgment], began: Days) -> Sentence | None:
    sentence: Sentence | None = None
    for judgment in judgments:
        sentence = _after(sentence, judgment, Sentence(SentenceKind.UNKNOWN, began, 0, Days(None, None)))
    return sentence


def _after(sentence: Sentence | None, judgment: Judgment, blank: Sentence) -> Sentence | None:
    """What a judgment leaves in force."""
    match judgment.outcome:
        case outcome if outcome in NO_SENTENCE:
            return None
        case Outcome.UPHELD if sentence is not None:
            return replace(sentence, ends=Days.of(judgment.ends)) if judgment.ends else sentence
        case Outcome.UPHELD if not _says_a_sentence(judgment):
            return None
        case Outcome.ADDED if sentence is not None and judgment.sentence_kind in HOLDS_NOBODY:
            return sentence
        case Outcome.ADDED if sentence is not None and sentence.kind not in HOLDS_NOBODY:
            return _lengthened(sentence, judgment)
        case Outcome.CHANGED if sentence is not None:
            return _passed_anew(judgment, sentence)
    return _passed_anew(judgment, blank)


def _passed_anew(judgment: Judgment, before: Sentence) -> Sentence:
    """The judgment's own sentence. What it doesn't say of kind, start and credit stays as it was before."""
    kind = before.kind if judgment.sentence_kind == SentenceKind.UNKNOWN else judgment.sentence_kind
    runs_from = Days.of(judgment.runs_from) if judgment.runs_from else before.runs_from
    credited = before.credited_days if judgment.credited_days is None else judgment.credited_days
    ends = Days.of(judgment.ends) if judgment.ends else _reckoned(runs_from, judgment.sentence_months, credited)
    return Sentence(kind, runs_from, credited, ends, judgment.sentence_months)


def _lengthened(sentence: Sentence, judgment: Judgment) -> Sentence:
    """Another sentence after the one in force. If its length is not known, the end isn't, but for being no earlier."""
    kind = judgment.sentence_kind if judgment.sentence_kind in NEVER_ENDS else sentence.kind
    if judgment.ends:
        ends = Days.of(judgment.ends)
    elif judgment.sentence_months is None:
        ends = Days(sentence.ends.earliest, None)
    else:
        ends = _reckoned(sentence.ends, judgment.sentence_months, judgment.credited_days or 0)
    is_known = sentence.months is not None and judgment.sentence_months is not None
    months = (sentence.months or 0) + (judgment.sentence_months or 0) if is_known else None
    return replace(sentence, kind=kind, ends=ends, months=months)


def _says_a_sentence(judgment: Judgment) -> bool:
    return bool(judgment.sentence_kind != SentenceKind.UNKNOWN or judgment.sentence_months or judgment.ends)


def _reckoned(runs_from: Days, months: int | None, credited: int) -> Days:
    """The end by length. Credit can't put it before the beginning."""
    if months is None:
        return Days(None, None)
    return Days(*(_ending(start, months, credited) if start else None for start in runs_from))


def _ending(start: date, months: int, credited: int) -> date:
    whole = months_later(start, months)
    return max(start, whole - min(timedelta(days=credited), whole - start))
