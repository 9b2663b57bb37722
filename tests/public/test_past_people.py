"""The people of a number of the past: as they are published today, and nobody else."""

import re
from datetime import date

import pytest
from django.test import Client

from counts.ledger import settle
from counts.models import Revision
from prisoners.models import Arrest, Name, Prisoner, State, Visibility
from tests.factories import as_operator, make_arrest, make_prisoner, recognise
from tests.public import canaries
from tests.public.canaries import CANARY, Hidden
from tests.public.worlds import make_case, make_wave

pytestmark = pytest.mark.django_db
HELD = "measure=held&on=2022-01-01&recognised=any"


def revision() -> int:
    """The newest revision."""
    settle()
    return Revision.objects.latest("number").number


def change(person: Prisoner, **fields) -> None:
    with as_operator():
        for name, value in fields.items():
            setattr(person, name, value)
        person.save()
    settle()


def page(client: Client, query: str) -> str:
    response = client.get(f"/counts/people/?{query}")
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def names(html: str) -> list[str]:
    return re.findall(r'<h2><a href="/prisoners/.*?/"><bdi .*?>(.*?)</bdi>', html)


def told(html: str) -> list[str]:
    """What the page says of how many there are."""
    [words] = re.findall('<p class="lead total">(.*?)</p>', html)
    return re.sub(r"<[^>]+>", "", words).split(". ")


@pytest.fixture
def people() -> list[Prisoner]:
    """Three women held since 2020, in the order of the list."""
    return [
        make_arrest(make_prisoner(f"Alena {letter}", gender="female"), began=f"2020-08-0{day}").prisoner
        for letter, day in (("Third", 9), ("Second", 8), ("First", 7))
    ]


def test_past_number_leads_to_its_people_as_they_are_published_today(client: Client, people) -> None:
    then = revision()
    Name.objects.filter(prisoner=people[0]).update(text="Alena Renamed")
    change(people[1], gender="male")
    make_arrest(make_prisoner("Somebody Later", gender="female"), began="2020-08-01")
    settle()
    html = client.get(f"/counts/?{HELD}&gender=female&known={then}").content.decode()
    [link] = set(re.findall(r'href="(/counts/people/\?.*?)"', html))
    listed = page(client, link.replace("&amp;", "&").partition("?")[2])
    assert names(listed) == ["Alena Renamed", "Alena Second", "Alena First"]
    assert told(listed) == ["3 of these people have a page today."]


def test_past_number_says_how_many_of_its_people_have_no_page_today(client: Client, people) -> None:
    then = revision()
    change(people[0], state=State.WITHDRAWN)
    html = page(client, f"{HELD}&known={then}")
    assert names(html) == ["Alena Second", "Alena First"]
    assert told(html) == ["2 of these people have a page today", "Not in this list: 1 of 3."]


LESS_TOLD = {
    "withdrawn": {"state": State.WITHDRAWN},
    "embargoed": {"embargo_until": date(2999, 1, 1)},
    "initials": {"visibility": Visibility.INITIALS},
    "counted": {"visibility": Visibility.COUNTED},
    "internal": {"visibility": Visibility.INTERNAL},
}


@pytest.mark.parametrize("fields", LESS_TOLD.values(), ids=LESS_TOLD)
@pytest.mark.parametrize("narrowing", ["", "gender=female", "arrested_from=2020-08-09", "region=BY-HM"])
def test_whoever_is_told_less_of_now_is_in_no_list_of_the_past_however_it_is_asked(
    client: Client, people, fields, narrowing: str
) -> None:
    Arrest.objects.filter(prisoner=people[0]).update(region="BY-HM")
    then = revision()
    [cited] = re.findall(r"known=[^&]*", client.get(f"/counts.json?{HELD}&{narrowing}").json()["cite"]["url"])
    change(people[0], **fields)
    question = f"{HELD}&{narrowing}"
    assert "." in cited
    sealed, asked = (names(page(client, f"{question}&{known}")) for known in (cited, f"known={then}"))
    expected = [] if "=2020" in narrowing or "HM" in narrowing else ["Alena Second", "Alena First"]
    assert (sealed, asked) == (expected, expected)


