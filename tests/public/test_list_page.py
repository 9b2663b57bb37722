"""The list of people."""

import re
from datetime import date
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client

from counts.ledger import settle
from counts.listing import Listing
from prisoners.models import Prisoner, State
from public.views import listing as view
from releases.models import Release
from tests.factories import make_arrest, make_prisoner, recognise
from tests.public.worlds import make_case

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def rows(query: str = "") -> list[view.Row]:
    settle()
    return view.rows_of(Listing(QueryDict(query), today=TODAY))


def page(client: Client, query: str = "") -> str:
    settle()
    return client.get(f"/prisoners/?{query}").content.decode()


def names(html: str) -> list[str]:
    return re.findall(r'<h2><a href="/prisoners/.*?/"><bdi .*?>(.*?)</bdi>', html)


def test_row_tells_who_where_why_and_who_recognises() -> None:
    make_case()
    [row] = rows()
    assert row.face.name is not None
    assert row.face.native is not None
    assert row.standing is not None
    assert (row.face.name.text, row.face.native.text) == ("Taras Vymyšleny", "Тарас Вымышлены")
    assert (row.age, row.place, row.article, row.organisations) == ("38 years old", "Invented Square", "CC 342(1)", ["Monitor"])
    assert (row.standing.kind, row.standing.length, row.is_certain) == ("held", "5 years, 9 months", True)


def test_row_of_a_place_not_on_record_names_the_region_or_the_country() -> None:
    make_arrest(began="2021-01-01", region="BY-BR")
    make_arrest(began="2020-01-01")
    assert [row.place for row in rows()] == ["Brest region", "Belarus"]


def test_row_of_the_dead_has_no_age() -> None:
    person = make_prisoner(born="1961", died="2024-05-07")
    make_arrest(person)
    assert [row.age for row in rows()] == [""]


def test_recognition_withdrawn_is_not_told_as_one() -> None:
    arrest = make_arrest()
    recognise(arrest, by="watch", withdrawn_on="2022-01-01")
    recognise(arrest, by="monitor")
    assert [row.organisations for row in rows()] == [["Monitor"]]


def test_row_of_someone_released_and_arrested_again_says_held() -> None:
    person = make_prisoner()
    first = make_arrest(person, began="2020-08-09", ended="2020-09-01", region="BY-HM")
    make_arrest(person, began="2021-04-03", region="BY-MI")
    Release.objects.create(arrest=first, mechanism_id="pardon")
    [row] = rows("region=BY-HM")
    assert row.standing is not None
    assert (row.standing.kind, row.earlier_arrest) == ("held", first)


def test_row_on_a_day_of_the_past_stands_as_of_then() -> None:
    make_arrest(began="2020-08-09", ended="2022-01-01")
    [row] = rows("on=2021-08-09&status=held")
    assert row.standing is not None
    assert (row.standing.kind, row.standing.length) == ("held", "1 year")


def test_list_shows_exactly_those_who_are_published(client: Client) -> None:
    shown = make_case()
    for state in (State.DRAFT, State.IN_REVIEW, State.WITHDRAWN):
        make_arrest(make_prisoner(f"Hidden {state}", state=state))
    html = page(client)
    assert names(html) == ["Taras Vymyšleny"]
    assert set(re.findall(r"BY-[0-9A-Z]{6}", html)) == {shown.code}


def test_row_that_may_not_belong_says_so(client: Client) -> None:
    make_arrest(began="2020")
    words = "this person may or may not belong in this list"
    assert words in page(client, "arrested_from=2020-06-01")
    assert words not in page(client, "arrested_from=2020-01-01")


def test_search_and_chips_keep_the_rest_of_the_query(client: Client) -> None:
    make_case()
    html = page(client, "q=taras&gender=unknown&status=held&status=released")
    assert re.findall(r'<input type="hidden" name="(.*?)" value="(.*?)">', html) == [
        ("gender", "unknown"),
        ("status", "held"),
        ("status", "released"),
    ]
    chips = re.search(r'<ul class="chips".*?</ul>', html, re.S)
    assert chips is not None
    assert re.findall(r'href="(.*?)"', chips.group()) == [
        "?gender=unknown&amp;status=held&amp;status=released",
        "?q=taras&amp;status=held&amp;status=released",
        "?q=taras&amp;gender=unknown&amp;status=released",
        "?q=taras&amp;gender=unknown&amp;status=held",
    ]


