"""Four numbers of an act, and of several together."""

from hypothesis import given
from hypothesis import strategies as st

from releases.numbers import Numbers, together
from releases.outcomes import Outcome, outcome

NUMBERS = st.builds(Numbers, st.none() | st.integers(0, 99), st.booleans(), st.integers(0, 99), st.integers(0, 99))


@given(NUMBERS)
def test_unidentified_is_never_less_than_what_is_missing_or_none(numbers: Numbers) -> None:
    assert numbers.unidentified >= 0
    assert numbers.unidentified + numbers.identified >= max(numbers.announced or 0, numbers.listed)


@given(st.lists(NUMBERS, max_size=5), st.integers(0, 99))
def test_places_of_several_acts_are_added_up_and_people_are_not(each: list[Numbers], people: int) -> None:
    told = together(each, identified=people)
    assert (told.listed, told.identified) == (sum(one.listed for one in each), people)
    assert told.unidentified == sum(one.unidentified for one in each)
    given = [one.announced for one in each if one.announced is not None]
    assert told.announced == (sum(given) if given else None)


@given(st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_outcome_is_a_death_before_all_and_a_release_only_with_an_end(under: bool, void: bool, ended: bool, death: bool) -> None:
    found = outcome(is_under_act=under, is_void=void, has_ended=ended, is_death=death)
    assert (found == Outcome.DIED) == death
    assert (found == Outcome.RELEASED) == (under and ended and not death)
    assert (found == Outcome.VOID) == (void and not (under and ended) and not death)
    assert (found == Outcome.HELD) == (not ended and not void and not death)
