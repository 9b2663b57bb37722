"""Arrays for a statement, as one text each.

The driver writes a list as an expression of as many parts as it has values, which takes the database longer to read than all
else that a statement of thousands of values does.
"""

from collections.abc import Iterable


def array(values: Iterable[int | bool | str | None]) -> str:
    """As PostgreSQL reads it, to be cast to the type of the array."""
    return "{" + ",".join(map(_element, values)) + "}"


def _element(value: int | bool | str | None) -> str:
    match value:
        case None:
            return "NULL"
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)
