"""The case page of a person, and the same as JSON."""

import re
from datetime import date

import pytest
from django.test import Client

from counts.ledger import settle
from prisoners.models import Arrest, Citation, Judgment, Name, Prisoner, State, Summary, Treatment, Visibility
from public import case_json
from public.case import Case, published_case
from releases.models import Release
from tests.factories import make_arrest, make_prisoner, make_source
from tests.public.worlds import make_case, make_wave

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def case_of(person: Prisoner) -> Case:
    found = published_case(person.code, TODAY)
    assert isinstance(found, Case)
    return found


def text_of(client: Client, person: Prisoner) -> str:
    """What the page says, without its tags."""
    html = client.get(person.get_absolute_url()).content.decode()
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def test_timeline_tells_each_thing_once_in_its_order() -> None:
    told = [(entry.kind, entry.title) for entry in case_of(make_case(arrests=2)).entries]
    assert told == [
        ("arrest", "Arrested"),
        ("stay", "Held at Colony No. 15"),
        ("charge", "Charged"),
        ("treatment", "Solitary confinement"),
        ("judgment", "Sentenced: imprisonment, 3 years, 6 months"),
        ("recognition", "Recognised as a political prisoner by Monitor"),
        ("end", "Released: sentence served"),
        ("arrest", "Arrested again"),
        ("stay", "Held at Colony No. 15"),
        ("charge", "Charged"),
        ("treatment", "Solitary confinement"),
        ("judgment", "Sentenced: imprisonment, 3 years, 6 months"),
        ("recognition", "Recognised as a political prisoner by Monitor"),
    ]


def test_timeline_follows_the_dates_and_puts_what_has_none_after_its_arrest() -> None:
    person = make_prisoner()
    late, early = make_arrest(person, began="2023-05"), make_arrest(person, began="2021-05", ended="2021-09-01")
    for arrest, kind, began in (
        (late, "solitary", "2024-02-01"),
        (late, "torture", "../2023-12"),
        (late, "hunger_strike", None),
        (early, "denied_letters", "2021-08/2021-10"),
        (early, "forced_labour", None),
    ):
        Treatment.objects.create(arrest=arrest, kind_id=kind, began=began)
    assert [entry.title for entry in case_of(person).entries] == [
        "Arrested",
        "Forced labour",
        "Denied letters or visits",
        "Custody ended; how is not on record",
        "Arrested again",
        "Hunger strike",
        "Torture or beating",
        "Solitary confinement",
    ]


def test_timeline_calls_a_death_in_custody_a_death() -> None:
    person = make_prisoner(died="2024-05-07")
    Release.objects.create(arrest=make_arrest(person, ended="2024-05-07"), mechanism_id="death_in_custody")
    told = [(entry.kind, entry.title) for entry in case_of(person).entries]
    assert told == [("arrest", "Arrested"), ("death", "Death in custody")]


def test_timeline_names_the_act_that_lists_somebody_still_held() -> None:
    pardon = make_wave().pardons.get()
    arrest = make_arrest()
    pardon.lines.filter(position=2).update(arrest=arrest)
    told = [(entry.kind, entry.pardon) for entry in case_of(arrest.prisoner).entries]
    assert told == [("arrest", None), ("listed", pardon)]


def test_sources_are_numbered_in_the_order_of_reading() -> None:
    person = make_prisoner(born="1988")
    shared = make_source(title="Shared")
    arrest = make_arrest(person, began="2021-01-01", ended="2022-01-01")
    Citation.objects.filter(arrest=arrest).delete()
    Citation.objects.create(arrest=arrest, source=make_source(title="Of the end"), field="ended")
    Citation.objects.create(arrest=arrest, source=shared, field="began", locator="p. 3", value="2021-01-02")
    Citation.objects.create(prisoner=person, source=make_source(title="Of the birth"), field="born")
    Citation.objects.create(prisoner=person, source=shared)
    found = case_of(person)
    assert [(number, source.title) for number, source in found.sources] == [
        (1, "Of the birth"),
        (2, "Shared"),
        (3, "Of the end"),
    ]
    marks = [[(mark.number, mark.locator, mark.value) for mark in entry.marks] for entry in found.entries]
    assert marks == [[(2, "p. 3", "2021-01-02")], [(3, "", "")]]


