"""Runs `import_cases` on what a test gives it."""

import csv
import io
import itertools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import CommandError, call_command

_files = itertools.count(1)


@dataclass
class Result:
    """What the command printed, its report and its exit status."""

    status: int
    message: str
    summary: dict[str, Any]
    problems: list[dict[str, str]]

    @property
    def outcomes(self) -> dict[str, int]:
        """The counts that are not nought."""
        names = ("created", "updated", "unchanged", "waiting", "rejected")
        return {name: self.summary[name] for name in names if self.summary[name]}

    @property
    def places(self) -> list[tuple[int, str]]:
        """Line and column of each problem."""
        return [(int(problem["line"]), problem["column"]) for problem in self.problems]


class Importer:
    """`importer(content)` imports bytes, text, or rows given as dictionaries."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, content: Any, *, mapping: str = "", suffix: str = ".csv", **options: Any) -> Result:
        path = self.folder / f"file{next(_files)}{suffix}"
        path.write_bytes(content if isinstance(content, bytes) else as_csv(content).encode())
        report = path.with_suffix(".report")
        if mapping:
            options["mapping"] = path.with_suffix(".toml")
            options["mapping"].write_text(mapping, encoding="utf-8")
        out, status, message = io.StringIO(), 0, ""
        try:
            call_command("import_cases", str(path), report=report, json=True, stdout=out, **options)
        except CommandError as error:
            status, message = error.returncode, str(error)
        problems = list(csv.DictReader(io.StringIO(report.read_text(encoding="utf-8"), newline=""))) if report.exists() else []
        return Result(status, message, json.loads(out.getvalue() or "{}"), problems)


def as_csv(content: str | list[dict[str, str]]) -> str:
    """Rows as a file whose columns are those that any of them has."""
    if isinstance(content, str):
        return content
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(name for row in content for name in row)), restval="")
    writer.writeheader()
    writer.writerows(content)
    return text.getvalue()


def row(**cells: Any) -> dict[str, str]:
    """A row that can be imported and published, but for what a test changes."""
    usual = {"name": "Alieś Prykład", "country": "BY", "arrested": "2020-08-09", "source_url": "https://example.org/1"}
    return {name: str(value) for name, value in {**usual, **cells}.items()}


def row_counts() -> dict[str, int]:
    """How many rows each table holds."""
    return {model._meta.db_table: model._default_manager.count() for model in apps.get_models(include_auto_created=True)}
