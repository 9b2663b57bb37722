"""The same as the downloads, to a file."""

import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from counts.answering import answer
from counts.exports.files import FORMATS, STREAMED, File, count_file, people_file
from counts.exports.tables import Part
from counts.moment import one_long_moment
from counts.problems import InvalidQuery
from counts.prompting import as_query, refusal

KINDS = ("prisoners", "counts")


class Command(BaseCommand):
    help = (
        "Write a list of people or a count to a file, as the downloads do: "
        "manage.py export prisoners status=held --to held.csv. The file is there once it is whole."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "words",
            nargs="+",
            metavar="prisoners|counts NAME=VALUE",
            help="what to write, and the parameters of the query, such as: prisoners status=held",
        )
        parser.add_argument("--to", required=True, type=Path, metavar="FILE", help="the file; one that is there is replaced")
        parser.add_argument("--format", choices=FORMATS, help="by default what the file's name ends in")
        parser.add_argument(
            "--site", default="", metavar="URL", help="the site's address, such as https://example.org, for the links in the file"
        )
        parser.add_argument("--json", action="store_true", help="print a summary as JSON")

    def handle(self, *args: Any, words: list[str], to: Path, **options: Any) -> None:
        kind, *parameters = words
        if kind not in KINDS:
            raise CommandError(f"“{kind}” can't be written: say {' or '.join(KINDS)}.")
        form = options["format"] or to.suffix.removeprefix(".")
        if form not in FORMATS:
            raise CommandError(f"“{to.name}” doesn't end in a format: give --format, one of {', '.join(FORMATS)}.")
        if not to.parent.is_dir():
            raise CommandError(f"There is no folder “{to.parent}”.")
        try:
            # A prompt has nobody waiting at the other end, so what takes long may.
            beside = tempfile.TemporaryDirectory(dir=to.absolute().parent, prefix=".export-")
            with beside as folder, one_long_moment(timeout_ms=0):
                file = self._asked(kind, parameters, options["site"].rstrip("/"))
                fresh = Path(folder, "file")
                _write(_watched(file), form, fresh)
                os.chmod(fresh, 0o666 & ~_mask())
                fresh.replace(to)
        except InvalidQuery as error:
            raise refusal(error) from None
        except OSError as error:
            raise CommandError(f"The file can't be written: {error}.") from None
        self._say({"file": str(to), "format": form, "rows": file.rows, "bytes": to.stat().st_size}, as_json=options["json"])

    def _asked(self, kind: str, parameters: list[str], site: str) -> File:
        query, now = as_query(parameters), timezone.now()
        today = timezone.localdate(now)
        if kind == "counts":
            return count_file(answer(query, today=today, now=now), base_url=site)
        return people_file(query, today=today, now=now, base_url=site)

    def _say(self, summary: dict[str, Any], *, as_json: bool) -> None:
        words = f"Wrote {summary['rows']:,} rows to {summary['file']} ({summary['bytes']:,} bytes)."
        self.stdout.write(json.dumps(summary) if as_json else words)


def _write(file: File, form: str, path: Path) -> None:
    if form in STREAMED:
        with path.open("wb") as out:
            out.writelines(file.chunks(form))
    else:
        for _step in file.steps(form, path):
            pass


def _watched(file: File) -> File:
    """The same, with a bar that moves as its parts are asked for."""

    def parts() -> Iterator[Part]:
        with tqdm(total=file.rows, unit=" rows", disable=None, leave=False) as bar:
            for part in file.table.parts:
                yield part
                bar.update(part.rows or 0)

    return replace(file, table=replace(file.table, parts=parts()))


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
