"""List the records that break a rule."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from releases.contradictions import contradictions


class Command(BaseCommand):
    help = "List the records that can't be right beside each other. Exit status 1 if there are any."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(contradictions())
        if options["json"]:
            self.stdout.write(json.dumps({"contradictions": [asdict(one) for one in found]}))
        else:
            for one in found:
                self.stdout.write(f"{one.person}\t{one.rule}\t{one.message}")
        if found:
            raise CommandError(f"{len(found)} records break a rule. Correct them in the record editor.")
        if not options["json"]:
            self.stdout.write("No record breaks a rule.")
