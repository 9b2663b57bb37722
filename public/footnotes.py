"""Sources numbered like footnotes, in the order in which a page first cites them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Model

from prisoners.models import CitationBase, Confidentiality, Source


@dataclass(frozen=True, slots=True)
class Mark:
    """A reference to a footnote, with the exact place in the source and the value that it gives, where noted."""

    number: int
    locator: str
    value: str


class Footnotes:
    """Finds the citations of records and numbers their sources; `sources` lists what was cited, by number.

    Confidential sources are no footnotes. Citations bring their source.
    """

    def __init__(self, citations: Iterable[CitationBase]) -> None:
        self._by_record: dict[tuple[str, int], list[CitationBase]] = defaultdict(list)
        self._numbers: dict[int, int] = {}
        self._sources: list[Source] = []
        for citation in citations:
            if citation.source.confidentiality == Confidentiality.PUBLIC:
                self._by_record[_target(citation)].append(citation)

    def about(
        self, record: Model, *, fields: Collection[str] | None = None, other_than: Collection[str] = ()
    ) -> list[CitationBase]:
        """The citations of a record: of some fields ("" is the record as a whole), of all, or of all but some."""
        cited = self._by_record.get((str(record._meta.model_name), record.pk), [])
        return [c for c in cited if (fields is None or c.field in fields) and c.field not in other_than]

    def marks(self, citations: Iterable[CitationBase]) -> list[Mark]:
        """The marks to print. Ask in the order of reading: a source gets its number as it is first asked for."""
        return [Mark(self._number(c.source), c.locator, c.value) for c in citations]

    @property
    def sources(self) -> list[tuple[int, Source]]:
        return list(enumerate(self._sources, start=1))

    def _number(self, source: Source) -> int:
        if source.pk not in self._numbers:
            self._sources.append(source)
            self._numbers[source.pk] = len(self._sources)
        return self._numbers[source.pk]


def _target(citation: CitationBase) -> tuple[str, int]:
    keys = ((name, getattr(citation, f"{name}_id")) for name in citation.targets())
    return next((name.replace("_", ""), key) for name, key in keys if key is not None)
