"""The file for FollowTheMoney keeps to its schemata, says nothing that isn't so, and has the named people alone."""

import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from counts.followthemoney.values import day
from counts.ledger import settle
from prisoners.dates import UncertainDate
from prisoners.models import Arrest, Case, Name, Prisoner
from tests.factories import make_arrest, make_prisoner
from tests.packages import ENTITIES, Package, content_of, taken_entities
from tests.public import canaries
from tests.public.test_leaks import plan_hidden_person
from tests.public.worlds import make_case, make_wave

# Properties, types and ranges as followthemoney 4.11.2 has them. It needs a compiled PyICU, so it is no requirement of these
# tests: docs/decisions/data-package.md says how the whole file was validated with it.
SCHEMA = json.loads((Path(__file__).parent / "followthemoney_schema.json").read_text())["schemata"]
FORMS = {
    "date": r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?",
    "country": r"[a-z]{2}",
    "gender": r"male|female|other",
    "url": r"https?://\S+",
    "name": r"\S(.*\S)?",
    "entity": r"[A-Za-z0-9_.-]+",
}


@pytest.fixture
def entities(db: None, client: Client, media: Path) -> list[dict[str, Any]]:
    """Of a world with everything in it, and of somebody of each visibility."""
    make_case(arrests=2)
    make_wave()
    terms = canaries.terms()
    for place, kind in enumerate(canaries.VISIBLE):
        plan_hidden_person(kind, f"BY-CANA0{place}", terms).make_all()
    case = Case.objects.create(slug="group-trial", title="A group trial")
    Arrest.objects.filter(prisoner__names__text="Taras Vymyšleny").update(case=case)
    settle()
    return taken_entities(client)


def test_entities_keep_to_the_schemata(entities: list[dict[str, Any]]) -> None:
    assert {entity["schema"] for entity in entities} == set(SCHEMA)
    by_id = {entity["id"]: entity["schema"] for entity in entities}
    assert len(by_id) == len(entities)
    wrong = [problem for entity in entities for problem in problems(entity, by_id)]
    assert wrong == []


def problems(entity: dict[str, Any], by_id: dict[str, str]) -> list[str]:
    """What FollowTheMoney would refuse, or throw away in silence."""
    schema, found = SCHEMA[entity["schema"]], []
    found += [f"{entity['id']} lacks {name}" for name in schema["required"] if not entity["properties"].get(name)]
    for name, values in entity["properties"].items():
        known = schema["properties"].get(name)
        if known is None:
            found.append(f"{entity['schema']} has no {name}")
            continue
        found += [f"{name}: {value}" for value in values if not re.fullmatch(FORMS.get(known["type"], r"(?s).+"), value)]
        if known["type"] == "entity":
            found += [f"{name} → {value}" for value in values if known["range"] not in SCHEMA[by_id[value]]["is"]]
    return found


def test_every_entity_says_of_which_data_set_it_is(entities: list[dict[str, Any]]) -> None:
    assert {tuple(entity["datasets"]) for entity in entities} == {("still_held",)}


def test_named_people_are_there_and_nobody_else(entities: list[dict[str, Any]]) -> None:
    named = set(Prisoner.objects.named().values_list("code", flat=True))
    assert {entity["id"] for entity in entities if entity["schema"] == "Person"} == named
    hidden = set(Prisoner.objects.exclude(code__in=named).values_list("code", flat=True))
    assert [code for code in hidden if code in json.dumps(entities)] == []
    texts = Name.objects.filter(prisoner__code__in=hidden).values_list("text", flat=True)
    assert [text for text in texts if text in json.dumps(entities, ensure_ascii=False)] == []


def test_person_is_told_with_what_fits_and_no_topic(entities: list[dict[str, Any]]) -> None:
    [code] = Prisoner.objects.filter(names__text="Taras Vymyšleny").values_list("code", flat=True)
    [person] = [entity for entity in entities if entity["id"] == code]
    assert person["properties"] == {
        "name": ["Taras Vymyšleny", "Тарас Вымышлены", "تاراس"],
        "country": ["by"],
        "birthDate": ["1988-03"],
        "profession": ["engineer"],
        "notes": ["An invented life."],
    }
    assert [entity for entity in entities if "topics" in entity["properties"]] == []


