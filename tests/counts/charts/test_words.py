"""Numbers, texts and what is said to whoever doesn't see a chart."""

import itertools
from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from counts.charts import ticks
from counts.charts.data import Bar, Mark
from counts.charts.drawing import alternative
from counts.charts.limits import BARS_AT_MOST, limited, pooled
from counts.charts.lines import apart
from counts.charts.measure import width, wrapped
from counts.charts.words import clean, number
from tests.counts.charts.worlds import bars, lines, months, single


@pytest.mark.parametrize(
    ("language", "text"), [("en", "1,234,567"), ("be", "1\xa0234\xa0567"), ("ru", "1\xa0234\xa0567"), ("fa", "۱٬۲۳۴٬۵۶۷")]
)
def test_number_is_written_as_its_language_does(language: str, text: str) -> None:
    with override(language):
        assert number(1_234_567) == text


def test_alternative_of_a_line_says_first_last_highest_lowest_and_events() -> None:
    bounds = [(3, 4), (9, 12), (1, 1), (5, 6)]
    chart = lines(months(4, lambda month: bounds[month]), marks=(Mark(date(2020, 2, 3), "3 February 2020: talks"),))
    assert alternative(chart) == (
        "People held. First 3 to 4 (January 2020); last 5 to 6 (April 2020); highest 9 to 12 (February 2020); "
        "lowest 1 (March 2020). Events: 3 February 2020: talks. Counted in people."
    )


def test_alternative_of_several_lines_names_each() -> None:
    assert alternative(lines(months(1, lambda _: (2, 2)), [], labels=["Minsk", "Brest"])) == (
        "People held. Minsk: One period: 2 (January 2020). Brest: No period. Counted in people."
    )


def test_alternative_of_bars_gives_the_three_largest_and_how_many_there_are() -> None:
    chart = bars(("a", 1, 1), ("b", 9, 10), ("c", 5, 5), ("d", 1430, 1437), notes=("A note",))
    assert alternative(chart) == (
        "People held. Bars of 4 groups. Largest: d, 1,430 to 1,437; b, 9 to 10; c, 5. Counted in people. A note."
    )


def test_alternative_of_one_number_gives_its_range_and_says_that_people_are_fictional() -> None:
    chart = single(1430, 1437, demonstration="Fictional people")
    assert alternative(chart) == "People held. Figure: 1,430 to 1,437. Counted in people. Fictional people."


def test_bars_beyond_the_limit_are_one_bar_that_adds_them_up() -> None:
    shown, notes = pooled([Bar(str(n), n, 2 * n) for n in range(40, 0, -1)], may_be_added=True)
    assert (len(shown), shown[-1]) == (BARS_AT_MOST, Bar("11 other groups together", 66, 132))
    assert notes == ("The last groups of the breakdown are drawn as one bar.",)


def test_overlapping_bars_beyond_the_limit_are_told_and_not_added() -> None:
    shown, notes = pooled([Bar(str(n), n, 2 * n) for n in range(40, 0, -1)], may_be_added=False)
    assert [bar.at_least for bar in shown] == list(range(40, 11, -1))
    assert notes == ("11 more groups aren’t drawn; the largest of them has at most 22.",)


@pytest.mark.parametrize("may_be_added", [True, False])
def test_bars_within_the_limit_all_stay(may_be_added: bool) -> None:
    given_bars = tuple(Bar(str(n), n, n) for n in range(BARS_AT_MOST))
    assert pooled(given_bars, may_be_added=may_be_added) == (given_bars, ())


def test_lines_points_and_events_beyond_the_limit_are_told() -> None:
    courses = [months(250, lambda _month, n=n: (n, n)) for n in range(8)]
    marks = tuple(Mark(date(2030, 1, day), str(day)) for day in range(20, 1, -1))
    shown = limited(lines(*courses, marks=marks, notes=("Last.",)))
    assert [line.label for line in shown.series] == list("cdefgh")
    assert {len(line.points) for line in shown.series} == {240}
    assert shown.series[0].points[-1] == courses[2][-1]
    assert [mark.day.day for mark in shown.marks] == list(range(13, 21))
    assert shown.notes == (
        "Only the 6 largest of 8 groups are drawn.",
        "Only the last 240 of 250 periods are drawn.",
        "8 of 19 events are marked.",
        "Last.",
    )


def test_event_outside_the_time_drawn_is_not_marked() -> None:
    marks = (Mark(date(2019, 12, 31), "before"), Mark(date(2020, 1, 1), "first"), Mark(date(2020, 4, 1), "after"))
    assert [mark.label for mark in limited(lines(months(3), marks=marks)).marks] == ["first"]


@given(st.integers(0, 10**9))
def test_value_ticks_are_few_whole_and_reach_the_highest(highest: int) -> None:
    found = ticks.of_values(highest)
    assert found[0] == 0
    assert found[-1] >= highest
    assert 2 <= len(found) <= 6
    assert {b - a for a, b in itertools.pairwise(found)} == {found[1]}


@given(st.dates(), st.dates(), st.integers(2, 12))
def test_time_ticks_lie_within_the_days_and_are_few(one: date, other: date, at_most: int) -> None:
    first, last = sorted([one, other])
    found = [day for day, _label in ticks.of_days(first, last, at_most)]
    assert all(first <= day <= last for day in found)
    assert found == sorted(set(found))
    assert len(found) <= max(2, at_most * 3 // 2)


@given(st.lists(st.floats(0, 260), max_size=6))
def test_labels_are_moved_apart_and_stay_in_the_plot(wanted: list[float]) -> None:
    places = sorted(apart(wanted, 17, 260))
    assert all(b - a >= 17 - 1e-6 for a, b in itertools.pairwise(places))
    assert all(-1e-6 <= place <= 260 + 1e-6 for place in places)


@given(st.text(max_size=300), st.integers(1, 4))
def test_wrapped_lines_fit_and_lose_nothing_unsaid(text: str, most: int) -> None:
    found = wrapped(text, 12, 150, lines=most)
    assert len(found) <= most
    assert all(width(line, 12) <= 150 for line in found)
    whole, kept = "".join(text.split()), "".join("".join(found).split())
    assert kept == whole or (kept.endswith("…") and whole.startswith(kept[:-1]))


@given(st.text())
def test_clean_text_turns_nothing_round_and_fits_xml(text: str) -> None:
    found = clean(text)
    assert not set(found) & set("\x00\x08\x1b\x7f\u202e\u202a\u2066\u2069\u200f\ufffe\uffff\n")
    assert clean(found) == found


def test_clean_text_keeps_what_persian_needs() -> None:
    assert clean("می\u200cکند\u202e \x00 x") == "می\u200cکند x"


@pytest.mark.parametrize("is_bold", [False, True])
def test_lines_are_reckoned_as_wide_as_the_widest_common_letters(is_bold: bool) -> None:
    """An address, and the sentence that every picture of the demonstration begins with; in hundredths, of DejaVu Sans."""
    address = "127.0.0.1:8072/counts/?measure=arrests&from=2020-08-01&step=quarter"
    assert width(address, 100, bold=is_bold) >= {False: 3810, True: 4250}[is_bold]
