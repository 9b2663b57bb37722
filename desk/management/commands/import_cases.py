"""`manage.py import_cases FILE`: cases from a spreadsheet, one row an arrest."""

import argparse
import datetime
import json
import secrets
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from desk.imports.mapping import FileMapping, read_mapping
from desk.imports.problems import FileFault
from desk.imports.report import Report
from desk.imports.run import Progress, Request, run_import
from desk.imports.summary import Summary

ROWS_LEFT_OUT = 1
FILE_UNUSABLE = 2


def day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day: write it as 2020-09-30.") from None


class Command(BaseCommand):
    help = (
        "Import cases from a CSV or XLSX file, one row an arrest. The same file twice changes nothing. "
        "Exit status: 0 when every row went well, 1 when rows were left out (the others are imported), "
        "2 when the file as a whole can't be used. docs/import.md explains columns, mappings and the report."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV (UTF-8) or XLSX file")
        parser.add_argument("--mapping", type=Path, help="a TOML file that translates another group's spreadsheet")
        parser.add_argument("--as-at", type=day, help="the day on which the list was true, such as 2020-09-30")
        parser.add_argument("--dry-run", action="store_true", help="do everything, then take it back")
        parser.add_argument("--publish", action="store_true", help="make new people public: your own approval, recorded as such")
        parser.add_argument("--report", type=Path, help="write what stood in a row's way to this CSV file")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            summary, report = self._import(options)
        except FileFault as fault:
            if options["json"]:
                self.stdout.write(json.dumps({"error": str(fault)}, ensure_ascii=False))
            raise CommandError(str(fault), returncode=FILE_UNUSABLE) from None
        if options["json"]:
            self.stdout.write(json.dumps(summary.as_json(), ensure_ascii=False, indent=2))
        else:
            self._print(summary, report)
        self._complain(summary)

    def _import(self, options: dict[str, Any]) -> tuple[Summary, Report]:
        if options["publish"] and not settings.IMPORT_MAY_PUBLISH:
            raise FileFault("IMPORT_MAY_PUBLISH is off: imports can't publish here. Import drafts, without --publish.")
        today = timezone.localdate()
        if options["as_at"] and options["as_at"] > today:
            raise FileFault(f"--as-at {options['as_at']} is still to come.")
        mapping = _mapping(options["mapping"])
        try:
            file = options["file"].open("rb")
        except OSError as error:
            raise FileFault(f"The file can't be read: {error}.") from None
        with file, Report(options["report"]) as report, _bar() as bar:
            request = Request(
                file=file,
                file_name=options["file"].name,
                mapping=mapping,
                now=timezone.now(),
                today=today,
                as_at=options["as_at"],
                publish=options["publish"],
                dry_run=options["dry_run"],
            )
            summary = run_import(request=request, report=report, chance=secrets.SystemRandom(), progress=_progress(bar))
        return summary, report

    def _print(self, summary: Summary, report: Report) -> None:
        write = self.stdout.write
        if summary.is_dry_run:
            write("A dry run: nothing was changed. An import would do this:")
        write(f"{summary.rows} rows: {summary.created} arrests created ({summary.people} new people), {summary.updated} updated,")
        write(f"{summary.unchanged} unchanged, {summary.waiting} waiting as possible duplicates, {summary.rejected} rejected.")
        for kind, titles in summary.created_records.items():
            if titles:
                write(f"New {kind} ({len(titles)}): {'; '.join(titles[:50])}{' …' if len(titles) > 50 else ''}")
        for note in summary.notes:
            write(f"Note: {note}")
        for problem in report.first:
            write(f"Line {problem.line}, {problem.column or 'row'}: {problem.reason}")
        if report.count > len(report.first):
            write(f"… and {report.count - len(report.first)} more; --report FILE writes all of them.")

    def _complain(self, summary: Summary) -> None:
        if summary.left_out:
            done = summary.rows - summary.left_out
            kept = f"The other {done} are imported." if done and not summary.is_dry_run else "Nothing is imported."
            raise CommandError(f"{summary.left_out} of {summary.rows} rows are not imported. {kept}", returncode=ROWS_LEFT_OUT)


def _mapping(path: Path | None) -> FileMapping:
    if path is None:
        return FileMapping()
    try:
        return read_mapping(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise FileFault(f"The mapping can't be read: {error}.") from None


def _bar() -> "tqdm[None]":
    return tqdm(unit=" rows", disable=not sys.stderr.isatty(), delay=1)


def _progress(bar: "tqdm[None]") -> Progress:
    def show(done: int, about: int | None) -> None:
        bar.total = max(about or 0, done)
        bar.update(done - bar.n)

    return show
