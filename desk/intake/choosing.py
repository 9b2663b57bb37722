"""What an editor says of lines, kept at once; nobody overwrites what they haven't seen."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from prisoners.dates import UncertainDate
from prisoners.models import Arrest
from prisoners.roles import Actor
from prisoners.services import Refused

from ..admin.access import writes
from .models import Intake, IntakeLine, LineDecision, LineKind


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody says of one line, as it was at `seen`; what is None stays as it is."""

    number: int
    seen: int
    decision: LineDecision | None = None
    arrest_id: int | None = None
    because: str = ""
    name: str | None = None
    own: "Own | None" = None


@dataclass(frozen=True, slots=True)
class Own:
    """What holds for one person in place of what holds for all."""

    ended: UncertainDate | None
    liberty_after: str
    conditions: tuple[str, ...] | None


@dataclass(slots=True)
class Kept:
    """What came of it: the lines that were changed, and for each that was not, why."""

    changed: list[int] = field(default_factory=list)
    problems: dict[int, str] = field(default_factory=dict)


@transaction.atomic
def keep_words(*, intake: Intake, words: Sequence[Word], by: Actor, now: datetime.datetime) -> Kept:
    """Keep what is said of these lines. A line that can't take it is left as it is and told; the others are kept.

    Raises Refused when the intake is confirmed: its lines are the pardon's by then.
    """
    locked = Intake.objects.select_for_update(of=["self"]).get(pk=intake.pk)
    if not locked.is_open:
        raise Refused(_("This intake was confirmed meanwhile: nothing was changed. Undo it first, or correct the pardon itself."))
    numbers = [word.number for word in words]
    lines = {line.number: line for line in _lines(intake).filter(number__in=numbers)}
    arrests = _arrests([word.arrest_id for word in words if word.arrest_id])
    taken = dict(_lines(intake).exclude(arrest=None).values_list("arrest__prisoner", "number"))
    kept = Kept()
    freed = _letting_go(words, lines)
    for word in words:
        line = lines.get(word.number)
        if line is None or not _differs(word, line):
            continue
        problem = _why_not(word, line, arrests, {who: n for who, n in taken.items() if n not in freed or n == word.number}, by)
        if problem:
            kept.problems[word.number] = problem
            continue
        _apply(word, line, by, now)
        if line.arrest_id:
            taken[arrests[line.arrest_id].prisoner_id] = line.number
            freed.discard(line.number)
        kept.changed.append(word.number)
    changed = [lines[number] for number in kept.changed]
    # First those that let go of somebody: two lines may swap whom they name.
    IntakeLine.objects.filter(pk__in=[line.pk for line in changed]).exclude(arrest=None).update(decision=LineDecision.OPEN, arrest=None)
    IntakeLine.objects.bulk_update(changed, _FIELDS, batch_size=500)
    return kept


_FIELDS = [
    *("kind", "name", "decision", "arrest", "because", "ended", "liberty_after", "conditions", "version", "decided_by"),
    "decided_at",
]


def _lines(intake: Intake) -> QuerySet[IntakeLine]:
    return IntakeLine.objects.filter(intake=intake.pk).select_related("arrest__prisoner")


def _arrests(keys: list[int]) -> dict[int, Arrest]:
    return {arrest.pk: arrest for arrest in Arrest.objects.filter(pk__in=keys).select_related("prisoner")}


def _letting_go(words: Sequence[Word], lines: dict[int, IntakeLine]) -> set[int]:
    """Lines that give up whom they were matched to, by these same words."""
    return {
        word.number
        for word in words
        if (line := lines.get(word.number)) and line.arrest_id and word.decision and word.arrest_id != line.arrest_id
        if word.seen == line.version
    }


def _differs(word: Word, line: IntakeLine) -> bool:
    now = (line.decision, line.arrest_id, line.because)
    is_other = word.decision is not None and (word.decision, word.arrest_id, word.because) != now
    is_renamed = word.name is not None and word.name != line.name
    return is_other or is_renamed or (word.own is not None and word.own != own_of(line))


def own_of(line: IntakeLine) -> Own:
    """What holds for this line alone."""
    return Own(line.ended, line.liberty_after, None if line.conditions is None else tuple(line.conditions))


def _why_not(word: Word, line: IntakeLine, arrests: dict[int, Arrest], taken: dict[int, int], by: Actor) -> str:
    if word.seen != line.version:
        who = line.decided_by or _("somebody")
        return _("%(who)s changed this line meanwhile, and what they said stands: %(decision)s. Yours was not kept: %(yours)s.") % {
            "who": who,
            "decision": described(line.decision, line.arrest, by),
            "yours": described(word.decision or line.decision, arrests.get(word.arrest_id or 0), by),
        }
    if line.arrest and not writes(by, line.arrest.prisoner):
        return _("This line is matched to somebody whose record you may not change: it was left as it is.")
    if word.decision == LineDecision.DROPPED and not word.because.strip():
        return _("Say in a few words why this is not a person.")
    if word.decision == LineDecision.CHOSEN:
        return _why_not_chosen(word, arrests.get(word.arrest_id or 0), taken, by)
    return ""


def _why_not_chosen(word: Word, arrest: Arrest | None, taken: dict[int, int], by: Actor) -> str:
    # Whoever may not read a record is told the same as if there were none.
    if arrest is None or not writes(by, arrest.prisoner):
        return _("There is no such arrest that you may change.")
    other = taken.get(arrest.prisoner_id)
    if other is not None and other != word.number:
        return _("%(who)s is matched to line %(number)s of this list: one person stands in a pardon once.") % {
            "who": arrest.prisoner.code,
            "number": other,
        }
    return ""


def described(decision: str, arrest: Arrest | None, by: Actor) -> str:
    """A decision in words, for somebody who may not know of the person."""
    if arrest is not None:
        return str(arrest.prisoner) if writes(by, arrest.prisoner) else _("somebody whose record you may not read")
    return str(LineDecision(decision).label)


def _apply(word: Word, line: IntakeLine, by: Actor, now: datetime.datetime) -> None:
    if word.name is not None and word.name != line.name:
        line.name = word.name
        line.kind = LineKind.NAME if word.name else LineKind.UNREAD
    if word.decision is not None:
        line.decision, line.arrest_id, line.because = word.decision, word.arrest_id, word.because.strip()
    if word.own is not None:
        line.ended, line.liberty_after = word.own.ended, word.own.liberty_after
        line.conditions = None if word.own.conditions is None else list(word.own.conditions)
    line.version += 1
    line.decided_by, line.decided_at = by.name, now
