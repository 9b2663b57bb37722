"""Parts that documents for programs share."""

from typing import Any

from prisoners.dates import UncertainDate


def date_json(date: UncertainDate | None) -> dict[str, Any] | None:
    """An uncertain date: its EDTF text and its earliest and latest day."""
    return None if date is None else {"edtf": date.text, "earliest": date.earliest, "latest": date.latest}
