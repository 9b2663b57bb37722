"""`manage.py sweep_files`: files and rows in order."""

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from desk.files.sweeping import Problem, count_named, orphans, problems


class Command(BaseCommand):
    help = (
        "Delete uploaded files that no record names, older than an hour, and print each record whose file is missing or "
        "was changed. Exit status 1 if there is any such record."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="delete nothing; print what would be deleted")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        left = orphans(time.time())
        if not dry_run:
            for path in left:
                path.unlink(missing_ok=True)
        # `disable=None`: no bar where nobody watches.
        with tqdm(problems(), total=count_named(), unit=" files", desc="Comparing", file=sys.stderr, disable=None) as compared:
            found = [problem for problem in compared if problem]
        if options["json"]:
            self._print_json(left, found, dry_run)
        else:
            self._print(left, found, dry_run)
        if found:
            raise CommandError(f"{len(found)} files of records are missing or changed: bring them back from a backup.")

    def _print_json(self, left: list[Path], found: list[Problem], dry_run: bool) -> None:
        orphaned = [f"{path.parent.name}/{path.name}" for path in left]
        self.stdout.write(json.dumps({"orphans": orphaned, "deleted": not dry_run, "problems": [asdict(one) for one in found]}))

    def _print(self, left: list[Path], found: list[Problem], dry_run: bool) -> None:
        for path in left:
            self.stdout.write(f"{'would delete' if dry_run else 'deleted'} {path.parent.name}/{path.name}")
        for one in found:
            self.stdout.write(f"{one.record}: {one.file} is {one.problem}")
        if not left and not found:
            self.stdout.write("Every file has its record, and every record its file, unchanged.")
