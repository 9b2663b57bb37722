"""`manage.py data_dictionary`: writes docs/data-dictionary.md from the models."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from desk.dictionary.page import data_dictionary
from prisoners.disclosure import Unclassified

PAGE = Path("docs") / "data-dictionary.md"


class Command(BaseCommand):
    help = "Write docs/data-dictionary.md: every record and field, its type, who sees it and its standard."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; status 1 when the page is out of date")
        parser.add_argument(
            "--file", type=Path, default=settings.BASE_DIR / PAGE, help="where the page is (default: docs/data-dictionary.md)"
        )

    def handle(self, *args: Any, check: bool, file: Path, **options: Any) -> None:
        try:
            page = data_dictionary()
        except Unclassified as error:
            raise CommandError(str(error)) from None
        if check:
            _compare(file, page)
        else:
            file.write_text(page, encoding="utf-8")
        self.stdout.write(f"{file.name} is up to date." if check else f"{file.name} was written.")


def _compare(file: Path, page: str) -> None:
    if not file.exists() or file.read_text(encoding="utf-8") != page:
        raise CommandError(f"{file.name} is out of date: run `python manage.py data_dictionary` and commit what it writes.")