def test_every_citation_is_printed() -> None:
    person = make_case(arrests=2)
    printed = {source for _number, source in case_of(person).sources}
    cited = {
        citation.source
        for citation in Citation.objects.all()
        if person in (citation.prisoner, getattr(citation.arrest, "prisoner", None)) or citation.arrest is None
    }
    assert printed == cited


def test_standing_is_said_in_words(client: Client) -> None:
    person = make_prisoner()
    make_arrest(person, began="2020-08", ended="2020-09-30")
    assert "Released on 30 September 2020 · held for between 30 days and 1 month" in text_of(client, person)


def test_unconfirmed_custody_says_since_when(client: Client) -> None:
    person = make_prisoner()
    make_arrest(person, began="2020-08-09", last_confirmed_on=date(2021, 3, 4))
    assert "Not confirmed since 4 March 2021." in text_of(client, person)


def test_address_of_the_present_facility_is_printed_for_letters(client: Client) -> None:
    assert "Тарас Вымышлены Colony No. 15 Invented Street 2 212013 Mahilioŭ" in text_of(client, make_case())


def test_facility_that_was_left_is_not_where_to_write() -> None:
    person = make_case()
    Arrest.objects.get(prisoner=person).stays.update(ended="2021-04-01")
    assert case_of(person).facility is None


def test_each_form_of_a_name_has_its_language_and_direction(client: Client) -> None:
    html = client.get(make_case().get_absolute_url()).content.decode()
    marked = re.findall(r"<bdi lang=\"(.*?)\" dir=\"(.*?)\">(.*?)</bdi>", html)
    assert marked[:3] == [
        ("en-Latn", "ltr", "Taras Vymyšleny"),
        ("be-Cyrl", "ltr", "Тарас Вымышлены"),
        ("fa-Arab", "rtl", "تاراس"),
    ]


def test_what_editors_wrote_is_escaped(client: Client) -> None:
    person = make_prisoner("<script>alert(1)</script>")
    Summary.objects.create(prisoner=person, text="<img src=x>")
    make_arrest(person, circumstances="<b>dark</b>")
    html = client.get(person.get_absolute_url()).content.decode()
    assert [tag for tag in ("<script", "<img", "<b>") if tag in html] == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_title_of_the_page_names_nobody(client: Client) -> None:
    person = make_case()
    html = client.get(person.get_absolute_url()).content.decode()
    assert re.findall("<title>(.*?)</title>", html) == [f"Case {person.code} · Still Held"]


@pytest.mark.parametrize("suffix", ["/", ".json"])
@pytest.mark.parametrize("arrests", [1, 3])
def test_case_takes_the_same_number_of_queries_for_any_number_of_arrests(
    client: Client, django_assert_num_queries, arrests: int, suffix: str
) -> None:
    person = make_case(arrests=3)
    if arrests == 1:
        Arrest.objects.filter(prisoner=person, began__startswith="2023").update(ended=None)
        person.arrests.exclude(began="2023-02-01").delete()
        Release.objects.create(arrest=_ended(person.arrests.get()), mechanism_id="pardon")
    # savepoint, time limit, person, names, summaries, consents, three lists, photos, arrests, six kinds of belongings, criteria,
    # conditions, lines of pardons, two tables of citations, savepoint; a page asks for the notice of demonstration data besides
    with django_assert_num_queries(23 if suffix == ".json" else 24):
        client.get(f"/prisoners/{person.code}{suffix}")


def _ended(arrest: Arrest) -> Arrest:
    Arrest.objects.filter(pk=arrest.pk).update(ended="2026-02-01")
    return arrest


HIDDEN = [
    {"state": State.DRAFT},
    {"state": State.IN_REVIEW},
    {"state": State.WITHDRAWN},
    {"visibility": Visibility.COUNTED},
    {"visibility": Visibility.INTERNAL},
    {"embargo_until": date(2020, 1, 1)},
    {"embargo_until": date(2099, 1, 1), "visibility": Visibility.INITIALS},
]


