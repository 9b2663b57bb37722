"""Values as FollowTheMoney writes them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

Row = Mapping[str, Any]
Properties = dict[str, list[str]]


def entity(schema: str, key: str, properties: Mapping[str, Iterable[str | None]]) -> dict[str, Any]:
    """One entity. Properties without a value are left out, values once each, in their order."""
    told = {}
    for name, values in properties.items():
        if written := [_clean(value) for value in values if value]:
            told[name] = list(dict.fromkeys(written))
    return {"id": key, "schema": schema, "properties": told}


def day(row: Row, name: str) -> str | None:
    """An uncertain date to the day, month or year that holds all of it; None where that would say more than is known.

    A date that is said to be about some time, or lies in no single year, has no such form.
    """
    first: date | None = row[f"{name}_earliest"]
    last: date | None = row[f"{name}_latest"]
    if first is None or last is None or row[name].endswith("~"):
        return None
    if first == last:
        return first.isoformat()
    if first.year != last.year:
        return None
    return f"{first.year:04}-{first.month:02}" if first.month == last.month else f"{first.year:04}"


def country(code: str | None) -> str | None:
    """ISO 3166-1, in small letters."""
    return code.lower() if code else None


def _clean(value: str) -> str:
    return " ".join(value.split())