def test_custody_is_an_event_that_involves_the_person(entities: list[dict[str, Any]]) -> None:
    [code] = Prisoner.objects.filter(names__text="Taras Vymyšleny").values_list("code", flat=True)
    by_id = {entity["id"]: entity for entity in entities}
    assert by_id[f"{code}-1"]["properties"] == {
        "name": ["Custody of Taras Vymyšleny"],
        "involved": [code],
        "startDate": ["2020-02-01"],
        "endDate": ["2020-03-01"],
        "country": ["by"],
        "location": ["Invented Square"],
        "recordId": [f"{code}-1"],
    }
    assert by_id[f"{code}-1-stay-1"]["properties"]["object"] == ["facility-colony-15"]
    assert by_id[f"{code}-1-case"]["properties"]["case"] == ["case-group-trial"]
    freed = Prisoner.objects.named().filter(arrests__release__pardon__slug="act-1").values_list("code", flat=True)
    assert by_id["pardon-act-1"]["properties"]["involved"] == sorted(freed)


@pytest.mark.django_db
def test_names_go_where_their_kind_says(client: Client) -> None:
    person = make_prisoner("Hanna Prykladnaja")
    kinds = {"alias": "Hanka", "pen": "H. P.", "religious": "Sister Anna", "maiden": "Hanna Inšaja", "patronymic": "Siarhiejeŭna"}
    for kind, text in kinds.items():
        Name.objects.create(prisoner=person, text=text, kind=kind)
    make_arrest(person)
    settle()
    [told] = [entity["properties"] for entity in taken_entities(client) if entity["schema"] == "Person"]
    assert {name: sorted(told[name]) for name in ("name", "alias", "previousName", "fatherName")} == {
        "name": ["Hanna Prykladnaja"],
        "alias": ["H. P.", "Hanka", "Sister Anna"],
        "previousName": ["Hanna Inšaja"],
        "fatherName": ["Siarhiejeŭna"],
    }


@pytest.mark.django_db
def test_invented_people_are_marked(client: Client) -> None:
    make_arrest(make_prisoner(is_fictional=True))
    settle()
    [told] = [entity["properties"] for entity in taken_entities(client) if entity["schema"] == "Person"]
    assert told["notes"] == ["A fictional person: demonstration data."]


@pytest.mark.django_db
def test_people_lead_to_their_pages_where_the_site_says_where_it_is(client: Client, settings: Any) -> None:
    settings.SITE_URL = "https://monitor.example.org"
    person = make_arrest().prisoner
    settle()
    [told] = [entity["properties"] for entity in taken_entities(client) if entity["schema"] == "Person"]
    assert told["sourceUrl"] == [f"https://monitor.example.org/prisoners/{person.code}/"]
    homepage = Package.taken(client).described["homepage"]
    assert homepage == "https://monitor.example.org"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2020-08-09", "2020-08-09"),
        ("2020-08", "2020-08"),
        ("2020", "2020"),
        ("2020-08-09/2020-08-12", "2020-08"),
        ("2020-08-09/2020-10-01", "2020"),
        ("2020-12-31/2021-01-01", None),
        ("2020-08~", None),
        ("2020-08-09/..", None),
        ("../2020-08-09", None),
        ("0988-03", "0988-03"),
    ],
)
def test_date_is_told_to_what_holds_all_of_it(written: str, told: str | None) -> None:
    known = UncertainDate.parse(written)
    assert day({"born": written, "born_earliest": known.earliest, "born_latest": known.latest}, "born") == told
    assert day({"born": None, "born_earliest": None, "born_latest": None}, "born") is None


@pytest.mark.django_db
def test_file_comes_packed_to_whoever_can_unpack_it(client: Client) -> None:
    make_case()
    settle()
    plain, packed = (client.get(ENTITIES, headers={"Accept-Encoding": accepted}) for accepted in ("gzip;q=0", "br, gzip"))
    text = content_of(plain)
    assert gzip.decompress(content_of(packed)) == text
    assert ("Content-Encoding" in plain, packed["Content-Encoding"]) == (False, "gzip")
    assert (plain["ETag"], packed["ETag"]) == (f'"{(sha := hashlib.sha256(text).hexdigest())}"', f'"{sha}-gzip"')
    assert int(plain["Content-Length"]) == len(text)
    assert {answer["Vary"] for answer in (plain, packed)} == {"Accept-Encoding"}
