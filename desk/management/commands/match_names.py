"""`manage.py match_names FILE`: whom each name of a list may mean. It changes nothing."""

import argparse
import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from desk.imports.problems import FileFault
from desk.intake.days import Days
from desk.intake.files import text_of_file
from desk.intake.opening import read_text
from desk.intake.reading import Entry, Kind
from prisoners.dates import InvalidDate, UncertainDate
from prisoners.finding import Found, find
from prisoners.models import Prisoner
from prisoners.services import Refused

COLUMNS = ("line", "rank", "code", "name", "score", "band")
CHUNK = 100
FILE_UNUSABLE = 2
Row = tuple[int, int, str, str, str, str]


def day(text: str) -> UncertainDate:
    try:
        return UncertainDate.parse(text)
    except InvalidDate as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= 100):
        raise argparse.ArgumentTypeError(f"“{text}” is not a number from 1 to 100.")
    return int(text)


class Command(BaseCommand):
    help = (
        "For each name of a list print the likely people, best first, as CSV: line,rank,code,name,score,band. It reads text, "
        "CSV and .xlsx as the intake at the desk does, searches every record whatever its state, and changes nothing. The "
        "score is of the name alone: a person must decide. Names that nobody fits, and lines "
        "that one person fits best, are told on standard error. "
        "Exit status: 0 when the list was read, 2 when it can't be used."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the list: one name a line, numbered, or a sentence; - for standard input")
        parser.add_argument("--on", type=day, help="only people possibly held on this day, such as 2024-08-16, or within 2024-08")
        parser.add_argument("--at-most", type=number, default=5, help="how many people for each name (5)")
        parser.add_argument("--json", action="store_true", help="print JSON, with what was read of each line")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            entries = _entries(options["file"])
        except (FileFault, Refused) as fault:
            words = " ".join(fault.messages) if isinstance(fault, Refused) else str(fault)
            if options["json"]:
                self.stdout.write(json.dumps({"error": words}, ensure_ascii=False))
            raise CommandError(words, returncode=FILE_UNUSABLE) from None
        named = [entry for entry in entries if entry.kind is Kind.NAME]
        matched = _matched(named, options["on"], options["at_most"])
        first: dict[str, list[int]] = defaultdict(list)
        if options["json"]:
            every = list(matched)
            for entry, rows in every:
                _note_first(entry, rows, first)
            self.stdout.write(json.dumps([_told(*each, first) for each in every], ensure_ascii=False, indent=2))
        else:
            self._print(matched, first)
        for entry in entries:
            if entry.kind is Kind.UNREAD:
                self.stderr.write(f"Line {entry.line}: not read as a name: {entry.as_written}")

    def _print(self, matched: Iterator[tuple[Entry, list[Row]]], first: dict[str, list[int]]) -> None:
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(COLUMNS)
        for entry, rows in matched:
            writer.writerows(rows)
            _note_first(entry, rows, first)
            if not rows:
                self.stderr.write(f"Line {entry.line}: nobody fits {entry.name}")
        for code, lines in first.items():
            if len(lines) > 1:
                self.stderr.write(f"Lines {', '.join(map(str, lines))}: {code} is first for each of them")


def _entries(path: Path) -> list[Entry]:
    if str(path) == "-":
        return read_text(sys.stdin.read())
    try:
        with path.open("rb") as file:
            return read_text(text_of_file(file, path.name))
    except OSError as error:
        raise FileFault(f"The file can't be read: {error}.") from None


def _matched(entries: list[Entry], on: UncertainDate | None, at_most: int) -> Iterator[tuple[Entry, list[Row]]]:
    """A hundred names at a time, each with its rows."""
    everybody = Prisoner.objects.all()
    among = Days.of(on).held(everybody) if on else None
    with tqdm(total=len(entries), unit=" names", disable=not sys.stderr.isatty(), delay=1) as bar:
        for start in range(0, len(entries), CHUNK):
            chunk = entries[start : start + CHUNK]
            found = find([entry.name for entry in chunk], among=among, at_most=at_most)
            codes = dict(everybody.filter(pk__in={one.prisoner_id for each in found for one in each}).values_list("pk", "code"))
            for entry, each in zip(chunk, found, strict=True):
                yield entry, [_row(entry, rank, one, codes[one.prisoner_id]) for rank, one in enumerate(each, start=1)]
            bar.update(len(chunk))


def _row(entry: Entry, rank: int, found: Found, code: str) -> Row:
    return entry.line, rank, code, found.text, f"{found.score:.3f}", str(found.band)


def _note_first(entry: Entry, rows: list[Row], first: dict[str, list[int]]) -> None:
    if rows:
        first[rows[0][2]].append(entry.line)


def _told(entry: Entry, rows: list[Row], first: dict[str, list[int]]) -> dict[str, Any]:
    others = list(first[rows[0][2]]) if rows else []
    if rows:
        others.remove(entry.line)
    return {
        "line": entry.line,
        "also_first_for": others,
        "as_written": entry.as_written,
        "name": entry.name,
        "born": entry.born or None,
        "age": entry.age,
        "articles": list(entry.articles),
        "place": entry.place or None,
        "people": [
            {"rank": rank, "code": code, "name": name, "score": float(score), "band": band}
            for _line, rank, code, name, score, band in rows
        ],
    }
