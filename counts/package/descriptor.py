"""`datapackage.json`: what the package is, and each table with its fields, in the words of Frictionless (Data Package 2)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import override

from ..columns import Kind
from ..tables import Table, Told

NAME = "political-prisoners"
# Told in English: the file is one for readers of every language.
LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One file of a package: `path` is its name in there, `rows` how many it has."""

    path: str
    bytes: int
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class MadeTable:
    """One table in both of its forms."""

    table: Table
    csv: MadeFile
    parquet: MadeFile


@dataclass(frozen=True, slots=True)
class About:
    """What a package is of: the newest revision of the ledger that it saw, and whether it has invented people."""

    revision: int
    known_at: datetime | None
    has_fiction: bool


def package(about: About, tables: Sequence[MadeTable], *, digest: str) -> dict[str, Any]:
    """The descriptor. `digest` tells packages of one revision apart: names and texts change without one."""
    with override(LANGUAGE):
        described: dict[str, Any] = {
            "name": NAME,
            "title": f"{settings.SITE_NAME}: political prisoners",
            "description": description(about),
            "version": version(about, digest),
            "revision": about.revision,
            "licenses": [_licence()],
            "contributors": [{"title": settings.SITE_NAME, "role": "publisher"}],
            "sources": [{"title": "What each fact is cited from: the tables citations and sources", "path": "csv/sources.csv"}],
            "keywords": ["political prisoners", "human rights", "arbitrary detention"],
            "resources": [resource for made in tables for resource in (_as_csv(made), _as_parquet(made))],
        }
    if about.known_at:
        described["created"] = about.known_at.isoformat(timespec="seconds").replace("+00:00", "Z")
    if settings.SITE_URL:
        described["homepage"] = settings.SITE_URL
    if about.has_fiction:
        described["demonstration"] = True
    return described


def _licence() -> dict[str, str]:
    """Programs know licences by names without spaces."""
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", settings.DATA_LICENCE)
    told = {"name": name, "title": settings.DATA_LICENCE, "path": settings.DATA_LICENCE_URL}
    return {key: value for key, value in told.items() if value}


def version(about: About, digest: str) -> str:
    """The revision of the ledger, and the beginning of a digest of all tables."""
    return f"{about.revision}+{digest[:12]}"


def description(about: About) -> str:
    """What whoever opens the package must know."""
    told = [
        "Everything that the site tells of people imprisoned for political reasons, as tables.",
        "Empty means unknown. An uncertain date is a text in EDTF (ISO 8601-2) with its earliest and latest day beside it.",
        "Several values of one cell stand between semicolons in CSV, and are a list in Parquet.",
        "In CSV an apostrophe stands before a text that a spreadsheet would run as a formula; Parquet has it as it is.",
        "People who are shown by their initials are told of in years; people who are only counted are in the counts alone.",
        "A documented number is a floor: the true one is higher.",
        "The people here can be harmed: treat what is told of them with care, and ask again whom the site still shows.",
    ]
    if about.has_fiction:
        told.insert(0, "DEMONSTRATION DATA: people whose is_fictional is true never lived.")
    return " ".join(told)


def _as_csv(made: MadeTable) -> dict[str, Any]:
    return {
        **_file(made.csv, made.table.name, str(made.table.title), str(made.table.text)),
        "rows": made.csv.rows,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "doubleQuote": True},
        "schema": schema(made.table),
    }


def _as_parquet(made: MadeTable) -> dict[str, Any]:
    """Held to its size and digest as a file: its types are inside, and not every reader of packages can open it."""
    words = f"The {made.parquet.rows} rows and the columns of {made.csv.path}, with their types."
    return {
        **_file(made.parquet, f"{made.table.name}-parquet", str(made.table.title), words),
        "type": "file",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
    }


def _file(made: MadeFile, name: str, title: str, words: str) -> dict[str, Any]:
    return {
        "name": name.replace("_", "-"),
        "title": title,
        "description": words,
        "path": made.path,
        "bytes": made.bytes,
        "hash": f"sha256:{made.sha256}",
    }


def schema(table: Table) -> dict[str, Any]:
    """The fields of a table, its key, and what leads to other tables."""
    described: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.is_keyed:
        described["primaryKey"] = list(table.key)
    if table.links:
        described["foreignKeys"] = [
            {"fields": [link.column], "reference": {"resource": link.table.replace("_", "-"), "fields": [link.key]}}
            for link in table.links
        ]
    return described


def _field(column: Told) -> dict[str, Any]:
    described: dict[str, Any] = {"name": column.name, "type": str(column.kind), "description": str(column.text)}
    if column.kind == Kind.LIST:
        described |= {"delimiter": ";", "itemType": "string"}
    constraints: dict[str, Any] = {"required": True} if column.is_required else {}
    if column.values:
        constraints["enum"] = list(column.values)
    return described | ({"constraints": constraints} if constraints else {})
