"""The figures of the people of acts of clemency, each with the query of the list of just these people."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from counts.clemency import Identified
from releases.models import Condition, LibertyAfter, Verification
from releases.outcomes import Outcome

from .remaining import Summary, summary
from .wave_people import NONE, UNDER, UNKNOWN, YES, Narrowed, narrowed


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the people there are of one kind."""

    code: str
    label: Any
    narrowed: Narrowed

    @property
    def people(self) -> int:
        return self.narrowed.people

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
    labels = {condition.pk: condition for condition in Condition.objects.all()}
    given = [code for code in labels if any(code in one.conditions for one in released)]
    out = Outcome.RELEASED.value

    def of_released(name: str, code: str, label: Any) -> Share:
        return Share(code, label, narrowed(rows, **{"outcome": out, name: code}))

    return Shares(
        outcomes=_present(Share(code, label, narrowed(rows, outcome=code)) for code, label in Outcome.choices),
        conditions=_present(
            of_released("condition", code, label)
            for code, label in [*((code, labels[code]) for code in given), (NONE, _("none on record"))]
        ),
        liberties=_present(of_released("liberty", code, label) for code, label in LibertyAfter.choices),
        verifications=[of_released("verification", code, label) for code, label in Verification.choices] if released else [],
        again=Share(YES, _("arrested again since"), narrowed(rows, again=YES)),
        sentences=summary([one.remaining for one in released]),
        short=of_released("left", UNDER, _("under 90 days left")),
        without_sentence=of_released("left", UNKNOWN, _("not known")),
        several=_several(rows),
    )


def _present(each: Iterable[Share]) -> list[Share]:
    return [share for share in each if share.people]


def _several(rows: Sequence[Identified]) -> int:
    """How many people more than one act names, or for more than one arrest."""
    named: Counter[int] = Counter()
    for one in rows:
        named[one.prisoner_id] += len(one.acts)
    return sum(number > 1 for number in named.values())