def test_seal_opens_no_list_and_neither_does_a_wrong_one(client: Client, people) -> None:
    then = revision()
    for known in (f"{then}.{'A' * 22}", f"1-{then}.{'A' * 22}"):
        assert names(page(client, f"{HELD}&known={known}")) == names(page(client, f"{HELD}&known={known[0]}"))


def test_somebody_only_counted_then_and_named_now_is_told_as_not_listed(client: Client, people) -> None:
    change(people[0], visibility=Visibility.COUNTED)
    then = revision()
    change(people[0], visibility=Visibility.NAMED)
    html = page(client, f"{HELD}&known={then}")
    assert names(html) == ["Alena Second", "Alena First"]
    assert told(html)[1] == "Not in this list: 1 of 3."


def test_somebody_with_initials_then_and_a_name_now_is_named(client: Client, people) -> None:
    change(people[0], visibility=Visibility.INITIALS)
    then = revision()
    change(people[0], visibility=Visibility.NAMED)
    # Where she stood then, among those known by years: behind the days.
    assert names(page(client, f"{HELD}&known={then}")) == ["Alena Second", "Alena First", "Alena Third"]


def test_arrest_given_to_somebody_else_since_is_shown_at_whoever_has_it(client: Client, people) -> None:
    then = revision()
    other = make_prisoner("Whole Name")
    with as_operator():
        Arrest.objects.filter(prisoner=people[0]).update(prisoner=other)
        people[0].delete()
    settle()
    assert names(page(client, f"{HELD}&known={then}")) == ["Whole Name", "Alena Second", "Alena First"]


MOVED = "Since then arrests were moved from one person’s record to another’s"


def test_person_who_has_been_given_a_second_counted_arrest_is_one_row(client: Client, people) -> None:
    other = make_arrest(make_prisoner("Same Person"), began="2019-01-01", ended="2019-06-01").prisoner
    then = revision()
    ever = "measure=ever&on=2022-01-01&recognised=any"
    with as_operator():
        Arrest.objects.filter(prisoner=other).update(prisoner=people[1])
        other.delete()
    settle()
    html = page(client, f"{ever}&known={then}")
    assert names(html) == ["Alena Third", "Alena Second", "Alena First"]
    assert told(html) == ["3 of these people have a page today."]
    assert re.findall(f"{MOVED}.*Counted by these arrests: (.*?)\\.", html) == ["4"]


def test_person_one_of_whose_counted_arrests_was_given_away_stays_in_the_list(client: Client) -> None:
    first, second = make_prisoner("Kept One"), make_prisoner("Was Given One")
    make_arrest(first, began="2019-01-01", ended="2019-06-01")
    given_away = make_arrest(first, began="2021-01-01")
    then = revision()
    with as_operator():
        Arrest.objects.filter(pk=given_away.pk).update(prisoner=second)
    settle()
    html = page(client, f"measure=ever&on=2022-01-01&recognised=any&known={then}")
    assert names(html) == ["Was Given One", "Kept One"]
    assert told(html) == ["2 of these people have a page today."]
    assert re.findall(f"{MOVED}.*Counted by these arrests: (.*?)\\.", html) == ["1"]
    assert MOVED not in page(client, "measure=ever&on=2022-01-01&recognised=any")


def test_arrest_given_to_somebody_withdrawn_is_in_no_list(client: Client, people) -> None:
    then = revision()
    hidden = make_prisoner("Withdrawn Name", state=State.WITHDRAWN)
    with as_operator():
        Arrest.objects.filter(prisoner=people[0]).update(prisoner=hidden)
        people[0].delete()
    settle()
    assert names(page(client, f"{HELD}&known={then}")) == ["Alena Second", "Alena First"]


def test_person_of_two_arrests_is_one_row_for_the_latest_that_matches(client: Client) -> None:
    person = make_prisoner("Arrested Twice")
    make_arrest(person, began="2020-01-01", ended="2020-02-01")
    make_arrest(person, began="2021-01-01")
    then = revision()
    ever = f"measure=ever&on=2022-01-01&recognised=any&known={then}"
    assert names(page(client, ever)) == ["Arrested Twice"]
    assert names(page(client, f"{ever}&unit=arrests")) == ["Arrested Twice"]


