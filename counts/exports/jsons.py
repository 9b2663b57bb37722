"""JSON lines, one object a row; and JSON, one object with what the file is and its rows."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from .copying import LINES, copied
from .tables import Table, documents


def jsonl_chunks(table: Table) -> Iterator[bytes]:
    """The file, part by part."""
    for part in table.parts:
        yield copied(documents(table.columns, part), part.params, LINES)


def json_chunks(table: Table, meta: Mapping[str, Any]) -> Iterator[bytes]:
    """`{"meta": …, "rows": […]}`, with a row on each line."""
    yield f'{{"meta": {json.dumps(meta, ensure_ascii=False)},\n"rows": ['.encode()
    between = b"\n"
    for lines in filter(None, jsonl_chunks(table)):
        # Only between rows is there a line end: inside of texts it is escaped.
        yield between + lines.removesuffix(b"\n").replace(b"\n", b",\n")
        between = b",\n"
    yield b"\n]}\n"
