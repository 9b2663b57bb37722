"""Reading the prepared files of /data/ as somebody would who took them along, with nothing of the code that made them."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import duckdb
from django.http.response import HttpResponseBase
from django.test import Client

PACKAGE, ENTITIES = "/data/package.zip", "/data/followthemoney.jsonl"
PREPARED = [PACKAGE, ENTITIES]
Row = dict[str, str]


def content_of(response: HttpResponseBase) -> bytes:
    """All that an answer holds, streamed or not."""
    return b"".join(response) if response.streaming else response.content


class Package:
    """A data package: its descriptor and its files."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        self.described = json.loads(self.files["datapackage.json"])

    @classmethod
    def taken(cls, client: Client) -> "Package":
        response = client.get(PACKAGE)
        assert response.status_code == 200
        return cls(content_of(response))

    def rows(self, table: str) -> list[Row]:
        """The rows of a table's CSV."""
        return list(csv.DictReader(io.StringIO(self.files[f"csv/{table}.csv"].decode(), newline="")))

    def typed_rows(self, table: str, folder: Path) -> list[dict[str, Any]]:
        """The rows of its Parquet."""
        path = folder / f"{table}.parquet"
        path.write_bytes(self.files[f"parquet/{table}.parquet"])
        with duckdb.connect() as database:
            found = database.execute("SELECT * FROM read_parquet(?)", [str(path)])
            names = [column[0] for column in found.description or ()]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def texts(self, folder: Path) -> dict[str, str]:
        """Every file as text, by name."""
        tables = [name.removeprefix("csv/").removesuffix(".csv") for name in self.files if name.startswith("csv/")]
        as_text = {name: content.decode() for name, content in self.files.items() if not name.endswith(".parquet")}
        return as_text | {f"parquet/{table}": str(self.typed_rows(table, folder)) for table in tables}


def taken_entities(client: Client) -> list[dict[str, Any]]:
    """What FollowTheMoney would read."""
    response = client.get(ENTITIES)
    assert response.status_code == 200
    return [json.loads(line) for line in content_of(response).decode().splitlines()]
