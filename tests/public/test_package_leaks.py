"""The prepared files tell of each visibility what is meant for readers, and of hidden people nothing at all."""

from pathlib import Path

import pytest
from django.test import Client

from counts.ledger import settle
from prisoners.models import Source
from releases.models import Wave
from tests.packages import Package, content_of, taken_entities
from tests.public import canaries
from tests.public.canaries import CANARY, HIDDEN
from tests.public.test_leaks import make_public_world, plan_hidden_person, shared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
# What the tables tell of somebody's own records, by model and field. A new field is hidden until it is written here.
TOLD_OF_INITIALS = {
    *("Context.slug", "Context.summary", "Context.title", "Organisation.name", "Organisation.slug", "Organisation.url"),
    *("Statute.article", "Statute.law", "Statute.part", "Statute.slug", "Statute.title"),
    *(f"{term}.{name}" for term in ("Mechanism", "Occupation", "TreatmentKind") for name in ("label", "labels", "standard")),
}
TERMS = ("Affiliation", "Agency", "Condition", "Criterion", "Licence", "Regime", "Vulnerability")
TOLD_OF_NAMED = TOLD_OF_INITIALS | {
    *(f"{term}.{name}" for term in TERMS for name in ("label", "labels", "standard")),
    *("Arrest.circumstances", "Arrest.place", "Arrest.real_reason", "Arrest.stated_reason", "Case.slug", "Case.summary"),
    *("Case.title", "Citation.field", "Citation.locator", "Citation.value", "Facility.name", "Facility.postal_address"),
    *("Facility.slug", "Judgment.court", "Judgment.judge", "Licence.url", "Name.text", "Photo.alternative_text"),
    *("Photo.credit", "Recognition.criteria_note", "Recognition.statement_url", "Recognition.withdrawn_because"),
    *("Source.archived_url", "Source.publisher", "Source.title", "Source.url", "Summary.text", "Treatment.account"),
    "VoidRelease.because",
}
TOLD = {"named": TOLD_OF_NAMED, "initials": TOLD_OF_INITIALS, "counted": set()}
# What a schema of FollowTheMoney says truly.
TOLD_OF_ENTITIES = {
    *("Arrest.circumstances", "Arrest.place", "Case.slug", "Case.summary", "Case.title", "Facility.name"),
    *("Facility.postal_address", "Facility.slug", "Name.text", "Occupation.label", "Organisation.name", "Organisation.slug"),
    *("Organisation.url", "Recognition.statement_url", "Source.url", "Summary.text"),
}


def found_in(text: str) -> set[str]:
    """Which canaries are in a text, by model and field."""
    return {where for canary, where in canaries.planted().items() if canary in text}


@pytest.mark.parametrize("kind", canaries.VISIBLE)
def test_tables_tell_exactly_what_is_meant_for_readers(client: Client, tmp_path: Path, kind: str) -> None:
    make_public_world()
    plan_hidden_person(kind, "BY-CANA00", canaries.terms()).make_all()
    settle()
    texts = Package.taken(client).texts(tmp_path)
    assert found_in("\n".join(text for name, text in texts.items() if name.startswith("csv/"))) == TOLD[kind]
    assert found_in("\n".join(text for name, text in texts.items() if not name.startswith("csv/"))) == TOLD[kind]
    assert found_in(texts["datapackage.json"]) == set()


@pytest.mark.parametrize("kind", canaries.VISIBLE)
def test_entities_tell_of_the_named_alone(client: Client, kind: str) -> None:
    make_public_world()
    plan_hidden_person(kind, "BY-CANA00", canaries.terms()).make_all()
    settle()
    told = found_in(str(taken_entities(client)))
    # An organisation that recognises somebody with initials is public by that.
    of_initials = {"Organisation.name", "Organisation.slug", "Organisation.url"}
    assert told == {"named": TOLD_OF_ENTITIES, "initials": of_initials, "counted": set()}[kind]
    assert ("BY-CANA00" in str(taken_entities(client))) == (kind == "named")


@pytest.mark.parametrize("kind", HIDDEN)
@pytest.mark.parametrize("is_shared", [False, True])
def test_hidden_person_leaves_no_trace(client: Client, tmp_path: Path, kind: str, is_shared: bool) -> None:
    make_public_world()
    terms = canaries.terms()
    hidden = plan_hidden_person(kind, "BY-CANA00", {**terms, **shared()} if is_shared else terms)
    settle()
    before = Package.taken(client), content_of(client.get("/data/followthemoney.jsonl"))
    hidden.make_all()
    settle()
    after = Package.taken(client), content_of(client.get("/data/followthemoney.jsonl"))
    assert before[0].files == after[0].files
    assert (before[0].content, before[1]) == (after[0].content, after[1])
    assert CANARY not in (str(after[0].texts(tmp_path)) + after[1].decode()).upper()


@pytest.mark.parametrize("is_shared", [False, True])
def test_only_counted_person_is_in_no_file(client: Client, is_shared: bool) -> None:
    make_public_world()
    terms = canaries.terms()
    person = plan_hidden_person("counted", "BY-CANA00", {**terms, **shared()} if is_shared else terms)
    settle()
    before = Package.taken(client), taken_entities(client)
    person.make_all()
    settle()
    after = Package.taken(client), taken_entities(client)
    for package in (before[0], after[0]):
        del package.files["datapackage.json"]  # it names the revision, which counts everybody
    assert (before[0].files, before[1]) == (after[0].files, after[1])


def test_confidential_source_is_told_of_nowhere_but_that_there_is_one(client: Client, tmp_path: Path) -> None:
    make_public_world()
    person = plan_hidden_person("named", "BY-CANA00", canaries.terms())
    person.make_all()
    Source.objects.filter(pk=person.made[Source].pk).update(confidentiality="confidential")
    settle()
    package = Package.taken(client)
    hidden = {where for where in TOLD_OF_NAMED if where.startswith(("Source.", "Citation."))} - {"Citation.field"}
    assert found_in(str(package.texts(tmp_path))) == TOLD_OF_NAMED - hidden
    assert found_in(str(taken_entities(client))) == TOLD_OF_ENTITIES - {"Source.url"}
    cited = [row for row in package.rows("citations") if row["prisoner"] == "BY-CANA00"]
    assert {(row["is_confidential"], row["source"], row["locator"], row["value"]) for row in cited} == {("true", "", "", "")}


def test_waves_that_name_hidden_people_say_nothing_of_them(client: Client) -> None:
    make_public_world()
    plan_hidden_person("initials", "BY-CANA00", canaries.terms()).make_all()
    settle()
    package = Package.taken(client)
    assert [row["slug"] for row in package.rows("waves")] == [Wave.objects.get().slug]
    assert [row["arrest"] for row in package.rows("pardon_lines") if "CANA" in row["arrest"]] == []
