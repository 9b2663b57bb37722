"""Which chart an answer with a step becomes."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from counts.charts.data import Kind, Point, Series
from counts.charts.from_answer import _cut_short, _drawn, name
from counts.measures import MEASURES
from counts.tally import Figures

MAY = SimpleNamespace(period="2020-05", first=date(2020, 5, 1), last=date(2020, 5, 31), figures=Figures(3, 4))
DRAWN = (Point("May 2020", date(2020, 5, 1), date(2020, 5, 31), 3, 4),)


def answered(measure: str, **fields: Any) -> Any:
    own = {"by": None, "groups": [], "series": [MAY], "beside": [], "step": "month", "is_cumulative": False}
    return SimpleNamespace(measure=MEASURES[measure], **{**own, **fields})


def beside(measure: str) -> Any:
    return SimpleNamespace(measure=MEASURES[measure], series=[MAY])


def test_series_is_a_line() -> None:
    assert _drawn(answered("held")) == (Kind.LINES, (Series("held", DRAWN),), (), ())


def test_series_of_groups_is_a_line_each() -> None:
    groups = [SimpleNamespace(label=label, series=[MAY]) for label in ("Minsk", "Brest")]
    kind, series, _bars, _notes = _drawn(answered("held", by="region", groups=groups))
    assert (kind, series) == (Kind.LINES, (Series("Minsk", DRAWN), Series("Brest", DRAWN)))


@pytest.mark.parametrize(
    ("measure", "others", "is_cumulative", "kind"),
    [
        ("arrests", ["releases"], False, Kind.MIRROR),
        ("arrests", ["releases"], True, Kind.LINES),
        ("arrests", ["releases", "deaths"], False, Kind.LINES),
        ("held", ["arrests"], False, Kind.LINES),
    ],
)
def test_two_flows_of_the_same_periods_are_mirrored(measure: str, others: list[str], is_cumulative: bool, kind: Kind) -> None:
    asked = answered(measure, beside=[beside(other) for other in others], is_cumulative=is_cumulative)
    assert _drawn(asked)[:2] == (kind, tuple(Series(str(MEASURES[own].title), DRAWN) for own in (measure, *others)))


@pytest.mark.parametrize(("step", "words"), [("month", "May 2020"), ("quarter", "quarter 2 of 2020"), ("year", "2020")])
def test_period_is_named_by_its_step(step: str, words: str) -> None:
    assert name(date(2020, 5, 1), step) == words


CUT = SimpleNamespace(period="2020-06", first=date(2020, 6, 1), last=date(2020, 6, 9), figures=Figures(0, 1))
LATE = SimpleNamespace(period="2020-04", first=date(2020, 4, 5), last=date(2020, 4, 30), figures=Figures(0, 1))
BEGINS, ENDS = "The first period begins only on 5 April 2020.", "The last period ends on 9 June 2020 already."


@pytest.mark.parametrize(
    ("measure", "others", "points", "is_cumulative", "notes"),
    [
        ("arrests", [], [MAY], False, []),
        ("arrests", [], [LATE, MAY, CUT], False, [BEGINS, ENDS]),
        ("held", ["arrests"], [LATE, MAY, CUT], False, [BEGINS, ENDS]),
        ("held", [], [LATE, MAY, CUT], False, []),
        ("arrests", [], [LATE, MAY, CUT], True, []),
    ],
)
def test_picture_says_which_periods_of_a_flow_were_asked_in_part(
    measure: str, others: list[str], points: list[Any], is_cumulative: bool, notes: list[str]
) -> None:
    asked = answered(measure, series=points, beside=[beside(other) for other in others], is_cumulative=is_cumulative)
    assert list(_cut_short(asked)) == notes
