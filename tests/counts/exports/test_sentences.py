"""The sentence in force by the files' own reckoning, held to `prisoners.sentences`."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from counts.exports.sentences import Length, Passed, in_force
from prisoners.dates import UncertainDate
from prisoners.models import Judgment
from prisoners.models.law import NO_SENTENCE, Outcome, SentenceKind
from prisoners.sentences import months_later, sentences_in_force

BEGAN = UncertainDate.parse("2020-01-01")


@st.composite
def judgments(draw):
    """Without ends and credit, so that the end follows from the length alone."""
    outcome = draw(st.sampled_from(Outcome.values))
    if outcome in NO_SENTENCE:
        return Judgment(outcome=outcome)
    kind = draw(st.sampled_from(SentenceKind.values))
    return Judgment(outcome=outcome, sentence_kind=kind, sentence_months=draw(st.none() | st.integers(1, 300)))


def passed(judgment: Judgment) -> Passed:
    return Passed(judgment.outcome, judgment.sentence_kind, judgment.sentence_months, judgment.ends is not None)


@given(st.lists(judgments(), max_size=5))
def test_sentence_is_the_one_that_the_rules_leave_in_force(passing):
    for number, judgment in enumerate(passing, start=1):
        judgment.pk = number
    [expected] = list(sentences_in_force(passing, BEGAN))
    found = in_force(passed(judgment) for judgment in passing)
    if expected is None:
        assert found == Length(None, None)
        return
    kind = None if expected.kind == SentenceKind.UNKNOWN else expected.kind
    is_whole = expected.ends.latest is not None
    assert (found.kind, found.months is not None) == (kind, is_whole)
    if is_whole:
        assert months_later(date(2020, 1, 1), found.months) == expected.ends.latest


def test_sentences_of_an_arrest_add_up():
    first = Passed("convicted", "imprisonment", 30, False)
    added = Passed("added", "imprisonment", 12, False)
    assert in_force([first, added, Passed("upheld", "unknown", None, False)]) == Length("imprisonment", 42)


def test_end_that_a_judgment_states_makes_it_a_sentence():
    assert in_force([Passed("upheld", "unknown", None, True)]) == Length(None, None)
    assert in_force([Passed("upheld", "fine", None, True)]) == Length("fine", None)
