"""The API's description: valid OpenAPI 3.1, whole, made without a complaint, and true of every answer."""

import re
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as examples_of
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from counts.asking import CountFilters
from public import case_json, coarse_case
from public.api.asking import CaseFilters
from public.api.description import description
from public.api.parameters import MEANINGS
from public.api.reading_page import chapters
from public.api.shapes.cases import CaseByInitials, NamedCase
from public.api.urls import RESOURCES
from tests.public.api.world import INITIALS, NAMED, make_world

OPERATIONS = {path: item["get"] for path, item in description()["paths"].items()}


def test_description_is_valid_openapi() -> None:
    assert description()["openapi"] == "3.1.0"
    assert list(OpenAPIV31SpecValidator(description()).iter_errors()) == []


def test_description_is_made_without_a_complaint(capsys: pytest.CaptureFixture[str]) -> None:
    description.cache_clear()
    assert description()["info"]["version"] == "1"
    assert capsys.readouterr() == ("", "")


def test_every_resource_is_described_and_can_only_be_read() -> None:
    routes = {re.sub(r"<\w+:(\w+)>", r"{\1}", f"/{pattern.pattern}") for pattern in RESOURCES}
    assert set(OPERATIONS) == routes
    assert {method for item in description()["paths"].values() for method in item} == {"get"}
    assert "securitySchemes" not in description()["components"]


def test_every_operation_parameter_and_answer_is_described() -> None:
    for path, operation in OPERATIONS.items():
        assert operation["summary"], path
        assert operation["description"], path
        assert [parameter["name"] for parameter in operation.get("parameters", ()) if not parameter["description"]] == []
        wanted = {"200", "400", "503"} | ({"404"} if "{" in path else set())
        assert (path, set(operation["responses"])) == (path, wanted)
        assert all(answer["description"] for answer in operation["responses"].values())


def test_every_field_says_what_it_is_and_no_shape_holds_another() -> None:
    shapes = description()["components"]["schemas"]
    objects = {name: shape for name, shape in shapes.items() if shape.get("type") == "object"}
    silent = [
        (name, field)
        for name, shape in objects.items()
        for field, one in shape["properties"].items()
        if not one.get("description")
    ]
    assert silent == []
    assert {name for name, shape in objects.items() if shape["additionalProperties"] is not False} == set()
    assert {name for name in shapes if name not in objects and "discriminator" not in shapes[name]} == set()


def test_parameters_are_those_that_are_read() -> None:
    for path, filters in (
        ("prisoners", CaseFilters),
        ("arrests", CaseFilters),
        ("releases", CaseFilters),
        ("counts", CountFilters),
    ):
        named = [parameter["name"] for parameter in OPERATIONS[f"/api/v1/{path}/"]["parameters"]]
        assert named == list(filters.base_filters)
    assert set(MEANINGS) == {*CaseFilters.base_filters, *CountFilters.base_filters}


def test_documents_are_described_with_the_fields_they_have() -> None:
    assert set(NamedCase().fields) == set(case_json.FIELDS)
    assert set(CaseByInitials().fields) == set(coarse_case.FIELDS)


@pytest.mark.django_db
@pytest.mark.parametrize("code", [NAMED, INITIALS])
def test_document_of_a_person_is_the_one_beside_the_page(client: Client, code: str) -> None:
    make_world()
    assert client.get(f"/api/v1/prisoners/{code}/").json() == client.get(f"/prisoners/{code}.json").json()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["", "measure=ever&by=year&recognised=any", "measure=arrests&from=2020-01-01&by=article", "by=colour"]
)
def test_count_is_the_same_as_the_one_of_counts(client: Client, query: str) -> None:
    make_world()
    asked, beside = client.get(f"/api/v1/counts/?{query}"), client.get(f"/counts.json?{query}")
    assert (asked.status_code, asked.json()) == (beside.status_code, beside.json())


@pytest.mark.django_db
def test_pages_show_every_operation_parameter_and_field(client: Client) -> None:
    first = client.get("/api/").content.decode()
    told = chapters(description())
    assert [chapter.path for chapter in told] == list(OPERATIONS)
    for chapter in told:
        assert f"GET {chapter.path}" in first
        page = client.get(f"/api/{chapter.name}/").content.decode()
        rows = [*chapter.parameters, *(row for shape in chapter.shapes for row in shape.fields)]
        assert len(rows) > 1
        assert [row for row in rows if f'<code dir="ltr">{row.name}</code>' not in page] == []


# Calls that the description allows, always the same ones, each asked of the whole site and a real database.
schema = schemathesis.openapi.from_dict(description())
schema.app = WSGIHandler()
CHECKED = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXISTING = {
    "/api/v1/prisoners/{code}/": [{"code": NAMED}, {"code": INITIALS}],
    "/api/v1/pardons/{slug}/": [{"slug": "act-1"}],
    "/api/v1/waves/{slug}/": [{"slug": "late-summer"}],
    "/api/v1/facilities/{slug}/": [{"slug": "colony-15"}],
    "/api/v1/events/{slug}/": [{"slug": "late-summer-said-1"}],
    "/api/v1/organisations/{slug}/": [{"slug": "monitor"}],
}


@pytest.fixture
def kept_connection(db: None) -> Iterator[None]:
    """The connection of the test outlives its requests, as with Django's own client."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("kept_connection")
@pytest.mark.parametrize("path", OPERATIONS)
def test_answers_to_what_the_description_allows_are_as_described(path: str) -> None:
    make_world()
    statuses = {asked(path)}
    for existing in EXISTING.get(path, [{}]):
        statuses |= asked_at_random(path, existing)
    if path in EXISTING:
        statuses |= asked_at_random(path, {})
    assert statuses - {400} == ({200, 404} if path in EXISTING else {200})


def asked(path: str) -> int:
    """The status of the call with nothing but what it needs."""
    [*_, place] = EXISTING.get(path, [{}])
    return conforming(schema[path]["GET"].Case(path_parameters=place))


def asked_at_random(path: str, place: dict[str, str]) -> set[int]:
    """The statuses of calls at random, at one place or at any."""
    found = set()

    @given(case=schema[path]["GET"].as_strategy(**({"path_parameters": place} if place else {})))
    @bounded
    def ask(case: schemathesis.Case) -> None:
        found.add(conforming(case))

    ask()
    return found


def conforming(case: schemathesis.Case) -> int:
    answer = case.call(headers={"Accept-Encoding": "identity"})
    case.validate_response(answer, checks=CHECKED)
    return int(answer.status_code)


bounded = examples_of(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
