"""Compare the ledger with the records."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from counts.ledger import Difference, differences, repair


class Command(BaseCommand):
    help = "Recompute the ledger from the records and print each difference. Exit status 1 if there is any left."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="write a revision that makes the ledger equal to the records")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, repair: bool, **options: Any) -> None:
        found = list(differences())
        if options["json"]:
            self.stdout.write(json.dumps({"differences": [asdict(one) for one in found], "repaired": repair and bool(found)}))
        else:
            for one in found:
                self.stdout.write(_in_words(one))
        if found and repair:
            self._repair(found)
        elif found:
            raise CommandError(f"The ledger differs from the records in {len(found)} arrests. --repair mends it.")
        if not options["json"]:
            self.stdout.write("The ledger has been repaired." if found else "The ledger equals the records.")

    def _repair(self, found: list[Difference]) -> None:
        repair(people=[one.prisoner_id for one in found])
        if any(differences()):
            raise CommandError("The ledger still differs from the records.")


def _in_words(one: Difference) -> str:
    return f"arrest {one.arrest_id}\n  ledger:  {one.in_ledger or 'nothing'}\n  records: {one.in_records or 'nothing'}"
