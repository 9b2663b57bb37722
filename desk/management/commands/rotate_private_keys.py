"""`manage.py rotate_private_keys`: encrypts every private text with the newest key."""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from desk.private.keys import key_ring
from desk.private.rotation import Rotation, count_rows, rotate_private_keys
from prisoners.acting import OPERATOR, acting

TOLD = 50


class Command(BaseCommand):
    help = (
        "Encrypt every private text with the newest key of PRIVATE_KEYS. Safe to interrupt and to run again. "
        "Exit status 1 when a text can't be read. docs/private.md explains how keys are changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count; change nothing")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        with (
            acting(actor=OPERATOR, capacity=OPERATOR, reason="rotate_private_keys"),
            tqdm(total=count_rows(), unit=" rows", disable=not sys.stderr.isatty(), delay=1) as bar,
        ):
            done = rotate_private_keys(ring=key_ring(), dry_run=dry_run, progress=bar.update)
        if options["json"]:
            self.stdout.write(json.dumps({**asdict(done), "dry_run": dry_run}))
        else:
            self._print(done, dry_run)
        if done.problems:
            raise CommandError(f"{len(done.problems)} of {done.values} values can't be read. Drop no key before they can.")

    def _print(self, done: Rotation, dry_run: bool) -> None:
        now = "would be encrypted" if dry_run else "were encrypted"
        self.stdout.write(f"{done.values} values: {done.newest} had the newest key, {done.rotated} {now} with it.")
        for one in done.problems[:TOLD]:
            self.stdout.write(f"{one.table}, row {one.row}, {one.field}: {one.reason}")
        if len(done.problems) > TOLD:
            self.stdout.write(f"… and {len(done.problems) - TOLD} more; --json lists all of them.")
