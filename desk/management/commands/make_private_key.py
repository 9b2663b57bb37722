"""`manage.py make_private_key`: a new key for PRIVATE_KEYS."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from desk.private.keys import new_key


class Command(BaseCommand):
    help = "Print a new key, to be put before the others in PRIVATE_KEYS. It is kept nowhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps({"key": new_key()}) if options["json"] else new_key())
