"""A series on the page of counts: its table, and from each number to exactly its people, now and of the past."""

import re
from html import unescape

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from counts.answering import answer
from counts.ledger import settle
from counts.listing import Listing
from counts.models import Revision
from counts.past_people import PastPeople
from prisoners.models import Facility
from public import series_table as module
from public.count_links import people_of, what_changed
from public.series_table import series_table
from releases.models import Release
from tests.factories import make_arrest, make_prisoner, recognise

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> int:
    """Arrests and releases of some months, with uncertain days, two arrests of one person and one only counted; a revision
    after which all are told as before, and one more was arrested."""
    twice = make_prisoner(gender="female")
    make_arrest(twice, began="2021-01-10", ended="2021-02-05", region="BY-HM")
    recognise(make_arrest(twice, began="2021-04-10", region="BY-BR"), made_on="2021-05-01")
    for began, ended in (("2021-01", "2021-03"), ("2021-02-03", None), ("2021-03-04", "2021-04-01"), ("2021", None)):
        arrest = make_arrest(make_prisoner(gender="male"), began=began, ended=ended, region="BY-HM")
        if ended:
            Release.objects.create(arrest=arrest, mechanism_id="pardon")
    make_arrest(make_prisoner(visibility="counted", gender="male"), began="2021-02-01")
    make_arrest(make_prisoner(visibility="initials", gender="male"), began="2021-02-01", region="BY-HM")
    settle()
    then = Revision.objects.latest("number").number
    make_arrest(make_prisoner(gender="male"), began="2021-02-01", region="BY-HM")
    settle()
    return then


def ask(query: str):
    return answer(QueryDict(query), today=localdate(), now=timezone.now())


def listed(address: str) -> tuple[int, int]:
    """How many people the list at an address has, certainly and possibly."""
    path, _mark, query = address.partition("?")
    if path == "/prisoners/":
        total = Listing(QueryDict(query), today=localdate()).total
    else:
        assert path == "/counts/people/"
        total = PastPeople(QueryDict(query), today=localdate(), now=timezone.now()).total
    return total.at_least, total.at_most


def people_counted(figures, only_counted) -> tuple[int, int]:
    return figures.at_least - only_counted.at_least, figures.at_most - only_counted.at_most


questions = st.fixed_dictionaries(
    {
        "measure": st.sampled_from(["held", "arrests", "releases", "ever"]),
        "step": st.sampled_from(["month", "quarter", "year"]),
        "recognised": st.sampled_from(["any", "then", "ever"]),
        "from": st.sampled_from(["2021-01-01", "2021-01-20"]),
        "to": st.sampled_from(["2021-05-20", "2022-02-28"]),
    },
    optional={
        "by": st.sampled_from(["gender", "region", "age", "status", "mechanism"]),
        "gender": st.sampled_from(["male", "female"]),
        "known": st.none(),
    },
)


@settings(max_examples=60, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=questions)
def test_each_number_of_a_series_leads_to_as_many_people(world: int, question: dict) -> None:
    if "known" in question:
        question["known"] = world
    query = QueryDict("&".join(f"{name}={value}" for name, value in question.items()))
    asked = answer(query, today=localdate(), now=timezone.now())
    for group in (None, *asked.groups):
        for point in asked.series if group is None else group.series:
            address = people_of(asked, group, point)
            if address:
                assert (address, listed(address)) == (address, people_counted(point.figures, point.only_counted))
        figures, only_counted = (asked.total, asked.only_counted) if group is None else (group.figures, group.only_counted)
        if address := people_of(asked, group):
            assert (address, listed(address)) == (address, people_counted(figures, only_counted))


def test_numbers_added_up_and_beside_lead_to_their_people(world: int) -> None:
    common = "from=2021-01-01&to=2021-05-20&step=month&recognised=any"
    added = ask(f"measure=arrests&cumulative=1&{common}")
    for point in added.series:
        assert listed(people_of(added, None, point)) == people_counted(point.figures, point.only_counted)
    beside = ask(f"measure=held&beside=arrests&beside=releases&{common}")
    table = series_table(beside)
    assert table is not None
    assert table.columns == ["held", "arrested", "released"]
    for column, course in enumerate([beside.series, *(other.series for other in beside.beside)]):
        for row, point in zip(table.rows, course, strict=True):
            cell = row.cells[column]
            counted = people_counted(point.figures, point.only_counted)
            assert (listed(cell.people) if cell.people else (0, 0)) == counted


