"""What an import may create by naming it: contexts, cases, facilities and organisations."""

from operator import attrgetter

from django.db import models

from prisoners.models import Case, Context, Facility, Organisation
from prisoners.models.custody import FacilityKind
from prisoners.slugs import ascii_slug

from .mapping import fold
from .rows import Row
from .tables import Table, next_keys

Key = tuple[str, str]  # the folded title, and the country where that matters


class Register:
    """The records of one kind, by title or slug. New ones count only once `keep` says that what needed them was written."""

    def __init__(self, column: str, model: type[models.Model], title: str, **constants: str | None) -> None:
        self.column = column
        self.model = model
        self.created: list[str] = []
        self._country = ["country"] if model is Facility else []  # of one name in two countries, they are two
        self._table = Table(model, "id", "slug", title, *self._country, **constants)
        self._known: dict[Key, int] = {}
        self._fresh: dict[Key, tuple[int, str]] = {}
        self._slugs: set[str] = set()
        for key, slug, text, *country in model._default_manager.values_list("pk", "slug", title, *self._country):
            self._slugs.add(slug)
            self._known.setdefault((fold(slug), "".join(country)), key)
            self._known[fold(text), "".join(country)] = key

    def ensure(self, rows: list[Row]) -> None:
        """Create what the rows name and nobody knows."""
        read = attrgetter(self.column)
        first = {(read(row), row.country): row for row in reversed(rows) if read(row)}
        missing = {self._key(row): named for named, row in first.items() if self._find(row) is None}
        if missing:
            keys = next_keys(self.model, len(missing))
            self._table.copy([self._new(key, next(keys), *named) for key, named in missing.items()])

    def key_for(self, row: Row) -> int | None:
        """The primary key of what the row names; None when it names nothing."""
        return self._find(row) if getattr(row, self.column) else None

    def keep(self) -> None:
        """What was created last is there to stay."""
        for key, (primary_key, title) in self._fresh.items():
            self._known[key] = primary_key
            self.created.append(title)
        self._fresh.clear()

    def forget(self) -> None:
        """What was created last was taken back by the database."""
        self._fresh.clear()

    def _key(self, row: Row) -> Key:
        return fold(getattr(row, self.column)), row.country if self._country else ""

    def _find(self, row: Row) -> int | None:
        key = self._key(row)
        return self._fresh[key][0] if key in self._fresh else self._known.get(key)

    def _new(self, key: Key, primary_key: int, title: str, country: str) -> tuple[object, ...]:
        slug = ascii_slug(title, self.column, self._slugs)
        self._slugs.add(slug)
        self._fresh[key] = (primary_key, title)
        return (primary_key, slug, title, *([country] if self._country else []), *self._table.constants)


class Registry:
    """The four registers."""

    def __init__(self) -> None:
        self.contexts = Register("context", Context, "title", summary="")
        self.cases = Register("case", Case, "title", summary="")
        unknown = {"kind": FacilityKind.OTHER.value, "region": "", "postal_address": "", "latitude": None, "longitude": None}
        self.facilities = Register("facility", Facility, "name", **unknown)
        self.organisations = Register("recognised_by", Organisation, "name", url="")

    @property
    def all(self) -> dict[str, Register]:
        return {
            "contexts": self.contexts,
            "cases": self.cases,
            "facilities": self.facilities,
            "organisations": self.organisations,
        }

    def ensure(self, rows: list[Row]) -> None:
        for register in self.all.values():
            register.ensure(rows)

    def keep(self) -> None:
        for register in self.all.values():
            register.keep()

    def forget(self) -> None:
        for register in self.all.values():
            register.forget()
