"""The examples of the API: each was answered like that, has the shape that is described, and stands in the documentation."""

import json
import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from jsonschema import Draft202012Validator

from public.api.description import EXAMPLES, description, examples

CALLS = [
    ("root", "/api/v1/"),
    ("prisoners", "/api/v1/prisoners/?status=held&on=2026-01-15&limit=2"),
    ("prisoners", "/api/v1/prisoners/?status=gone"),
    ("prisoner", "/api/v1/prisoners/BY-4M8TZP/"),
    ("prisoner", "/api/v1/prisoners/BY-7K3QX2/"),
    ("prisoner", "/api/v1/prisoners/BY-000000/"),
    ("arrests", "/api/v1/arrests/?article=by-cc-342-1&limit=1&on=2026-01-15"),
    ("releases", "/api/v1/releases/?wave=late-summer&limit=1&on=2026-01-15"),
    ("pardons", "/api/v1/pardons/"),
    ("pardon", "/api/v1/pardons/act-1/"),
    ("waves", "/api/v1/waves/"),
    ("wave", "/api/v1/waves/late-summer/"),
    ("facilities", "/api/v1/facilities/"),
    ("facility", "/api/v1/facilities/colony-15/"),
    ("events", "/api/v1/events/"),
    ("event", "/api/v1/events/late-summer-said-1/"),
    ("organisations", "/api/v1/organisations/"),
    ("organisation", "/api/v1/organisations/monitor/"),
    ("counts", "/api/v1/counts/?measure=held&on=2024-01-15&by=region&recognised=any"),
]
PAGE = Path(settings.BASE_DIR, "docs/api.md")


def answered(client: Client) -> list[dict]:
    found = []
    for operation, call in CALLS:
        answer = client.get(call, headers={"Host": "held.example"})
        found.append({"operation": operation, "call": call, "status": answer.status_code, "answer": answer.json()})
    return found


@pytest.fixture
def held_example(settings) -> None:
    settings.ALLOWED_HOSTS = ["held.example"]


@pytest.mark.usefixtures("still_world", "held_example")
def test_examples_are_what_is_answered(client: Client) -> None:
    """After a change that is meant, WRITE_API_EXAMPLES=1 writes them anew: read what differs before it is kept."""
    found = answered(client)
    if os.environ.get("WRITE_API_EXAMPLES"):
        EXAMPLES.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    assert examples() == found


def test_every_operation_has_an_example_of_its_answer() -> None:
    operations = {item["get"]["operationId"] for item in description()["paths"].values()}
    assert {example["operation"] for example in examples() if example["status"] == 200} == operations


@pytest.mark.parametrize("example", examples(), ids=lambda example: example["call"])
def test_example_has_the_shape_that_is_described(example: dict) -> None:
    operation = next(
        item["get"] for item in description()["paths"].values() if item["get"]["operationId"] == example["operation"]
    )
    schema = operation["responses"][str(example["status"])]["content"]["application/json"]["schema"]
    validator = Draft202012Validator({**schema, "components": description()["components"]})
    assert [error.message for error in validator.iter_errors(example["answer"])] == []


def test_examples_in_the_documentation_are_these() -> None:
    kept = {example["call"]: example["answer"] for example in examples()}
    shown = re.findall(r"^    GET (\S+)$\n+```json\n(.*?)```", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    assert len(shown) >= 5
    assert {call: json.loads(answer) for call, answer in shown} == {call: kept[call] for call, _answer in shown}
