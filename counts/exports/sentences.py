"""The sentence in force after all judgments of an arrest: its kind and length, many arrests at a time.

By the rules of `prisoners.sentences`, which a test holds it to; that one also reckons days, which the database does for files.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from django.db import connection

from prisoners.models.law import NO_SENTENCE as OUTCOMES_WITHOUT
from prisoners.models.law import Outcome, SentenceKind
from prisoners.sentences import HOLDS_NOBODY, NEVER_ENDS

# In the order in which they take effect, as `prisoners.sentences` has it.
_JUDGMENTS = """
SELECT arrest_id, outcome, sentence_kind, sentence_months, ends IS NOT NULL FROM prisoners_judgment
WHERE arrest_id = ANY (%s)
ORDER BY arrest_id, coalesce(decided_on_latest, decided_on_earliest, '-infinity'),
    array_position(ARRAY['unknown', 'first', 'appeal', 'cassation', 'supervision'], stage::text), id
"""


class Length(NamedTuple):
    """A kind of sentence and how many months; None for what is not known, or for no sentence at all."""

    kind: str | None
    months: int | None


NO_SENTENCE = Length(None, None)


class Passed(NamedTuple):
    """What a judgment says of the sentence."""

    outcome: str
    kind: str
    months: int | None
    says_end: bool


def sentences_of(arrests: Sequence[int]) -> dict[int, Length]:
    """The sentence in force of each arrest with a judgment, in one query."""
    if not arrests:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_JUDGMENTS, [list(arrests)])
        found = groupby(cursor.fetchall(), key=lambda row: row[0])
        return {arrest: in_force(Passed(*row[1:]) for row in rows) for arrest, rows in found}


def in_force(judgments: Iterable[Passed]) -> Length:
    """What they leave in force, one after the other."""
    sentence: Length | None = None
    for judgment in judgments:
        sentence = _after(sentence, judgment)
    if sentence is None:
        return NO_SENTENCE
    return Length(None if sentence.kind == SentenceKind.UNKNOWN else sentence.kind, sentence.months)


def _after(sentence: Length | None, judgment: Passed) -> Length | None:
    outcome, own = judgment.outcome, Length(judgment.kind, judgment.months)
    if outcome in OUTCOMES_WITHOUT:
        return None
    if outcome == Outcome.UPHELD and (sentence is not None or not _says_a_sentence(judgment)):
        return sentence
    if outcome == Outcome.ADDED and sentence is not None:
        if own.kind in HOLDS_NOBODY:
            return sentence
        if sentence.kind not in HOLDS_NOBODY:
            return _lengthened(sentence, own)
    if outcome == Outcome.CHANGED and sentence is not None and own.kind == SentenceKind.UNKNOWN:
        return own._replace(kind=sentence.kind)
    return own


def _lengthened(sentence: Length, added: Length) -> Length:
    """The two together; of an unknown length when one of them is."""
    kind = added.kind if added.kind in NEVER_ENDS else sentence.kind
    is_known = sentence.months is not None and added.months is not None
    return Length(kind, (sentence.months or 0) + (added.months or 0) if is_known else None)


def _says_a_sentence(judgment: Passed) -> bool:
    return judgment.kind != SentenceKind.UNKNOWN or judgment.months is not None or judgment.says_end
