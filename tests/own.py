"""The project's own apps and files, for the tests that read the source."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings

BASE_DIR: Path = settings.BASE_DIR


def own_apps() -> list[AppConfig]:
    """The apps that live in this repository."""
    return [app for app in apps.get_app_configs() if Path(app.path).parent == BASE_DIR]


def modules(folder: str) -> Iterator[tuple[Path, ast.Module]]:
    """Every Python file under a folder of the repository, with its syntax tree."""
    for path in sorted((BASE_DIR / folder).rglob("*.py")):
        yield path.relative_to(BASE_DIR), ast.parse(path.read_text(), str(path))
