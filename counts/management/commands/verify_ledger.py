"""Compare the ledger with the records, and what forms offer with the ledger."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from counts.ledger import Difference, TermDifference, differences, repair, repair_terms, term_differences


class Command(BaseCommand):
    help = "Recompute the ledger from the records and print each difference. Exit status 1 if there is any left."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="write a revision that makes the ledger equal to the records")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, repair: bool, **options: Any) -> None:
        found, terms = list(differences()), term_differences()
        is_repaired = repair and bool(found or terms)
        if options["json"]:
            told = {"differences": [asdict(one) for one in found], "terms": [asdict(one) for one in terms]}
            self.stdout.write(json.dumps({**told, "repaired": is_repaired}))
        else:
            for words in (*map(_in_words, found), *map(_term_in_words, terms)):
                self.stdout.write(words)
        if is_repaired:
            self._repair(found)
        elif found:
            raise CommandError(f"The ledger differs from the records in {len(found)} arrests. --repair mends it.")
        elif terms:
            raise CommandError(f"What forms offer differs from the ledger in {len(terms)} terms. --repair mends it.")
        if not options["json"]:
            self.stdout.write("The ledger has been repaired." if is_repaired else "The ledger equals the records.")

    def _repair(self, found: list[Difference]) -> None:
        repair(people=[one.prisoner_id for one in found])
        if term_differences():
            repair_terms()
        if any(differences()) or term_differences():
            raise CommandError("The ledger still differs from the records.")


def _in_words(one: Difference) -> str:
    return f"arrest {one.arrest_id}\n  ledger:  {one.in_ledger or 'nothing'}\n  records: {one.in_records or 'nothing'}"


def _term_in_words(one: TermDifference) -> str:
    term = " ".join(part for part in (one.name, one.country, one.value or "unknown") if part)
    return f"{term}\n  offered: {one.kept or 'nothing'}\n  ledger:  {one.in_ledger or 'nothing'}"
