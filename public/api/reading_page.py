"""The description as pages read: a chapter an operation, with its parameters, examples, and the fields of its answer."""

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One parameter or field: how it is called, what it can be, what it says."""

    name: str
    values: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Example:
    """A call and its answer."""

    call: str
    status: str
    answer: SafeString


@dataclass(frozen=True, slots=True)
class Shape:
    """The fields of an answer; `title` tells apart the shapes of an answer that has several."""

    title: str
    fields: list[Row]

    @property
    def anchor(self) -> str:
        return f"fields-{self.title}" if self.title else "fields"


@dataclass(frozen=True, slots=True)
class Chapter:
    """One operation."""

    name: str
    path: str
    summary: str
    text: str
    parameters: list[Row]
    examples: list[Example]
    shapes: list[Shape]


def chapters(description: Schema) -> list[Chapter]:
    """Every operation, in the order of addresses."""
    return [_chapter(path, item["get"], description["components"]["schemas"]) for path, item in description["paths"].items()]


def _chapter(path: str, operation: Schema, shapes: Schema) -> Chapter:
    answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return Chapter(
        name=operation["operationId"],
        path=path,
        summary=operation["summary"],
        text=operation["description"],
        parameters=[_parameter(one) for one in operation.get("parameters", ())],
        examples=[example for status, one in operation["responses"].items() for example in _examples(status, one)],
        shapes=[Shape(title, list(_fields(schema, shapes))) for title, schema in _alternatives(answer, shapes)],
    )


def _parameter(one: Schema) -> Row:
    return Row(one["name"], _values(one["schema"].get("items", one["schema"])), one["description"])


def _examples(status: str, response: Schema) -> Iterator[Example]:
    for example in response["content"]["application/json"].get("examples", {}).values():
        yield Example(example["summary"], status, _as_code(json.dumps(example["value"], ensure_ascii=False, indent=1)))


def _as_code(text: str) -> SafeString:
    """Escaped for the inside of an element, where quotation marks may stay: escaped they would be half the page."""
    return SafeString(html.escape(text, quote=False))


def _alternatives(schema: Schema, shapes: Schema) -> Iterator[tuple[str, Schema]]:
    """The answer's shape; of documents that are told apart by visibility, each."""
    found = _opened(schema, shapes)
    if "discriminator" not in found:
        yield "", found
        return
    for value, reference in found["discriminator"]["mapping"].items():
        yield value, _opened({"$ref": reference}, shapes)


def _fields(schema: Schema, shapes: Schema, within: str = "") -> Iterator[Row]:
    """The fields of an object and of what it holds, by dotted names; `[]` stands for each entry of a list."""
    for name, field in schema["properties"].items():
        yield Row(f"{within}{name}", _values(_opened(field, shapes)), field.get("description", ""))
        yield from _inner(field, shapes, f"{within}{name}")


def _inner(field: Schema, shapes: Schema, name: str) -> Iterator[Row]:
    schema = _opened(field, shapes)
    if "items" in schema:
        name, schema = f"{name}[]", _opened(schema["items"], shapes)
    if "discriminator" in schema:
        for value, reference in schema["discriminator"]["mapping"].items():
            yield from _fields(_opened({"$ref": reference}, shapes), shapes, f"{name} ({value}).")
    elif "properties" in schema and not _is_date(schema):
        yield from _fields(schema, shapes, f"{name}.")


def _opened(schema: Schema, shapes: Schema) -> Schema:
    """The schema behind references; of one that may be null, what it is otherwise."""
    inner = [one for one in (*schema.get("oneOf", ()), *schema.get("allOf", ())) if one != {"type": "null"}]
    if "discriminator" not in schema and len(inner) == 1:
        return _opened(inner[0], shapes)
    if "$ref" in schema:
        return _opened(shapes[schema["$ref"].rpartition("/")[2]], shapes)
    return schema


def _is_date(schema: Schema) -> bool:
    return "edtf" in schema["properties"]


def _values(schema: Schema) -> str:
    """What it can be, in a word; the values themselves where they are few."""
    if "properties" in schema:
        return "uncertain date" if _is_date(schema) else "object"
    if "enum" in schema:
        return ", ".join(f"{value}" for value in schema["enum"] if value)
    if "minimum" in schema:
        return f"{schema['minimum']}–{schema.get('maximum', '')}"
    kinds = schema.get("type", "object")
    kind = kinds if isinstance(kinds, str) else next(one for one in kinds if one != "null")
    return {"date": "day", "date-time": "moment", "uri": "address"}.get(schema.get("format", ""), _WORDS.get(kind, kind))


_WORDS = {"string": "text", "integer": "whole number", "boolean": "true or false", "array": "list"}
