"""What one column of a table of data is: the same words for files, for the data package and for the page that explains them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """The kinds of values, named as in Frictionless table schemas. A list travels as text with `;` between its values."""

    STRING = "string"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"
    NUMBER = "number"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in files, what it says, and the SQL that gives it, NULL where it is unknown."""

    name: str
    kind: Kind
    text: Any
    sql: str
