"""What the case page and its JSON tell of a person, as plain values to compare."""

from datetime import date
from typing import Any

from django.test import Client

from prisoners.models import (
    Prisoner,
)
from public.case import published_case

TODAY = date(2026, 11, 22)


def entries_of(person: Prisoner) -> list[Any]:
    found = published_case(person.code, TODAY)
    assert found is not None
    return found.entries


def details_of(person: Prisoner, kind: str) -> list[tuple[str, list[str], str]]:
    return [(entry.title, entry.details, entry.text) for entry in entries_of(person) if entry.kind == kind]


def facts_of(person: Prisoner) -> dict[str, str]:
    found = published_case(person.code, TODAY)
    assert found is not None
    return {fact.name: fact.value for fact in found.facts}


def json_of(client: Client, person: Prisoner) -> dict[str, Any]:
    return client.get(f"/prisoners/{person.code}.json").json()


def both_texts(client: Client, person: Prisoner) -> tuple[str, str]:
    page = client.get(person.get_absolute_url()).content.decode()
    return page, client.get(f"/prisoners/{person.code}.json").content.decode().encode().decode("unicode_escape")
