"""People who are shown by their initials: the list, the case page and its JSON, search, order and acts of clemency."""

import itertools
import re
from datetime import date
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client

from counts.ledger import settle
from counts.listing import Listing
from prisoners.models import Prisoner, Visibility
from public import coarse_case
from releases.models import Release
from tests.factories import make_arrest, make_prisoner
from tests.public.worlds import make_case, make_wave

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def hidden() -> Prisoner:
    """Somebody with one of each thing on record, held since a day in 2021."""
    person = make_case(visibility=Visibility.INITIALS)
    settle()
    return person


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_page_tells_years_regions_and_articles(client: Client, hidden: Prisoner) -> None:
    html = client.get(hidden.get_absolute_url()).content.decode()
    [main] = re.findall(r"<main.*?</main>", html, re.S)
    [heading] = re.findall(r"<h1>(.*?)</h1>", main)
    assert heading == '<bdi lang="und" dir="ltr">T. V.</bdi>'
    assert re.findall(r"<dt>(.*?)</dt><dd.*?>(.*?)</dd>", main) == [
        ("Code", hidden.code),
        ("Country", "Belarus"),
        ("Born", "1988"),
        ("Occupation", "engineer"),
    ]
    assert [text_of(entry) for entry in re.findall(r"<li class=\"at-.*?</div>\s*</li>", main, re.S)] == [
        "2021 Arrested Minsk",
        "Charged CC 342(1) Group actions",
        "Solitary confinement",
        "Date unknown Recognised as a political prisoner by Monitor",
    ]
    assert "Held since 2021" in text_of(main)


def test_page_and_document_hold_no_day_no_month_and_no_name(client: Client, hidden: Prisoner) -> None:
    texts = [client.get(f"/prisoners/{hidden.code}{suffix}").content.decode() for suffix in ("/", ".json")]
    told = "\n".join(texts)
    secrets = ["Taras", "Vymy", "Тарас", "تاراس", "Invented", "Colony", "Thirty", "Source ", "PACE", "imprisonment", "1988-03"]
    secrets += ["2021-02", "February", "March 1988", "2026-01-01", "1 January", "HM-"]
    assert [secret for secret in secrets if secret in told] == []


def test_document_holds_exactly_the_documented_fields(client: Client, hidden: Prisoner) -> None:
    document = client.get(f"/prisoners/{hidden.code}.json").json()
    assert list(document) == list(coarse_case.FIELDS)
    assert (document["initials"], document["born"]) == (
        "T. V.",
        {"edtf": "1988", "earliest": "1988-01-01", "latest": "1988-12-31"},
    )
    assert document["arrests"] == [
        {
            "began": {"edtf": "2021", "earliest": "2021-01-01", "latest": "2021-12-31"},
            "ended": None,
            "country": "BY",
            "region": "BY-HM",
            "context": None,
            "articles": ["by-cc-342-1"],
            "treatments": ["solitary"],
            "recognitions": [{"organisation": "monitor", "made_on": None, "withdrawn_on": None}],
            "mechanism": None,
            "is_death": False,
        }
    ]


def test_row_of_the_list_tells_initials_year_and_region(client: Client, hidden: Prisoner) -> None:
    html = client.get("/prisoners/").content.decode()
    [row] = re.findall(r'<ol class="rows">(.*?)</ol>', html, re.S)
    assert text_of(row) == "T. V. Held since 2021 Minsk · 37 or 38 years old · CC 342(1) Recognised by Monitor"


def test_release_is_told_by_its_year(client: Client) -> None:
    person = make_prisoner(visibility=Visibility.INITIALS)
    arrest = make_arrest(person, began="2020-08-09", ended="2022-05-06")
    Release.objects.create(arrest=arrest, mechanism_id="pardon")
    settle()
    told = text_of(client.get(person.get_absolute_url()).content.decode())
    assert "Released in 2022: pardon" in told
    assert "2022 Released: pardon" in told


