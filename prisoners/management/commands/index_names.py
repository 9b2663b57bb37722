"""Write what names are found by, or look whether it is right: their keys, and the spellings of each person."""

import json
import sys
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from prisoners import spellings
from prisoners.models import Name
from prisoners.name_keys import Kept, kept, left_over, renew

AMISS = ("wanting", "older", "wrong", "left_over", "spellings")


class Command(BaseCommand):
    help = (
        "Write the keys that names are found by, for names that want them or have those of an older version, and how people's "
        "names are spelt where that was missed. "
        "Run it after an upgrade; it is safe to interrupt, and to run while the site is used."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", dest="every", help="look at every name, and write what isn't right")
        parser.add_argument(
            "--check", action="store_true", help="write nothing: look at every name, exit status 1 if any hasn't its keys"
        )
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, every: bool, check: bool, **options: Any) -> None:
        found: Counter[str] = Counter(names=0, wanting=0, older=0, wrong=0)
        total = Name.objects.count() if every or check else None
        with tqdm(total=total, unit=" names", desc="Names", file=sys.stderr, disable=None, delay=1) as bar:
            for batch in kept(every=every or check):
                found.update(map(_standing, batch))
                found["names"] += len(batch)
                if not check:
                    renew(one for one in batch if not one.is_right)
                bar.update(len(batch))
        found["left_over"] = left_over(delete=not check)
        found["spellings"] = spellings.amiss(repair=not check)
        said = {name: found[name] for name in ("names", *AMISS)}
        amiss = sum(found[name] for name in AMISS)
        self.stdout.write(json.dumps({**said, "written": 0 if check else amiss}) if options["json"] else _in_words(said))
        if check and amiss:
            raise CommandError("Not every name is found as it should be. Without --check what is amiss is written.")


def _standing(one: Kept) -> str:
    if one.is_right:
        return "right"
    if one.version is None:
        return "wanting"
    return "older" if one.is_older else "wrong"


def _in_words(said: dict[str, int]) -> str:
    return (
        f"Names looked at: {said['names']}. Without keys: {said['wanting']}; with keys of an older version: {said['older']}; "
        f"with wrong keys: {said['wrong']}; keys of no name: {said['left_over']}. People whose names were spelt otherwise: "
        f"{said['spellings']}."
    )
