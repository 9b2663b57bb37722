"""Making the files of /data/ ahead of whoever asks for them."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate
from tqdm import tqdm

from counts.package.building import ENTITIES, ZIP
from counts.package.kept import NotReady, make


class Command(BaseCommand):
    help = "Make the data package and the FollowTheMoney file of the present state, unless they are there already."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print what was made as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(desc="tables", unit="", disable=options["json"] or None, file=self.stderr) as bar:
            try:
                kept = make(localdate(), timeout_ms=0, progress=lambda done, of: _show(bar, done, of))
            except NotReady:
                raise CommandError("Another process is making the files at this moment.") from None
        made = kept.made
        told = {
            "version": made.version,
            "folder": str(kept.folder),
            "files": {
                ZIP: {"bytes": made.zip.bytes, "sha256": made.zip.sha256, "rows": made.zip.rows},
                ENTITIES: {"bytes": made.entities.bytes, "sha256": made.entities.sha256, "rows": made.entities.rows},
            },
        }
        if options["json"]:
            self.stdout.write(json.dumps(told))
        else:
            self.stdout.write(
                f"Version {made.version}: {made.zip.rows} rows in {len(made.tables)} tables, {made.entities.rows} entities."
            )


def _show(bar: Any, done: int, of: int) -> None:
    bar.total = of
    bar.update(done - bar.n)