@pytest.mark.parametrize("asked", ["Taras", "Vymyšleny", "T. V.", "T.", "Тарас"])
def test_search_finds_nobody_by_a_hidden_name_or_initials(hidden: Prisoner, asked: str) -> None:
    assert Listing(QueryDict(urlencode({"q": asked})), today=TODAY).total.at_most == 0


def test_search_finds_nobody_by_the_code_of_somebody_without_a_name(client: Client, hidden: Prisoner) -> None:
    html = client.get(f"/prisoners/?q={hidden.code}").content.decode()
    assert "Nobody matches." in html
    assert client.get(hidden.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("narrowing", ["facility=colony-15", "facility=unknown", "pardon=act-1", "wave=late-summer"])
def test_place_and_act_of_somebody_without_a_name_are_not_told(narrowing: str) -> None:
    pardon = make_wave().pardons.get()
    make_case()
    person = make_case(visibility=Visibility.INITIALS)
    arrest = person.arrests.get()
    arrest.ended, arrest.last_confirmed_on = "2024-08-20", None
    arrest.save()
    Release.objects.create(arrest=arrest, mechanism_id="pardon", pardon=pardon)
    settle()
    found = Listing(QueryDict(narrowing), today=TODAY)
    is_unknown = narrowing == "facility=unknown"
    assert (person.pk in {row.prisoner.pk for row in found.rows}) is is_unknown


def test_act_of_clemency_names_and_numbers_named_people_alone(client: Client) -> None:
    pardon = make_wave().pardons.get()
    settle()
    before = client.get("/releases/late-summer/act-1/").content
    person = make_prisoner("Zmicier Schavany", visibility=Visibility.INITIALS)
    arrest = make_arrest(person, began="1999-09-01", ended="2024-08-20")
    Release.objects.create(arrest=arrest, mechanism_id="pardon", pardon=pardon)
    settle()
    assert client.get("/releases/late-summer/act-1/").content == before


@pytest.mark.parametrize("sort", ["name", "arrested", "-arrested"])
def test_order_of_a_list_tells_nothing_of_a_hidden_name_or_day(sort: str) -> None:
    """Whatever names and days of one year the hidden people have, the list stands in one order."""
    for name, began in (("Aaron", "2020-01-01"), ("Mikola", "2020-06-01"), ("Zmicier", "2020-12-31")):
        make_arrest(make_prisoner(name), began=began)
    people = [make_prisoner("Bazyl", visibility=Visibility.INITIALS, code=f"BY-00000{number}") for number in (3, 1, 2)]
    arrests = [make_arrest(person) for person in people]
    orders = set()
    for names, days in itertools.product(
        itertools.permutations(["Bazyl", "Janka", "Zoja"]), itertools.permutations(["2020-02-02", "2020-07-07", "2020-11-11"])
    ):
        for person, arrest, name, day in zip(people, arrests, names, days, strict=True):
            person.names.update(text=name)
            type(arrest).objects.filter(pk=arrest.pk).update(began=day)
        settle()
        rows = Listing(QueryDict(f"sort={sort}"), today=TODAY).rows
        orders.add(tuple(row.prisoner.code for row in rows))
    assert len(orders) == 1
    codes = [code for code in orders.pop() if code in {person.code for person in people}]
    assert codes == ["BY-000001", "BY-000002", "BY-000003"]


def test_person_without_initials_is_called_by_the_code(client: Client) -> None:
    person = make_prisoner("李 明", visibility=Visibility.INITIALS)
    make_arrest(person)
    settle()
    html = client.get(person.get_absolute_url()).content.decode()
    assert re.findall("<h1>(.*?)</h1>", html) == [person.code]


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_queries_for_any_number_of_people_without_names(
    client: Client, django_assert_num_queries, count: int
) -> None:
    for _number in range(count):
        make_case(arrests=2, visibility=Visibility.INITIALS)
    settle()
    with django_assert_num_queries(19):
        client.get("/prisoners/")