@pytest.mark.parametrize("suffix", ["/", ".json"])
@pytest.mark.parametrize("facts", HIDDEN)
def test_hidden_person_is_answered_like_one_who_never_was(client: Client, facts, suffix: str) -> None:
    hidden = make_case(**facts)
    settle()
    unknown = client.get(f"/prisoners/BY-000000{suffix}")
    found = client.get(f"/prisoners/{hidden.code}{suffix}")
    assert (found.status_code, found.headers) == (404, unknown.headers)
    assert found.content == unknown.content


@pytest.mark.parametrize("path", ["/prisoners/{lower}/", "/prisoners/{lower}.json", "/prisoners/{code}x/", "/no/such/page/"])
def test_address_of_no_page_is_answered_like_an_unknown_person(client: Client, path: str) -> None:
    code = make_case().code
    found = client.get(path.format(lower=code.lower(), code=code))
    assert (found.status_code, found.content) == (404, client.get("/prisoners/BY-000000/").content)


def test_withdrawn_person_is_gone_at_once(client: Client) -> None:
    person = make_case()
    assert client.get(person.get_absolute_url()).status_code == 200
    Prisoner.objects.filter(pk=person.pk).update(state=State.WITHDRAWN)
    assert client.get(person.get_absolute_url()).status_code == 404


def test_fictional_person_is_said_to_be_one(client: Client) -> None:
    real, invented = make_case(), make_prisoner("Somebody Else", is_fictional=True)
    words = "this person is fictional"
    assert (words in text_of(client, real), words in text_of(client, invented)) == (False, True)


def test_json_holds_exactly_the_documented_fields(client: Client) -> None:
    person = make_case()
    document = client.get(f"/prisoners/{person.code}.json").json()
    assert list(document) == list(case_json.FIELDS)


def test_json_of_a_case_tells_it_with_its_dates(client: Client) -> None:
    person = make_case()
    document = client.get(f"/prisoners/{person.code}.json").json()
    assert document["born"] == {"edtf": "1988-03", "earliest": "1988-03-01", "latest": "1988-03-31"}
    assert document["standing"]["status"] == "held"
    assert document["names"][1] == {
        "text": "Тарас Вымышлены",
        "language": "be",
        "script": "Cyrl",
        "kind": "legal",
        "is_primary": True,
        "is_heading": False,
        "citations": [],
    }
    [arrest] = document["arrests"]
    charge = {"article": "by-cc-342-1", "title": "Group actions", "status": "pending", "status_on": None}
    assert arrest["charges"] == [{**charge, "requalified_as": None, "citations": []}]
    assert arrest["release"] is None


def test_name_of_another_language_heads_no_page_in_english(client: Client) -> None:
    person = make_prisoner("Heading")
    Name.objects.create(prisoner=person, text="Загаловак", language="be", script="Cyrl", is_primary=True)
    name = case_of(person).name
    assert name is not None
    assert name.text == "Heading"


def test_expected_end_of_the_sentence_is_reckoned_and_told_of_those_held(client: Client) -> None:
    person = make_prisoner("Jan Novik")
    arrest = make_arrest(person, began="2020-08-09", last_confirmed_on=date(2026, 1, 1))
    Judgment.objects.create(arrest=arrest, decided_on="2021-03-01", sentence_kind="imprisonment", sentence_months=120)
    settle()
    page, document = client.get(f"/prisoners/{person.code}/"), client.get(f"/prisoners/{person.code}.json").json()
    assert "Sentence expected to end: 9 August 2030." in page.content.decode()
    assert document["standing"]["sentence_ends"] == {"edtf": "2030-08-09", "earliest": "2030-08-09", "latest": "2030-08-09"}
    Arrest.objects.update(ended="2024", last_confirmed_on=None)
    settle()
    page, document = client.get(f"/prisoners/{person.code}/"), client.get(f"/prisoners/{person.code}.json").json()
    assert ("expected to end" in page.content.decode(), document["standing"]["sentence_ends"]) == (False, None)
