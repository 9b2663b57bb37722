"""A file that is asked for: its rows, what it is, and its formats."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from ..answers import Answer
from ..listing import Listing
from ..problems import InvalidQuery, Problem
from .about import About, about_count, about_people
from .counting import COUNT_COLUMNS, count_part, count_rows
from .csvs import csv_chunks
from .jsons import json_chunks, jsonl_chunks
from .parquets import parquet_steps
from .people import people_columns
from .people_source import people_parts
from .tables import Table
from .workbooks import workbook_steps

# What each format is called by browsers and programs.
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "jsonl": "application/x-ndjson; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
# Formats that can be sent as they are written; the others are whole only when their end is known.
STREAMED = ("csv", "json", "jsonl")


@dataclass(frozen=True)
class File:
    """Rows to be written once, in one format. `name` is a plain one, which tells nobody what the file is about."""

    name: str
    title: str
    rows: int
    table: Table
    about: About

    def chunks(self, form: str) -> Iterator[bytes]:
        """The file in one of STREAMED, piece by piece. Must be read inside one transaction."""
        if form == "json":
            return json_chunks(self.table, self.about.meta())
        return csv_chunks(self.table) if form == "csv" else jsonl_chunks(self.table)

    def steps(self, form: str, path: Path) -> Generator[None]:
        """Write it in another format, part by part, to `path`, which is whole when the steps have ended."""
        if form == "xlsx":
            return workbook_steps(self.table, path, self.about.lines(), title=self.title, known_at=self.about.known_at)
        return parquet_steps(self.table, path, self.about.texts())


def people_file(query: QueryDict, *, today: date, now: datetime, base_url: str = "") -> File:
    """Everybody whom a query of the list finds, in its order. Raises InvalidQuery when the query can't be followed."""
    listing = Listing(query, today=today)
    if "page" in listing.filters.given:
        message = _("A file holds all pages of the list: leave “page” out.")
        raise InvalidQuery([Problem("page", listing.filters.given["page"][0], message)])
    rows = listing.total.at_most
    about = about_people(listing, now=now, base_url=base_url)
    table = Table(people_columns(base_url), people_parts(listing, total=rows))
    return File(f"list-{listing.on}", _("People"), rows, table, about)


def count_file(answer: Answer, *, base_url: str = "") -> File:
    """An answer to a count."""
    link = f"{base_url}{reverse('counts')}?{answer.cited_query}"
    rows = count_rows(answer, url=link)
    about = about_count(answer, rows=len(rows), base_url=base_url, link=link)
    return File(f"counts-{answer.on}", _("Counts"), len(rows), Table(COUNT_COLUMNS, [count_part(rows)]), about)
