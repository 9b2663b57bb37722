"""`manage.py compare_lines`: hold the open lines of pardons against everybody who is new or was changed."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from desk.offers.models import Offer, OpenLine
from desk.offers.noticing import notice

AT_ONCE = 2000


class Command(BaseCommand):
    help = (
        "Hold the unidentified lines of pardons against people who are new or were changed, until nothing is left to compare. "
        "Pages of the desk do the same in small steps; this is for after a large import. It changes no record."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(unit=" steps", file=sys.stderr, disable=not sys.stderr.isatty(), delay=1) as bar:
            while not (left := notice(people=AT_ONCE)).is_done:
                bar.update()
                if left.is_busy:
                    raise CommandError("Somebody else is comparing just now: try again in a minute.")
        offered = Offer.objects.filter(put_aside_at=None).values("line").distinct().count()
        said = {"lines": OpenLine.objects.count(), "offered": offered}
        if options["json"]:
            self.stdout.write(json.dumps(said))
        else:
            self.stdout.write(f"{said['lines']} unidentified lines are compared with everybody; names fit {said['offered']}.")
