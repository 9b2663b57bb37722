"""Menus of records that may be many: the newest, or those that have the words which an editor typed. No script is needed."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q
from django.http import QueryDict

from prisoners.models import Source
from releases.models import Pardon, Wave

MOST, LONGEST = 200, 100
SEARCHED: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "pardon": (Pardon, ("title", "slug", "authority", "announced_on", "wave__title")),
    "wave": (Wave, ("title", "slug")),
    "source": (Source, ("title", "publisher", "url")),
}


@dataclass(frozen=True, slots=True)
class Menu:
    """What one menu offers. `words` are those that were typed; `is_new`, whether they were looked for only now."""

    name: str
    words: str
    found: list[Any]
    number: int
    is_new: bool

    @property
    def is_cut(self) -> bool:
        return self.number > len(self.found)


def menus_for(data: QueryDict) -> dict[str, Menu]:
    """All of them, with what is chosen in each, narrowed by the words that came with the page."""
    return {name: _menu(name, data) for name in SEARCHED}


def _menu(name: str, data: QueryDict) -> Menu:
    model, fields = SEARCHED[name]
    words = " ".join(data.get(f"find-{name}", "").split())[:LONGEST]
    wanted = model._default_manager.filter(_all_of(words, fields))
    found = list(wanted.order_by("-pk")[:MOST])
    is_new = words != data.get(f"found-{name}", "")
    return Menu(name, words, found, wanted.count() if len(found) == MOST else len(found), is_new)


def _all_of(words: str, fields: tuple[str, ...]) -> Q:
    every = Q()
    for word in words.split():
        any_of = Q()
        for field in fields:
            any_of |= Q(**{f"{field}__icontains": word})
        every &= any_of
    return every
