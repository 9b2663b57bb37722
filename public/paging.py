"""Pages of long lists, strict about their one parameter."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from counts.problems import InvalidQuery, Problem


def strict_page(pages: "Paginator[Any]", query: Mapping[str, str], *, besides: Collection[str] = ()) -> "Page[Any]":
    """The page asked for, by a query that may hold `page` and `besides`, read elsewhere. Raises InvalidQuery for all else."""
    valid_names = sorted(["page", *besides])
    problems = [
        Problem(name, value, _("This page takes no such parameter."), valid_names)
        for name, value in query.items()
        if name not in valid_names
    ]
    text = query.get("page", "1")
    valid = [str(number) for number in pages.get_elided_page_range(1, on_each_side=2, on_ends=1)]
    if not (text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= pages.num_pages):
        problems.append(Problem("page", text, _("There is no such page."), valid))
    if problems:
        raise InvalidQuery(problems)
    return pages.page(int(text))


def refuse_page_past(last: int, asked: int) -> None:
    """Raises InvalidQuery when a list has no such page."""
    if asked > last:
        raise InvalidQuery([Problem("page", str(asked), _("There is no such page."), ["1", str(last)] if last > 1 else ["1"])])
