"""The lines of the file, in constant memory: rows of several tables side by side, each in the order of the people."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.db import connection

from ..tables import TABLES
from . import entities
from .values import Row

_BY_NAME = {table.name: table for table in TABLES}
_FETCHED = 2000
CODE_LENGTH = 9  # every key of what belongs to a person begins with their code
Entity = dict[str, Any]

# Public addresses that something of a person is cited from.
_CITED = f"""
SELECT cited.prisoner, cited.record, source.url FROM ({_BY_NAME["citations"].select()}) AS cited
JOIN ({_BY_NAME["sources"].select()}) AS source ON source.id = cited.source
WHERE cited.prisoner IS NOT NULL AND source.url IS NOT NULL
ORDER BY cited.prisoner COLLATE "C", source.url COLLATE "C", cited.record
"""
# Who came out under an act, or is named by it.
_FREED = f"""
SELECT DISTINCT act.pardon, left(act.arrest, {CODE_LENGTH}) AS prisoner FROM (
    SELECT pardon, arrest FROM ({_BY_NAME["releases"].select()}) AS ended WHERE pardon IS NOT NULL
    UNION ALL SELECT pardon, arrest FROM ({_BY_NAME["pardon_lines"].select()}) AS line
) AS act ORDER BY 1, 2
"""


def lines(doors: str) -> Iterator[bytes]:
    """One entity a line, each with the data set that it is of. Call it within a transaction."""
    datasets = [re.sub(r"[^a-z0-9]+", "_", settings.SITE_NAME.lower()).strip("_") or "political_prisoners"]
    for entity in _entities(Rows(doors)):
        yield json.dumps({**entity, "datasets": datasets}, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class Rows:
    """Rows of the public tables behind their doors, as the database hands them out."""

    def __init__(self, doors: str) -> None:
        self.doors = doors

    def of(self, name: str) -> Iterator[Row]:
        """A table, in the order of its key."""
        return self.asked(_BY_NAME[name].select())

    def asked(self, select: str) -> Iterator[Row]:
        """What a query behind the doors finds."""
        with connection.chunked_cursor() as cursor:
            cursor.execute(f"{self.doors}{select}")
            while rows := cursor.fetchmany(_FETCHED):
                names = [column[0] for column in cursor.description]
                yield from (dict(zip(names, row, strict=True)) for row in rows)


class Beside:
    """Rows that belong to people, read alongside the people; both stand in the order of the codes."""

    def __init__(self, rows: Iterable[Row], column: str) -> None:
        self._groups = groupby(rows, key=lambda row: str(row[column])[:CODE_LENGTH])
        self._next = next(self._groups, None)

    def of(self, code: str) -> list[Row]:
        """The rows of one person; call it in the order of the codes."""
        while self._next is not None and self._next[0] < code:
            self._next = next(self._groups, None)
        if self._next is None or self._next[0] != code:
            return []
        return list(self._next[1])


def _entities(rows: Rows) -> Iterator[Entity]:
    yield from map(entities.organisation, rows.of("organisations"))
    yield from map(entities.facility, rows.of("facilities"))
    yield from map(entities.group_trial, rows.of("cases"))
    yield from _people(rows)
    freed = {act: [row["prisoner"] for row in group] for act, group in groupby(rows.asked(_FREED), key=itemgetter("pardon"))}
    yield from (entities.act(row, freed.get(row["slug"], [])) for row in rows.of("pardons"))
    yield from map(entities.event, rows.of("events"))


def _people(rows: Rows) -> Iterator[Entity]:
    """Everybody who is shown by name, each with all that belongs to them."""
    names, summaries = Beside(rows.of("names"), "prisoner"), Beside(rows.of("summaries"), "prisoner")
    arrests, stays = Beside(rows.of("arrests"), "prisoner"), Beside(rows.of("stays"), "arrest")
    recognitions, cited = Beside(rows.of("recognitions"), "arrest"), Beside(rows.asked(_CITED), "prisoner")
    occupations = {row["code"]: row["label"] for row in rows.of("occupations")}
    for row in rows.of("prisoners"):
        if row["visibility"] != "named":
            continue
        code, sources = row["code"], cited.of(row["code"])
        urls = [_page(code), *(source["url"] for source in sources)]
        yield entities.person(row, names.of(code), summaries.of(code), occupations, urls)
        for arrest in arrests.of(code):
            of_arrest = [source["url"] for source in sources if source["record"] == arrest["id"]]
            yield entities.custody(arrest, row["name"] or code, of_arrest)
            if arrest["case"]:
                yield entities.party(arrest)
        yield from map(entities.stay, stays.of(code))
        yield from map(entities.recognition, recognitions.of(code))


def _page(code: str) -> str:
    """The case page, where the site says where it is."""
    return f"{settings.SITE_URL}/prisoners/{code}/" if settings.SITE_URL else ""
