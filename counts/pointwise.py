"""A series of what has an answer of its own for each day (age, place, status, one organisation): the single count's own SQL,
with each point's day in the place of the day. One query, but as much work for the database as so many counts.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import DateField
from django.db.models.expressions import RawSQL

from . import remembered
from .grouping import groups_sql
from .tally import ALWAYS_READ, Figures, Matched, columns_read, count_sql

DAY = RawSQL("point.day", (), output_field=DateField())
"""The day of each point, as an expression: `matched` is to be asked of it."""
_POINTS = "unnest(%s::date[]) WITH ORDINALITY AS point (day, place)"


def totals(matched: Matched, days: Sequence[date]) -> list[Figures]:
    """How many on each day."""
    rows, params = matched.sql(["siblings", "prisoner_id", "is_certain", "is_unconfirmed"])
    counts = ", ".join(count_sql(matched.unit, c) for c in ("m.is_certain", "true", "m.is_certain AND m.is_unconfirmed"))
    sql = f"SELECT found.* FROM {_POINTS} CROSS JOIN LATERAL (SELECT {counts} FROM ({rows}) AS m) AS found ORDER BY place"
    return [Figures(*row) for row in remembered.rows(sql, [list(days), *params])]


def cells(matched: Matched, groups: str, days: Sequence[date]) -> dict[str | None, list[Figures]]:
    """How many in each group of a dimension on each day."""
    groups = on_each_day(groups)
    rows, params = matched.sql(sorted(ALWAYS_READ | columns_read(groups)))
    counted = f"WITH matched AS MATERIALIZED ({rows}) {groups_sql('', 'matched', matched, groups, None)}"
    each_day = f"{_POINTS} CROSS JOIN LATERAL ({counted}) AS found (name, key, at_least, at_most, not_confirmed)"
    sql = f"SELECT place, key, at_least, at_most FROM {each_day}"
    found: dict[str | None, list[Figures]] = {}
    for place, key, at_least, at_most in remembered.rows(sql, [list(days), *params]):
        found.setdefault(key, [Figures(0, 0)] * len(days))[place - 1] = Figures(at_least, at_most)
    return found


def on_each_day(groups: str) -> str:
    """The groups with the point's day in the place of `:on` and `:last`; a day has no first one."""
    days: dict[str, Any] = {"on": "point.day", "last": "point.day", "first": "NULL::date"}
    return re.sub(r"(?<!:):(on|first|last)\b", lambda found: str(days[found[1]]), groups)


def is_of_day(groups: str) -> bool:
    """Whether the groups of a row depend on the day."""
    return re.search(r"(?<!:):(on|last)\b", groups) is not None
