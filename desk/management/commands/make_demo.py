"""`manage.py make_demo`: the reference story with invented people."""

import argparse
import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from desk.demonstration import story
from desk.demonstration.service import Made, RealPeoplePresent, make_demonstration

REFUSAL = (
    "This database holds real people, and invented ones must never stand among them. "
    "Use another database: set DATABASE_URL, or LOCAL_DIR for an embedded one."
)


def positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number of at least 1")
    return int(text)


class Command(BaseCommand):
    help = "Fill an empty database with the reference story: invented people, the same for the same seed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--people", type=positive, default=story.DEFAULT_PEOPLE, help="how many people (default: %(default)s)"
        )
        parser.add_argument(
            "--seed", type=int, default=story.DEFAULT_SEED, help="another seed, other people (default: %(default)s)"
        )
        parser.add_argument("--json", action="store_true", help="say what was made as JSON")

    def handle(self, *args: Any, people: int, seed: int, **options: Any) -> None:
        # `disable=None`: no bar where nobody watches.
        with tqdm(total=people, unit=" people", desc="Inventing", file=sys.stderr, disable=None) as bar:
            try:
                made = make_demonstration(seed=seed, people=people, progress=bar.update)
            except RealPeoplePresent:
                raise CommandError(REFUSAL) from None
        self.stdout.write(json.dumps(made.as_dict()) if options["json"] else _sentence(made))


def _sentence(made: Made) -> str:
    if not made.is_new:
        return f"There is demonstration data already ({made.people:,} people): nothing was changed."
    return f"Made {made.people:,} invented people with {made.arrests:,} arrests and {made.releases:,} releases."
