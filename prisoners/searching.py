"""Whom readers find by words of a name: in any script, with a slip, with initials, in any order; or by a code.

Three things find somebody shown by name: a name that is likely the one typed (`finding`); names that hold every word as it is
typed; their code. Of a name that very many have, all who hold words that sound so are found, and nobody is compared. The people
are settled once, so whatever counts or lists with a search has the same ones.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.db.models.expressions import RawSQL

from .codes import is_code
from .finding import Nearest, nearest
from .models import Prisoner
from .names import similarity
from .names.tokens import script_of
from .spellings import holding

# Up to as many people are named one by one in what is asked of the database.
NAMED_ONE_BY_ONE = 2000
OFFERED = 5
# In these a single sign is a word.
SYLLABIC = {"Hani", "Mymr"}
NOBODY: Q = Q(prisoner_id=None)
HOLD_KEYS = """
SELECT name.prisoner_id FROM prisoners_namekeys AS kept JOIN prisoners_name AS name ON name.id = kept.name_id WHERE {conditions}
"""


@dataclass(frozen=True)
class Search:
    """A text that was typed, and whom it finds among those whose names may be told."""

    text: str

    @cached_property
    def condition(self) -> Q:
        """Whom it finds, asked of rows with `prisoner_id`. Costs up to a handful of queries, the first time."""
        people = self.people
        if len(people) <= NAMED_ONE_BY_ONE:
            return Q(prisoner_id__in=people) if people else NOBODY
        # As one value: so many parameters would take longer to write down than to look up.
        every = "{" + ",".join(map(str, people)) + "}"
        return Q(prisoner_id__in=RawSQL("SELECT unnest(%s::bigint[])", [every]))

    @property
    def ranked(self) -> list[int]:
        """Those whose names were compared, best first. Others that are found come after them."""
        return [] if self.code or self.is_too_short else [found.prisoner_id for found in self._nearest.found]

    @property
    def code(self) -> str:
        """The text as a person's code; empty if it is none."""
        code = self.text.strip().upper()
        return code if is_code(code) else ""

    @property
    def is_too_short(self) -> bool:
        """One letter, or none: no name can be told by it."""
        signs = [c for c in self.text if c.isalnum()]
        return len(signs) < 2 and not any(script_of(c) in SYLLABIC for c in signs)

    @property
    def is_common(self) -> bool:
        """So many are called so that only words as they sound were looked for, without slips, and nobody is put first."""
        return not self.code and not self.is_too_short and self._nearest.is_common

    @property
    def is_cut(self) -> bool:
        """Nobody is called so, and so many nearly so that only the nearest were compared."""
        return not self.code and not self.is_too_short and self._nearest.is_cut

    def instead(self) -> list[str]:
        """Names of people who share one word of the text, likest first: to be offered where it finds nobody."""
        words = self._words
        found = [one for word in words if len(words) > 1 for one in nearest(word, among=Prisoner.objects.named()).found]
        order = sorted({one.text for one in found}, key=lambda text: (-similarity(text, self.text), text))
        return order[:OFFERED]

    @cached_property
    def _nearest(self) -> Nearest:
        return nearest(self.text, among=Prisoner.objects.named())

    @cached_property
    def people(self) -> list[int]:
        """Everybody who is found, the likest first."""
        if self.code:
            return list(Prisoner.objects.named().filter(code=self.code).values_list("pk", flat=True))
        if self.is_too_short:
            return []
        sql, values = self._others
        others: list[int] = []
        if sql:
            found = Prisoner.objects.named().filter(pk__in=RawSQL(sql, values))  # noqa: S611 (put together here, of constants)
            others = list(found.order_by().values_list("pk", flat=True))
        return list(dict.fromkeys([*self.ranked, *others]))

    @cached_property
    def _others(self) -> tuple[str, list[Any]]:
        """People who are found without a comparison, as a query with its values; empty for none."""
        parts = [_holding(self._nearest.by)] if self._nearest.by else []
        if self._words and not any(len(word) == 1 and script_of(word) not in SYLLABIC for word in self._words):
            parts.append(_spelt_so(self._words))
        return " UNION ".join(sql for sql, _ in parts), [value for _, values in parts for value in values]

    @property
    def _words(self) -> list[str]:
        words = (word.strip('.,;:()"“”«»') for word in self.text.split())
        return [word for word in words if word]


def _spelt_so(words: list[str]) -> tuple[str, list[Any]]:
    """People with some form of a name for each word that holds it; two letters only where a word begins, for elsewhere no
    index finds them.
    """
    short = [word for word in words if len(word) == 2 and script_of(word[0]) not in SYLLABIC]
    return holding([word for word in words if word not in short], at_beginning=short)


def _holding(sets: list[frozenset[str]]) -> tuple[str, list[Any]]:
    """People with a name that holds a key of each set."""
    conditions = " AND ".join(["kept.keys && %s"] * len(sets))
    return HOLD_KEYS.format(conditions=conditions), [sorted(each) for each in sets]
