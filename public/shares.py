"""The figures of the people of acts of clemency, each with the query of the list of just these people."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from counts.clemency import Identified
from releases.models import Condition, LibertyAfter, Verification
from releases.outcomes import Outcome

from .remaining import Summary, summary
from .wave_people import NONE, UNDER, UNKNOWN, YES, Narrowed, by_value


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the people there are of one kind."""

    code: str
    label: Any
    narrowed: Narrowed
    people: int

    @property
    def query(self) -> str:
        return self.narrowed.query


@dataclass(frozen=True, slots=True)
class Shares:
    """What became of everybody identified; and of those released, with what conditions, how well verified, and so on.

    `several` are people named more than once, by several acts or for several arrests: they count once.
    """

    outcomes: list[Share]
    conditions: list[Share]
    liberties: list[Share]
    verifications: list[Share]
    again: Share
    sentences: Summary
    short: Share
    without_sentence: Share
    several: int


def shares(rows: Sequence[Identified], released: Sequence[Identified]) -> Shares:
    """All figures; one query, for the words of the conditions."""
    conditions = [(condition.pk, condition) for condition in Condition.objects.all()]
    [again] = _kinds(rows, "again", [(YES, _("arrested again since"))])
    of_released = partial(_kinds, released, outcome=Outcome.RELEASED.value)
    short, without_sentence = of_released("left", [(UNDER, _("under 90 days left")), (UNKNOWN, _("not known"))])
    return Shares(
        outcomes=_present(_kinds(rows, "outcome", Outcome.choices)),
        conditions=_present(of_released("condition", [*conditions, (NONE, _("none on record"))])),
        liberties=_present(of_released("liberty", LibertyAfter.choices)),
        verifications=of_released("verification", Verification.choices) if released else [],
        again=again,
        sentences=summary([one.remaining for one in released]),
        short=short,
        without_sentence=without_sentence,
        several=_several(rows),
    )


def _kinds(rows: Sequence[Identified], name: str, kinds: Iterable[tuple[str, Any]], **besides: str) -> list[Share]:
    """Those of the rows of each kind that a parameter knows; `besides` is what they have in common."""
    found = by_value(rows, name)
    each = ((code, label, Narrowed(found.get(code, []), {**besides, name: code})) for code, label in kinds)
    return [Share(code, label, narrowed, narrowed.people) for code, label, narrowed in each]


def _present(each: Iterable[Share]) -> list[Share]:
    return [share for share in each if share.people]


def _several(rows: Sequence[Identified]) -> int:
    """How many people more than one act names, or for more than one arrest."""
    named: Counter[int] = Counter()
    for one in rows:
        named[one.prisoner_id] += len(one.acts)
    return sum(number > 1 for number in named.values())
