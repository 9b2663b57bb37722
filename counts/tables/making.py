"""What a table of the public data set is made of: columns that say whom they are told of, keys, and the SQL of its rows.

Nothing is told of people who are shown by their initials unless a column says what (`coarse`): the default is nothing.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..columns import Column, Kind
from ..exports.tables import Part
from ..exports.tables import Table as Exported

# In place of SQL: people with initials are told of as everybody is.
SAME = "same"
EARLIEST, LATEST = _("the earliest day that it can be; empty: no bound"), _("the latest day that it can be; empty: no bound")


@dataclass(frozen=True, slots=True)
class Told(Column):
    """A column of a public table.

    `tells` names the fields of the records that it gives away, as Model.field, separated by spaces; a test asks of each
    whether readers may see it. `coarse` is the SQL for people who are shown by their initials; None hides it. `values` are
    all that it can hold.
    """

    tells: str = ""
    coarse: str | None = None
    values: tuple[str, ...] = ()
    is_required: bool = False

    def expression(self, *, of_people: bool) -> str:
        """The SQL of the value. Where rows are of people, `person.is_coarse` says who is shown by initials."""
        if not of_people or self.coarse == SAME:
            return self.sql
        return f"CASE WHEN person.is_coarse THEN {self.coarse or 'NULL'} ELSE {self.sql} END"


@dataclass(frozen=True, slots=True)
class Link:
    """A column that holds the key of another table."""

    column: str
    table: str
    key: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `rows` is what stands behind FROM, and may name what `doors.py` lets through; they come in the order of `key`.

    `of_people` says that `person` is among them, and so who is shown by initials.
    """

    name: str
    title: Any
    text: Any
    columns: tuple[Told, ...]
    rows: str
    key: tuple[str, ...]
    links: tuple[Link, ...] = ()
    of_people: bool = False
    is_keyed: bool = True

    def exported(self, doors: str) -> Exported:
        """The rows behind these doors, in the order of their key, as every format is written from; the same on every server."""
        columns = [Column(column.name, column.kind, column.text, f'told."{column.name}"') for column in self.columns]
        return Exported(columns, [Part(f"({doors}{self.select()}) AS told")])

    def select(self) -> str:
        """The rows, to be put behind the doors."""
        told = ", ".join(f'{column.expression(of_people=self.of_people)} AS "{column.name}"' for column in self.columns)
        order = ", ".join(f'"{name}"::text COLLATE "C"' for name in self.key)
        return f"SELECT * FROM (SELECT {told} FROM {self.rows}) AS told ORDER BY {order}"

    @property
    def column_names(self) -> list[str]:
        return [column.name for column in self.columns]


def text(name: str, words: Any, column: str, tells: str, **more: Any) -> Told:
    """A text; empty is unknown."""
    return Told(name, Kind.STRING, words, f"nullif({column}, '')", tells, **more)


def key(name: str, words: Any, sql: str, tells: str = "") -> Told:
    """What a row is called, of whomever it is."""
    return Told(name, Kind.STRING, words, sql, tells, coarse=SAME, is_required=True)


def term(name: str, words: Any, column: str, tells: str, **more: Any) -> Told:
    """A code, or one of a fixed list of words."""
    return text(name, words, column, tells, **more)


def number(name: str, words: Any, column: str, tells: str, **more: Any) -> Told:
    """A whole number."""
    return Told(name, Kind.INTEGER, words, column, tells, **more)


def flag(name: str, words: Any, column: str, tells: str, **more: Any) -> Told:
    """Yes or no."""
    return Told(name, Kind.BOOLEAN, words, column, tells, **more)


def listed(name: str, words: Any, query: str, tells: str, **more: Any) -> Told:
    """Several values, from a query of one column; `coarse` is such a query too, or SAME."""
    coarse = more.pop("coarse", None)
    told = coarse if coarse in (None, SAME) else _joined(coarse)
    return Told(name, Kind.LIST, words, _joined(query), tells, coarse=told, **more)


def uncertain(name: str, words: Any, column: str, tells: str, *, in_years: bool = False) -> tuple[Told, Told, Told]:
    """An uncertain date: its text, the earliest and the latest day; of people with initials in years, or not at all."""
    first, last = f"{column}_earliest", f"{column}_latest"
    coarse = (_years(column), f"counts_first({first}, true)", f"counts_last({last}, true)") if in_years else (None,) * 3
    return (
        Told(name, Kind.STRING, words, column, tells, coarse=coarse[0]),
        Told(f"{name}_earliest", Kind.DATE, EARLIEST, first, tells, coarse=coarse[1]),
        Told(f"{name}_latest", Kind.DATE, LATEST, last, tells, coarse=coarse[2]),
    )


def _joined(query: str) -> str:
    return f"nullif(ARRAY({query})::text[], '{{}}')"


def _years(column: str) -> str:
    """As `public.coarse.in_years` writes it; a test holds the two together."""
    first, last = (f"to_char({column}_{bound}, 'YYYY')" for bound in ("earliest", "latest"))
    span = f"concat(coalesce({first}, '..'), '/', coalesce({last}, '..'))"
    return f"(CASE WHEN {first} = {last} THEN {first} WHEN {column} IS NOT NULL THEN {span} END)"
