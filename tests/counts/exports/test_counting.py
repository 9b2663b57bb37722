"""The rows of a file of a count are the numbers of its answer."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone

from counts.answering import answer
from counts.exports.counting import COUNT_COLUMNS, count_rows
from counts.ledger import settle
from prisoners.models import Visibility
from releases.models import Release
from tests.factories import make_arrest, make_prisoner

pytestmark = pytest.mark.django_db
TODAY = date(2022, 6, 30)


@pytest.fixture
def world() -> None:
    make_arrest(began="2021-01-10", region="BY-HM")
    make_arrest(make_prisoner(visibility=Visibility.COUNTED), began="2021-02-10")
    arrest = make_arrest(began="2021", ended="2021-12-20", region="BY-BR")
    Release.objects.create(arrest=arrest, mechanism_id="pardon")
    settle()


def asked(query: str) -> Any:
    return answer(QueryDict(f"recognised=any&{query}"), today=TODAY, now=timezone.now())


@pytest.mark.parametrize(
    "query",
    [
        "measure=held&on=2021-06-01&by=region",
        "measure=arrests&from=2021-01-01&to=2021-12-31",
        "measure=held&from=2021-01-01&to=2021-12-31&step=quarter&by=region",
        "measure=arrests&from=2021-01-01&to=2021-12-31&step=month&cumulative=1",
        "measure=arrests&from=2021-01-01&to=2021-12-31&step=month&beside=releases",
    ],
)
def test_rows_are_the_numbers_of_the_answer(world, query: str) -> None:
    counted = asked(query)
    told = counted.as_dict(url="", text="")
    rows = [
        (row["measure"], row.get("period"), row["key"], row["at_least"], row["at_most"])
        for row in count_rows(counted, url="https://held.example/")
        if not row["label"].startswith("not broken down")
    ]
    assert rows == expected(told)


def expected(told: dict[str, Any]) -> list[tuple]:
    measure, groups = told["measure"], told.get("groups", [])
    found = [(measure, None, None, told["total"]), *((measure, None, group["key"], group) for group in groups)]
    for beside in (told, *told.get("beside", [])):
        found += [(beside["measure"], point["period"], None, point) for point in beside.get("series", [])]
    for group in groups:
        found += [(measure, point["period"], group["key"], point) for point in group.get("series", [])]
    return [(*names, figures["at_least"], figures["at_most"]) for *names, figures in found]


def test_points_say_which_days_they_count(world) -> None:
    days = {
        query: [(row["from"], row["to"], row["on"]) for row in count_rows(asked(query), url="") if row.get("period")][1]
        for query in (
            "measure=held&from=2021-01-01&to=2021-12-31&step=quarter",
            "measure=arrests&from=2021-01-01&to=2021-12-31&step=quarter",
            "measure=arrests&from=2021-01-01&to=2021-12-31&step=quarter&cumulative=1",
        )
    }
    assert list(days.values()) == [
        (None, None, "2021-06-30"),
        ("2021-04-01", "2021-06-30", None),
        ("2021-01-01", "2021-06-30", None),
    ]


def test_only_people_held_are_said_not_to_be_confirmed(world) -> None:
    [total, *groups] = count_rows(asked("measure=held&on=2022-06-01&by=region"), url="")
    assert (total["not_confirmed"], {row["not_confirmed"] for row in groups}) == (1, {None})
    assert count_rows(asked("measure=ever"), url="")[0]["not_confirmed"] is None


def test_every_value_has_a_column(world) -> None:
    rows = count_rows(asked("measure=held&from=2021-01-01&to=2021-12-31&step=year&by=region"), url="")
    assert set().union(*rows) == {column.name for column in COUNT_COLUMNS}
