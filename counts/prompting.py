"""Queries at the prompt: written as NAME=VALUE, refused with what is valid."""

from collections.abc import Iterable

from django.core.management.base import CommandError
from django.http import QueryDict

from .problems import InvalidQuery


def as_query(parameters: Iterable[str]) -> QueryDict:
    """The query that an address would hold. Raises CommandError for what is no parameter."""
    query = QueryDict(mutable=True)
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals:
            raise CommandError(f"“{parameter}” is not of the form NAME=VALUE, such as on=2024-01-15.")
        query.appendlist(name, value)
    return query


def refusal(error: InvalidQuery) -> CommandError:
    """What is wrong with a query, a line a problem."""
    lines = [
        f"{problem.message}" + (f" Valid: {', '.join(problem.valid)}." if problem.valid else "") for problem in error.problems
    ]
    return CommandError("\n".join(lines))