def test_row_says_where_the_dates_known_then_leave_it_open(client: Client) -> None:
    make_arrest(began="2022")
    then = revision()
    Arrest.objects.update(began="2021-01-01")
    settle()
    words = "may or may not belong"
    assert (words in page(client, f"{HELD}&known={then}"), words in page(client, HELD)) == (True, False)


def test_people_of_the_past_come_in_pages(client: Client, people, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("counts.past_people.PAGE_SIZE", 1)
    then = revision()
    seen = [names(page(client, f"{HELD}&known={then}&page={number}")) for number in (1, 2, 3)]
    assert seen == [["Alena Third"], ["Alena Second"], ["Alena First"]]
    links = re.findall(r'<a href="\?(.*?)" rel="(.*?)">', page(client, f"{HELD}&known={then}&page=2"))
    query = f"{HELD}&known={then}".replace("&", "&amp;")
    assert links == [(query, "prev"), (f"{query}&amp;page=3", "next")]


@pytest.mark.parametrize(
    "wrong",
    ["by=region", "page=0", "page=3", "sort=name", "q=alena&known=1", "known=99", "known=1&known=2", "known=x", "region=X"],
)
def test_list_that_cant_be_made_is_refused(client: Client, people, wrong: str) -> None:
    revision()
    change(people[0], gender="male")
    response = client.get(f"/counts/people/?{HELD}&{wrong}")
    assert response.status_code == 400
    assert re.findall("<p><code>(.*?)=", response.content.decode()) == [wrong.partition("=")[0]]


PAST = [
    "measure=ever&on=2026-01-01&recognised=any",
    "measure=held&on=2020-12-31&recognised=any&gender=unknown",
    "measure=ever&on=2026-01-01&recognised=any&region=BY-HM",
    "measure=ever&on=2026-01-01&recognised=any&country=BY",
    "measure=ever&on=2026-01-01&recognised=any&arrested_from=2020-01-01",
    "measure=ever&on=2026-01-01&recognised=any&treatment=none",
    "measure=ever&on=2026-01-01&recognised=any&age_min=18",
    "measure=releases&from=2020-01-01&to=2026-01-01&recognised=any",
    "measure=ever&on=2026-01-01&recognised=ever&status=released&status=died",
]


def test_lists_of_the_past_hold_nothing_of_whoever_was_named_then_and_is_hidden_now(client: Client) -> None:
    """By equality: each list is the one in which these people aren't."""
    make_case(arrests=2)
    make_wave()
    revision()
    without = {query: names(page(client, query)) for query in PAST}
    people = named_world_beside()
    then = revision()
    asked = {query: f"{query}&known={then}" for query in PAST}
    sealed = {query: client.get(f"/counts.json?{query}").json()["cite"]["url"].partition("?")[2] for query in PAST}
    assert any(len(names(page(client, asked[query]))) > len(without[query]) for query in PAST)
    for person, fields in zip(people, LESS_TOLD.values(), strict=True):
        change(Prisoner.objects.get(code=person.code), **fields)
    for queries in (asked, sealed):
        pages = {query: page(client, queries[query]) for query in PAST}
        assert {query: names(html) for query, html in pages.items()} == without
        assert [query for query, html in pages.items() if CANARY in html.upper() or "BY-CANA" in html] == []


def named_world_beside() -> list[Hidden]:
    """People with a canary in every field, all of them named, one for each way in which they will be hidden."""
    terms = canaries.terms()
    people = [Hidden("named", f"BY-CANA{number}0", dict(terms)) for number in range(len(LESS_TOLD))]
    for person in people:
        person.make_all()
    return people


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_the_past_takes_the_same_number_of_queries_for_any_number_of_rows(
    client: Client, django_assert_num_queries, count: int
) -> None:
    for _number in range(count):
        recognise(make_arrest())
    then = revision()
    change(make_arrest().prisoner, gender="male")
    with django_assert_num_queries(22):
        client.get(f"/counts/people/?measure=held&known={then}")
