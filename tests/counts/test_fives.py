"""People who are only counted show in breakdowns five at a time: no answer tells anything about fewer."""

from collections import Counter
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from counts.fives import FIVE, cells

VALUES = ("a", "b", "c", None)
people = st.lists(st.tuples(st.frozensets(st.sampled_from(VALUES), min_size=1, max_size=2), st.booleans()), max_size=40)
single = st.lists(st.tuples(st.sampled_from(VALUES), st.booleans()), max_size=40)


def of_one_value(each):
    return [(frozenset([value]), is_in) for value, is_in in each]


def everybody(each):
    return [(values, True) for values, _is_in in each]


def test_five_of_one_value_show_and_four_do_not():
    assert [cells([(["a"], True)] * number) for number in (4, 5, 9, 10)] == [{}, {"a": 5}, {"a": 5}, {"a": 10}]


def test_five_of_whom_one_is_not_in_the_answer_do_not_show():
    assert cells([(["a"], True)] * 4 + [(["a"], False)] + [(["a"], True)] * 5) == {"a": 5}


def test_people_of_one_value_wait_for_the_others_of_their_five():
    assert cells([(["a"], True)] * 4 + [(["b"], True)] * 2 + [(["a"], True)]) == {}


@given(people)
def test_each_cell_and_each_difference_is_a_multiple_of_five(each):
    shown = cells(each)
    assert [number for number in shown.values() if number <= 0 or number % FIVE] == []
    assert [(a, b) for a, b in combinations(shown.values(), 2) if (a - b) % FIVE] == []


@given(single)
def test_those_not_shown_of_everybody_in_full_fives_are_a_multiple_of_five_too(each):
    """What is missing from the cells is about values as well: it may not be a small number either."""
    full = len(each) - len(each) % FIVE
    assert (full - sum(cells(everybody(of_one_value(each))).values())) % FIVE == 0


@given(people)
def test_cells_never_hold_more_than_are_in_the_answer(each):
    having = Counter(value for values, is_in in each if is_in for value in values)
    assert [value for value, number in cells(each).items() if number > having[value]] == []


@given(people)
def test_more_people_in_the_answer_take_nobody_out_of_a_cell(each):
    fewer, more = cells(each), cells(everybody(each))
    assert [value for value, number in fewer.items() if number > more.get(value, 0)] == []


@given(people, st.data())
def test_answers_stay_the_same_whoever_of_a_five_has_which_values(each, data):
    """So whoever knows all answers, and each person's days from the totals, can't tell the people of one five apart."""
    start = FIVE * data.draw(st.integers(0, max(0, len(each) // FIVE - 1)))
    order = data.draw(st.permutations(range(len(each[start : start + FIVE]))))
    if len(order) < FIVE:
        return
    swapped = list(each)
    for place, other in enumerate(order):
        swapped[start + place] = (each[start + other][0], each[start + place][1])
    assert cells(swapped) == cells(each)


@given(people, st.frozensets(st.sampled_from(VALUES), min_size=1))
def test_whoever_comes_last_changes_nothing_until_their_five_is_full(each, values):
    """Who watches the site day by day sees a total grow by one, and nothing else until five have come."""
    after = [*each, (values, True)]
    if len(after) % FIVE:
        assert cells(after) == cells(each)
