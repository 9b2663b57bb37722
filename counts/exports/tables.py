"""A table of data: explicit columns, and the parts that its rows come in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..columns import Column, Kind

# Between the values of a list while it travels; a sign that no text holds.
SEPARATOR = "\x1f"
_SEPARATOR = f"chr({ord(SEPARATOR)})"
# The first signs of what a spreadsheet would run as a formula: = + - @, tab, line ends, and the wide forms of the first four.
_FORMULA = ", ".join(str(ord(sign)) for sign in "=+-@\t\r\n＝＋－＠")


@dataclass(frozen=True, slots=True)
class Part:
    """So many rows of a table: what stands behind FROM (a percent sign is doubled), and its parameters.

    `rows` is how many they are, for those who watch; None where nobody knows beforehand.
    """

    source: str
    params: Sequence[Any] | Mapping[str, Any] = ()
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, and the parts in the order of their rows. Parts are read once, one after the other."""

    columns: Sequence[Column]
    parts: Iterable[Part]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]


def values(columns: Sequence[Column], part: Part) -> str:
    """The query of a part: each column as its own type."""
    chosen = ", ".join(f'{column.sql} AS "{column.name}"' for column in columns)
    # OFFSET keeps the planner from working out a value once more wherever its text is asked for.
    return f"SELECT {chosen} FROM {part.source} OFFSET 0"


def texts(columns: Sequence[Column], part: Part) -> str:
    """The same with every value as it stands in a file of text; what isn't text keeps its type."""
    chosen = ", ".join(f'{_as_text(column)} AS "{column.name}"' for column in columns)
    return f"SELECT {chosen} FROM ({values(columns, part)}) AS _row"


def bare_texts(columns: Sequence[Column], part: Part) -> str:
    """The same for programs: text as it is, lists with a separator that no text holds."""
    chosen = ", ".join(f'{_as_bare_text(column)} AS "{column.name}"' for column in columns)
    return f"SELECT {chosen} FROM ({values(columns, part)}) AS _row"


def documents(columns: Sequence[Column], part: Part) -> str:
    """Each row as one JSON object."""
    return f"SELECT row_to_json(_row) FROM ({values(columns, part)}) AS _row"


def _as_text(column: Column) -> str:
    own = f'_row."{column.name}"'
    match column.kind:
        case Kind.STRING:
            return _neutral(f"{own}::text")
        case Kind.LIST:
            # A semicolon stands between values, so inside of one it becomes a comma.
            joined = f"translate(array_to_string({own}, {_SEPARATOR}), ';' || {_SEPARATOR}, ',;')"
            return _neutral(joined, f"{own}[1]")
        case Kind.BOOLEAN:
            return f"{own}::text"
    return own


def _neutral(text: str, first: str = "") -> str:
    """With an apostrophe before what a spreadsheet would run, by what its first sign is; NULL stays NULL."""
    return f"CASE WHEN ascii({first or text}) IN ({_FORMULA}) THEN '''' || {text} ELSE {text} END"


def _as_bare_text(column: Column) -> str:
    own = f'_row."{column.name}"'
    return f"array_to_string({own}, {_SEPARATOR})" if column.kind == Kind.LIST else own
