"""End the embargoes whose day has come."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from prisoners.embargo import lift_embargoes


class Command(BaseCommand):
    help = "End every embargo whose day has come. Let a timer call it each morning: until then nobody embargoed is public."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        codes = lift_embargoes(today=timezone.localdate())
        if options["json"]:
            self.stdout.write(json.dumps({"lifted": codes}))
            return
        for code in codes:
            self.stdout.write(code)
        self.stdout.write(f"{len(codes)} lifted.")
