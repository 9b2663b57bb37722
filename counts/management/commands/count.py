"""The same query as /counts.json, at the prompt."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import QueryDict
from django.utils import timezone

from counts.answering import answer
from counts.answers import Answer
from counts.problems import InvalidQuery
from counts.wording import amount, citation, doubt, sentence


class Command(BaseCommand):
    help = "Count, as /counts.json does: manage.py count measure=held on=2024-01-15 by=region"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("parameters", nargs="*", metavar="NAME=VALUE", help="parameters of the query, such as by=region")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, parameters: list[str], **options: Any) -> None:
        query = _as_query(parameters)
        now = timezone.now()
        try:
            found = answer(query, today=timezone.localdate(now), now=now)
        except InvalidQuery as error:
            raise CommandError("\n".join(_problem_lines(error))) from None
        if options["json"]:
            url = f"/counts/?{found.cited_query}"
            cited = citation(found, site_name=settings.SITE_NAME, url=url)
            self.stdout.write(json.dumps(found.as_dict(url=url, text=cited), ensure_ascii=False))
        else:
            self._print(found)

    def _print(self, found: Answer) -> None:
        self.stdout.write(f"{sentence(found)} {doubt(found)}".rstrip())
        for group in found.groups:
            self.stdout.write(f"{group.slug}\t{group.label}\t{amount(group.figures)}")
        if found.not_broken_down is not None and found.not_broken_down.is_anybody:
            self.stdout.write(f"\tnot broken down (people who are only counted)\t{amount(found.not_broken_down)}")


def _as_query(parameters: list[str]) -> QueryDict:
    query = QueryDict(mutable=True)
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals:
            raise CommandError(f"“{parameter}” is not of the form NAME=VALUE, such as on=2024-01-15.")
        query.appendlist(name, value)
    return query


def _problem_lines(error: InvalidQuery) -> list[str]:
    return [
        f"{problem.message}" + (f" Valid: {', '.join(problem.valid)}." if problem.valid else "") for problem in error.problems
    ]
