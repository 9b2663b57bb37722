"""Whom readers find by words of a name: in any script, with a slip, with initials, in any order; or by a code.

Three things find somebody shown by name: a name that is likely the one typed (`finding`); names that hold every word as it is
typed; their code. The set is settled once, as the people themselves while they are few, else as conditions that the database
answers exactly. So whatever counts or lists with a search has the same people.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from .codes import is_code
from .finding import Nearest, nearest
from .models import Name, Prisoner
from .names import similarity
from .names.tokens import script_of

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
        if self.code:
            return Q(prisoner_id__in=Prisoner.objects.named().filter(code=self.code).values("pk"))
        if self.is_too_short:
            return NOBODY
        people = self._few
        if people is not None:
            return Q(prisoner_id__in=people) if people else NOBODY
        return Q(prisoner_id__in=Prisoner.objects.named().filter(self._many).values("pk"))

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
    def _few(self) -> list[int] | None:
        """Everybody who is found, if they are few."""
        if self._nearest.is_common:
            return None
        also = self._spelt_so()
        others = list(also.values_list("pk", flat=True)[: NAMED_ONE_BY_ONE + 1]) if also is not None else []
        return list(dict.fromkeys([*self.ranked, *others])) if len(others) <= NAMED_ONE_BY_ONE else None

    @property
    def _many(self) -> Q:
        found = Q(pk__in=self.ranked)
        if self._nearest.by:
            found |= Q(pk__in=_holding(self._nearest.by))
        also = self._spelt_so()
        return found if also is None else found | Q(pk__in=also.values("pk"))

    @property
    def _words(self) -> list[str]:
        words = (word.strip('.,;:()"“”«»') for word in self.text.split())
        return [word for word in words if word]

    def _spelt_so(self) -> "QuerySet[Prisoner] | None":
        """People with some form of a name for each word that holds it. None with an initial: everybody holds a letter."""
        words = [word.strip('.,;:()"“”«»') for word in self.text.split()]
        words = [word for word in words if word]
        if not words or any(len(word) == 1 and script_of(word) not in SYLLABIC for word in words):
            return None
        people: QuerySet[Prisoner] = Prisoner.objects.named()
        for word in words:
            people = people.filter(pk__in=_with_word(word).values("prisoner_id"))
        return people.order_by()


def _with_word(word: str) -> "QuerySet[Name]":
    """Names that hold the letters; two letters only where a word begins, for elsewhere no index finds them."""
    if len(word) != 2 or script_of(word[0]) in SYLLABIC:
        return Name.objects.filter(text__icontains=word)
    return Name.objects.filter(Q(text__istartswith=word) | Q(text__icontains=f" {word}"))


def _holding(sets: list[frozenset[str]]) -> RawSQL:
    """People with a name that holds a key of each set."""
    conditions = " AND ".join(["kept.keys && %s"] * len(sets))
    return RawSQL(HOLD_KEYS.format(conditions=conditions), [sorted(each) for each in sets])  # noqa: S611 (pieces of this file)
