"""The report of an import: a CSV file with a line for everything that stood in a row's way."""

import csv
import os
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from django.utils.translation import gettext as _

from .problems import FileFault, Problem

COLUMNS = ("line", "column", "value", "reason")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
SHOWN = 20


class Report:
    """Keeps the first problems for the screen, and writes all of them to a file if there is to be one.

    The file appears, or replaces an older one, only at the end and only if all went well; it can be read by its owner alone.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.first: list[Problem] = []
        self.count = 0

    def __enter__(self) -> "Report":
        if self.path is None:
            return self
        self._unfinished = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        try:
            handle = os.open(self._unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        except OSError as error:
            raise FileFault(_("The report can't be written: %(error)s.") % {"error": error}) from None
        self._file = os.fdopen(handle, "w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow(COLUMNS)
        return self

    def add(self, problems: Iterable[Problem]) -> None:
        for problem in sorted(problems, key=lambda problem: problem.line):
            self.count += 1
            if len(self.first) < SHOWN:
                self.first.append(problem)
            if self.path is not None:
                self._writer.writerow([problem.line, *map(harmless, (problem.column, problem.value, problem.reason))])

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.path is None:
            return
        self._file.close()
        if kind is None:
            os.replace(self._unfinished, self.path)
        else:
            self._unfinished.unlink()


def harmless(text: str) -> str:
    """The text as a cell that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
