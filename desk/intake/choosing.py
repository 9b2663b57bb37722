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
    wanted = [word for word in words if word.number in lines and _differs(word, lines[word.number])]
    problems = {word.number: why for word in wanted if (why := _why_not(word, lines[word.number], arrests, by))}
    wanted = [word for word in wanted if word.number not in problems]
    taken = dict(_lines(intake).exclude(arrest=None).values_list("number", "arrest__prisoner"))
    while clash := _clash(wanted, lines, arrests, taken):
        problems |= clash
        wanted = [word for word in wanted if word.number not in clash]
    _keep(wanted, lines, by, now)
    return Kept([word.number for word in wanted], problems)


def _keep(words: Sequence[Word], lines: dict[int, IntakeLine], by: Actor, now: datetime.datetime) -> None:
    changed = [lines[word.number] for word in words]
    # First all let go of whom they name: two lines may swap.
    let_go = IntakeLine.objects.filter(pk__in=[line.pk for line in changed]).exclude(arrest=None)
    let_go.update(decision=LineDecision.OPEN, arrest=None)
    for word in words:
        _apply(word, lines[word.number], by, now)
    IntakeLine.objects.bulk_update(changed, _FIELDS, batch_size=500)


def _clash(
    words: Sequence[Word], lines: dict[int, IntakeLine], arrests: dict[int, Arrest], taken: dict[int, int]
) -> dict[int, str]:
    """The first line that would name somebody whom another names, in words; empty if none would."""
    deciding = {word.number for word in words if word.decision is not None}
    holders = {person: number for number, person in taken.items() if number not in deciding}
    for word in words:
        if word.decision != LineDecision.CHOSEN:
            continue
        person = arrests[word.arrest_id or 0].prisoner
        other = holders.setdefault(person.pk, word.number)
        if other != word.number:
            words_said = _("%(who)s is matched to line %(number)s of this list: one person stands in a pardon once.")
            return {word.number: words_said % {"who": person.code, "number": other}}
    return {}


_FIELDS = [
    *("kind", "name", "decision", "arrest", "because", "ended", "liberty_after", "conditions", "version", "decided_by"),
    "decided_at",
]


def _lines(intake: Intake) -> QuerySet[IntakeLine]:
    return IntakeLine.objects.filter(intake=intake.pk).select_related("arrest__prisoner")


def _arrests(keys: list[int]) -> dict[int, Arrest]:
    return {arrest.pk: arrest for arrest in Arrest.objects.filter(pk__in=keys).select_related("prisoner")}


def _differs(word: Word, line: IntakeLine) -> bool:
    now = (line.decision, line.arrest_id, line.because)
    is_other = word.decision is not None and (word.decision, word.arrest_id, word.because) != now
    is_renamed = word.name is not None and word.name != line.name
    return is_other or is_renamed or (word.own is not None and word.own != own_of(line))


def own_of(line: IntakeLine) -> Own:
    """What holds for this line alone."""
    return Own(line.ended, line.liberty_after, None if line.conditions is None else tuple(line.conditions))


def _why_not(word: Word, line: IntakeLine, arrests: dict[int, Arrest], by: Actor) -> str:
    if word.seen != line.version:
        who = line.decided_by or _("somebody")
        return _(
            "%(who)s changed this line meanwhile, and what they said stands: %(decision)s. Yours was not kept: %(yours)s."
        ) % {
            "who": who,
            "decision": _in_words(described(line.decision, line.arrest, by), line.name, line.because, word, line),
            "yours": _in_words(
                described(word.decision or line.decision, arrests.get(word.arrest_id or 0), by),
                line.name if word.name is None else word.name,
                word.because,
                word,
                line,
            ),
        }
    if line.arrest and not writes(by, line.arrest.prisoner):
        return _("This line is matched to somebody whose record you may not change: it was left as it is.")
    if word.decision == LineDecision.DROPPED and not word.because.strip():
        return _("Say in a few words why this is not a person.")
    if word.decision == LineDecision.CHOSEN and (
        (arrest := arrests.get(word.arrest_id or 0)) is None or not writes(by, arrest.prisoner)
    ):
        # Whoever may not read a record is told the same as if there were none.
        return _("There is no such arrest that you may change.")
    return ""


def _in_words(decision: str, name: str, because: str, word: Word, line: IntakeLine) -> str:
    """A decision with whatever else was typed and differs: nothing of it is lost, it can be read and typed again."""
    said = f"{decision} ({because})" if because else decision
    is_renamed = word.name is not None and word.name != line.name
    return _("%(decision)s, read as “%(name)s”") % {"decision": said, "name": name} if is_renamed else said


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
