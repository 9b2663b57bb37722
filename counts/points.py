"""The points of a series in SQL: where a day lies among them, and the numbers of a row's spans, all in one whole number.

From the highest bits: the first point of the possible span and the one after its last, those of the certain span, and the point
from which it is no longer confirmed; 12 bits each, for there are never so many points (`periods.POINTS_AT_MOST`). A span whose
last isn't after its first is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

# Possible, certain, and certain but not confirmed.
KINDS = (0, 1, 2)
BITS = 12
NEVER = (1 << BITS) - 1
# All but those of the certain span.
CERTAIN_BITS = f"{~(((1 << 2 * BITS) - 1) << BITS)}::bigint"
_BOTH = 1 << 2 * BITS


@dataclass(frozen=True)
class Axis:
    """The first and the last days of the points, in order; for what is asked of a day both are that day."""

    firsts: Sequence[date]
    lasts: Sequence[date]

    def low(self, day: str) -> str:
        """How many points end before a day (SQL)."""
        return _place(f"{day} - 1", self.lasts)

    def high(self, day: str) -> str:
        """How many points begin by a day (SQL)."""
        return _place(day, self.firsts)

    def parts(self, spans: str) -> str:
        """The points of several spans of days, each as its first and the one after its last (a query)."""
        low, high = self.low("coalesce(lower(one), '-infinity')"), self.high("coalesce(upper(one) - 1, 'infinity')")
        return f"SELECT {low}, {high} FROM unnest({spans}) AS one"


def _place(day: str, days: Sequence[date]) -> str:
    """How many of the days are no later than `day`: as numbers, among which the database looks twice as fast as among dates."""
    finite = f"least(greatest({day}, '0001-01-01'), '9999-12-31')"
    numbers = ",".join(str((each - days[0]).days) for each in days)
    return f"width_bucket(({finite} - '{days[0]}'::date)::float8, '{{{numbers}}}'::float8[])"


def packed(possible: str, certain: str, are_one: str, unconfirmed: str) -> str:
    """The numbers of a row in one, from those of both spans; `are_one` says that the second needn't be looked for."""
    both = f"CASE WHEN {are_one} THEN ({possible}) * {_BOTH + 1} ELSE ({possible}) * {_BOTH} + ({certain}) END"
    return f"({both}) * {1 << BITS} + coalesce({unconfirmed}, {NEVER})"


def opened(rows: str) -> str:
    """Rows with their `numbers`, and beside those `low_…` and `high_…` of each kind."""
    number = [f"(row.numbers >> {BITS * place} & {NEVER})" for place in range(5)]
    low, high = f"{number[2]}::integer", f"{number[1]}::integer"
    return f"""SELECT row.*, {number[4]}::integer AS low_0, {number[3]}::integer AS high_0, {low} AS low_1, {high} AS high_1,
                      greatest({low}, {number[0]}::integer) AS low_2, {high} AS high_2
               FROM ({rows}) AS row"""


def points_sql(kind: int, axis: Axis) -> str:
    """The points of an opened row, as a multirange; NULL for none. `parts_…` are the spans of days on which alone it counts."""
    whole, days = f"int4multirange(int4range(low_{kind}, high_{kind}))", f"parts_{min(kind, 1)}"
    parts = f"SELECT range_agg(int4range(low, high)) FROM ({axis.parts(days)}) AS part (low, high) WHERE low < high"
    return f"""CASE WHEN low_{kind} < high_{kind} THEN
                   CASE WHEN {days} IS NULL THEN {whole} ELSE {whole} * ({parts}) END END"""
