"""Sources numbered like footnotes, in the order in which a page first cites them; and what they say differently.

Of a confidential source readers learn that there is one, and nothing else: no number, by which two facts could be traced to
one person, no place and no value.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Model
from django.utils.text import capfirst

from prisoners.models import CitationBase, Confidentiality, Source


@dataclass(frozen=True, slots=True)
class Mark:
    """A reference to a footnote, with the exact place in the source and the value that it gives, where noted."""

    number: int
    locator: str
    value: str


# Stands for every confidential source.
KEPT_CONFIDENTIAL = Mark(0, "", "")


@dataclass(frozen=True, slots=True)
class Told:
    """One of several values that sources give, with the sources that give it."""

    value: str
    marks: list[Mark]


@dataclass(frozen=True, slots=True)
class Difference:
    """What sources say differently about one field."""

    field: str
    told: list[Told]


class Footnotes:
    """Finds the citations of records and numbers their sources; `sources` lists what was cited, by number.

    Citations bring their source.
    """

    def __init__(self, citations: Iterable[CitationBase]) -> None:
        self._by_record: dict[tuple[str, int], list[CitationBase]] = defaultdict(list)
        self._numbers: dict[int, int] = {}
        self._sources: list[Source] = []
        self._confidential: set[int] = set()
        for citation in citations:
            self._by_record[_target(citation)].append(citation)

    def about(
        self, record: Model, *, fields: Collection[str] | None = None, other_than: Collection[str] = ()
    ) -> list[CitationBase]:
        """The citations of a record: of some fields ("" is the record as a whole), of all, or of all but some."""
        cited = self._by_record.get((str(record._meta.model_name), record.pk), [])
        return [c for c in cited if (fields is None or c.field in fields) and c.field not in other_than]

    def marks(self, citations: Iterable[CitationBase]) -> list[Mark]:
        """The marks to print. Ask in the order of reading: a source gets its number as it is first asked for."""
        cited = list(citations)
        marks = [Mark(self._number(c.source), c.locator, c.value) for c in cited if is_open(c)]
        hidden = {c.source_id for c in cited if not is_open(c)}
        self._confidential |= hidden
        return [*marks, KEPT_CONFIDENTIAL] if hidden else marks

    def explain(self, citations: Iterable[CitationBase]) -> tuple[list[Difference], list[Mark]]:
        """Where sources differ on a field, each value with its sources; and the marks of the other citations."""
        by_field: dict[tuple[tuple[str, int], str], list[CitationBase]] = defaultdict(list)
        for citation in citations:
            by_field[_target(citation), citation.field].append(citation)
        differences, rest = [], []
        for (_record, field), cited in by_field.items():
            if field and len({c.value for c in cited if c.value and is_open(c)}) > 1:
                differences.append(self._difference(cited))
                rest += [c for c in cited if not (c.value and is_open(c))]
            else:
                rest += cited
        return differences, self.marks(rest)

    def number_of(self, citation: CitationBase) -> int | None:
        """The number of its source; None for a confidential one."""
        return self._number(citation.source) if is_open(citation) else None

    @property
    def sources(self) -> list[tuple[int, Source]]:
        return list(enumerate(self._sources, start=1))

    @property
    def confidential(self) -> int:
        """How many confidential sources were cited."""
        return len(self._confidential)

    def _difference(self, cited: list[CitationBase]) -> Difference:
        by_value: dict[str, list[Mark]] = defaultdict(list)
        for citation in cited:
            if citation.value and is_open(citation):
                by_value[citation.value].append(Mark(self._number(citation.source), citation.locator, ""))
        return Difference(_label(cited[0]), [Told(value, marks) for value, marks in by_value.items()])

    def _number(self, source: Source) -> int:
        if source.pk not in self._numbers:
            self._sources.append(source)
            self._numbers[source.pk] = len(self._sources)
        return self._numbers[source.pk]


def is_open(citation: CitationBase) -> bool:
    """Whether readers may know the source. Whatever isn't marked public is not."""
    return citation.source.confidentiality == Confidentiality.PUBLIC


def _target(citation: CitationBase) -> tuple[str, int]:
    keys = ((name, getattr(citation, f"{name}_id")) for name in citation.targets())
    return next((name.replace("_", ""), key) for name, key in keys if key is not None)


def _label(citation: CitationBase) -> str:
    model = next(model for name, model in citation.targets().items() if getattr(citation, f"{name}_id") is not None)
    return str(capfirst(model._meta.get_field(citation.field).verbose_name))
