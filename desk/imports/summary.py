"""What an import did, in numbers and words."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from .deriving import Terms, is_dead_by
from .people import Person
from .rows import Row


@dataclass(slots=True)
class Summary:
    """Every row of the file is in one of the five outcomes."""

    file: str
    sha256: str
    is_dry_run: bool
    as_at: str | None
    is_published: bool
    import_id: int | None = None
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    waiting: int = 0
    rejected: int = 0
    people: int = 0
    created_records: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def has_changes(self) -> bool:
        return bool(self.created or self.updated)

    @property
    def left_out(self) -> int:
        return self.waiting + self.rejected

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Doubts:
    """Counts what a person should know about the rows that were imported, though nothing is wrong with them."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.counts: dict[str, int] = {}

    def note(self, row: Row, person: Person, *, is_update: bool) -> None:
        as_at = self.terms.as_at
        if row.arrested is None and row.last_confirmed is None and not row.has_end:
            self._add("unconfirmed")
        if as_at and row.arrested is None and is_dead_by(person.date("died"), as_at):
            self._add("dead")
        over = row.sentence_ends and row.sentence_ends.latest
        if over and as_at and over <= as_at and not row.has_end:
            self._add("sentence_over")
        if row.died and not row.has_end and over and row.died.earliest and over <= row.died.earliest:
            self._add("died_after_sentence")
        if not person.is_new and person.is_public:
            self._add("public")
        elif not person.is_new and self.terms.publish and not is_update:
            self._add("not_public")

    def _add(self, doubt: str) -> None:
        self.counts[doubt] = self.counts.get(doubt, 0) + 1

    def words(self) -> list[str]:
        """A sentence for each doubt that arose."""
        return [_sentences()[doubt] % {"count": count} for doubt, count in self.counts.items()]


def _sentences() -> dict[str, str]:
    return {
        "unconfirmed": _(
            "Arrests with neither their own day nor one on which custody was confirmed, "
            "so that these people count as possibly held and not as certainly: %(count)s."
        ),
        "dead": _("People who can have been dead on the day of the list, which so does not confirm their custody: %(count)s."),
        "sentence_over": _(
            "Sentences that were over by the day of the list, without a release: %(count)s. "
            "Check whether these people are still held."
        ),
        "died_after_sentence": _(
            "People who died after their sentence was over, without a release: %(count)s. They count as dead in custody; "
            "record their release if they were free."
        ),
        "public": _("Rows that changed people who are public, whose pages show it at once: %(count)s."),
        "not_public": _("Rows about people who were known before, whose publication stays as it was: %(count)s."),
    }