def test_series_is_a_table_of_its_periods(client: Client, world: int) -> None:
    html = client.get("/counts/?measure=held&recognised=any&from=2021-01-01&to=2021-03-15&step=month").content.decode()
    [table] = re.findall('<section aria-labelledby="series">(.*?)</section>', html, re.S)
    rows = [re.sub("<[^>]+>", "|", row) for row in re.findall("<tr>(.*?)</tr>", table)]
    assert [[cell for cell in row.split("|") if cell] for row in rows] == [
        ["Period", "Held"],
        ["January 2021", "2–5"],
        ["February 2021", "3–6"],
        ["March 2021 (to 15 March 2021)", "3–7"],
        ["The last day", "3–7"],
    ]
    assert "On the last day of each month, from 1 January 2021 to 15 March 2021." in html


def test_long_series_is_cut_on_the_page_and_says_so(client: Client, world: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CELLS_AT_MOST", 12)
    table = series_table(ask("measure=held&recognised=any&by=region&from=2021-01-01&to=2021-12-31&step=month"))
    assert table is not None
    assert ([row.title for row in table.rows], table.is_cut) == (
        ["September 2021", "October 2021", "November 2021", "December 2021"],
        True,
    )


def test_past_number_says_when_it_was_known_and_leads_to_what_changed(client: Client, world: int) -> None:
    for query in ("measure=held&on=2021-02-10&recognised=any", "measure=arrests&from=2021-01-01&to=2021-05-01&recognised=any"):
        html = client.get(f"/counts/?{query}&known={world}&gender=male").content.decode()
        assert f"(revision {world})" in html
        [link] = re.findall('<a href="([^"]*)">What has changed since', html)
        changed = client.get(unescape(link))
        assert changed.status_code == 200
        assert (f"(revision {world})" in changed.content.decode(), "orrected upwards" in changed.content.decode()) == (
            True,
            True,
        )
        [today] = re.findall('<a href="([^"]*)">The same, as known today', html)
        assert "What has changed since" not in client.get(unescape(today)).content.decode()


def test_what_changed_is_asked_of_the_same_days_and_people(world: int) -> None:
    asked = ask(f"measure=held&on=2021-02-10&unit=arrests&by=region&gender=male&gender=female&recognised=any&known={world}")
    path, _mark, query = what_changed(asked).partition("?")
    assert path == "/counts/changes/"
    assert dict(QueryDict(query).lists()) == {
        "measure": ["held"],
        "unit": ["arrests"],
        "recognised": ["any"],
        "known_from": [str(world)],
        "from": ["2021-02-10"],
        "to": ["2021-02-10"],
        "gender": ["male", "female"],
    }


@pytest.mark.parametrize("is_taken", [True, False])
def test_cited_number_of_a_record_renamed_since_leads_to_nobody_else(client: Client, is_taken: bool) -> None:
    colony = Facility.objects.create(slug="colony", name="Colony", country="BY")
    make_arrest(began="2021-01-01", region="BY-HM").stays.create(facility=colony, began="2021-01-02")
    settle()
    cited = ask("measure=held&from=2021-02-01&to=2021-03-31&step=month&recognised=any&facility=colony&by=region").cited_query
    Facility.objects.update(slug="renamed")
    other = Facility.objects.create(slug="colony" if is_taken else "other", name="Another", country="BY")
    make_arrest(began="2021-01-01").stays.create(facility=other, began="2021-01-02")
    settle()
    html = client.get(f"/counts/?{cited}").content.decode()
    answered, _form = html.split("<footer")
    assert re.findall('href="(/prisoners/.*?|/counts/people/.*?|/counts/changes/.*?)"', answered.partition("<main")[2]) == []
    assert "at least 1 person, of those selected (Facility: colony), was held" in html
    assert "has another name since" in html


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("measure=arrests&from=2021-01-01&to=2021-06-30", ["quarter 1 of 2021", "quarter 2 of 2021"]),
        (
            "measure=arrests&from=2021-02-01&to=2021-05-20",
            ["quarter 1 of 2021 (from 1 February 2021)", "quarter 2 of 2021 (to 20 May 2021)"],
        ),
        ("measure=arrests&from=2021-02-01&to=2021-03-20", ["quarter 1 of 2021 (1 February 2021 to 20 March 2021)"]),
        ("measure=held&from=2021-02-01&to=2021-05-20", ["quarter 1 of 2021", "quarter 2 of 2021 (to 20 May 2021)"]),
        ("measure=held&beside=arrests&from=2021-02-01&to=2021-03-31", ["quarter 1 of 2021 (from 1 February 2021)"]),
    ],
)
def test_period_that_was_asked_in_part_says_so(world: int, query: str, titles: list[str]) -> None:
    table = series_table(ask(f"{query}&step=quarter&recognised=any"))
    assert table is not None
    assert [row.title for row in table.rows] == titles