def test_number_of_each_facet_is_the_number_of_rows_it_leads_to(client: Client) -> None:
    make_case(arrests=2)
    make_case(gender="female")
    make_arrest(began="2020", region="BY-BR")
    options = re.findall(r'<li><a href="\?(.*?)"><span>.*?</span><span class="soft">(\d+)</span>', page(client))
    assert len(options) > 10
    for query, number in options:
        assert (query, len(names(page(client, query.replace("&amp;", "&"))))) == (query, int(number))


def test_what_was_searched_is_escaped(client: Client) -> None:
    html = page(client, "q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("status=gone", "status=gone"),
        ("known=2024-01-01", "known=2024-01-01"),
        ("colour=red", "colour=red"),
        ("on=2026-13-01", "on=2026-13-01"),
        ("page=2", "page=2"),
        ("page=0", "page=0"),
    ],
)
def test_wrong_query_is_refused_with_what_is_wrong(client: Client, query: str, parameter: str) -> None:
    make_case()
    response = client.get(f"/prisoners/?{query}")
    assert response.status_code == 400
    assert re.findall("<code>(.*?=.*?)</code>", response.content.decode()) == [parameter]


def test_pages_lead_to_one_another(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("counts.listing.PAGE_SIZE", 1)
    for day in ("2021-01-01", "2021-01-02", "2021-01-03"):
        make_arrest(began=day)
    settle()
    seen = [names(page(client, f"page={number}")) for number in (1, 2, 3)]
    assert sorted(name for each in seen for name in each) == sorted(p.names.get().text for p in Prisoner.objects.all())
    assert re.findall(r'<a href="\?(.*?)" rel="(.*?)">', page(client, "page=2")) == [("", "prev"), ("page=3", "next")]


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_number_of_queries_for_any_number_of_rows(
    client: Client, django_assert_num_queries, count: int
) -> None:
    for _number in range(count):
        make_case(arrests=2)
    settle()
    # savepoint, time limit, total and facets, rows, people, names, arrests, charges, recognitions, stays, all arrests
    # of the people, judgments, labels of six facets, savepoint, notice
    with django_assert_num_queries(20):
        client.get("/prisoners/")


def test_search_that_finds_nobody_offers_names_like_it(client: Client) -> None:
    make_arrest(make_prisoner("Siarhei Barysevich"))
    make_arrest(make_prisoner("Ihar Barysevich", visibility="initials"))
    settle()
    html = page(client, "q=Ihar+Barysevich")
    assert re.findall(r'<a href="\?(q=[^"]*)"><bdi>(.*?)</bdi>', html) == [("q=Siarhei+Barysevich", "Siarhei Barysevich")]
    assert "Did you mean one of these?" not in page(client, "q=Siarhei+Barysevich") + page(client, "q=Qwertz")


def test_page_says_what_was_not_looked_for(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("Ivan Kavalenka", "Иван Коваленко", "Ivan Kovalenko"):
        make_arrest(make_prisoner(name))
    settle()
    said = {
        "x": "Too little to search for: type two letters of a name or more, or a whole code.",
        "Ivan Kavalenka": "So many people are called this that only names which sound the same were looked for",
        "Ivan Kavalenkau": "Nobody is called just this. Of the many names near it, the nearest were compared.",
    }
    monkeypatch.setattr("prisoners.finding.MOST_SEARCHED", 2)
    pages = {text: page(client, urlencode({"q": text})) for text in [*said, "Taras"]}
    assert {(text, words) for text, html in pages.items() for words in said.values() if words in html} == set(said.items())


def test_orders_of_a_search_begin_with_the_best_matches(client: Client) -> None:
    make_arrest(make_prisoner("Taras Zubko"))
    assert "best matches first" in page(client, "q=taras").lower()
    assert "best matches first" not in page(client, "").lower()
