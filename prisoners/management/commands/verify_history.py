"""Look for changes of the past."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from prisoners.history.verifying import breaches, head


class Command(BaseCommand):
    help = (
        "Check the history: that its seals form one chain and cover every entry, and that no record changed without a trace. "
        "Prints the newest seal, to be noted elsewhere. Exit status 1 if anything is wrong."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--expect", metavar="HASH", default="", help="a seal noted earlier, which must still be there")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, expect: str, **options: Any) -> None:
        found = list(breaches(expected=expect))
        number, seal = head()
        if options["json"]:
            self.stdout.write(json.dumps({"breaches": [one.as_json() for one in found], "seal": number, "hash": seal}))
        else:
            for one in found:
                self.stdout.write(f"{one.where}: {one.message}")
        if found:
            raise CommandError(f"The history is not whole: {len(found)} things are wrong.")
        if not options["json"]:
            self.stdout.write(f"The history is whole. Its newest seal: {number} {seal}")
