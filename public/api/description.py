"""The description of the API in OpenAPI 3.1, generated from its code, with an example of each call and its answer.

It says nothing that the database holds, so it is made once a process.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator

EXAMPLES = Path(__file__).with_name("examples.json")
ABOUT = (
    "People imprisoned for political reasons, how they came out, and how many are held. It reads what the pages of this site "
    "show, at the same moment and by the same rules: people shown by their initials are told in years, and nobody else is told "
    "at all. Nothing in a query is ignored. Pages go on by `next`, in an order that no edit elsewhere moves."
)


@cache
def description() -> dict[str, Any]:
    """The whole description. It is in English, whatever the page's language."""
    from .urls import RESOURCES  # which import the views, one of which shows this

    with translation.override("en"):
        made: dict[str, Any] = SchemaGenerator(patterns=RESOURCES).get_schema(request=None, public=True)
    made["info"] |= {"title": settings.SITE_NAME, "description": ABOUT}
    return made


def closed(result: dict[str, Any], **_context: Any) -> dict[str, Any]:
    """A hook of the generator: no object holds a field that isn't described."""
    for schema in result["components"]["schemas"].values():
        if schema.get("type") == "object":
            schema["additionalProperties"] = False
    return result


def with_examples(result: dict[str, Any], **_context: Any) -> dict[str, Any]:
    """A hook of the generator: each operation with a call of it and the answer, as a test found them."""
    for example in examples():
        operation = next(one["get"] for one in result["paths"].values() if one["get"]["operationId"] == example["operation"])
        status = str(example["status"])
        content = operation["responses"][status]["content"]["application/json"]
        content.setdefault("examples", {})[f"{example['operation']}_{status}"] = {
            "summary": example["call"],
            "value": example["answer"],
        }
    return result


def examples() -> list[dict[str, Any]]:
    """Calls with their answers: `operation`, `call`, `status`, `answer`."""
    found: list[dict[str, Any]] = json.loads(EXAMPLES.read_text())
    return found
