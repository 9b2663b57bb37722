"""Confirming an intake: its lines become the pardon's, and whom an editor chose is released, all in one transaction."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Max, Prefetch, Q
from django.utils.translation import gettext as _

from prisoners.acting import acting
from prisoners.models import Arrest, Prisoner
from prisoners.roles import Action, Actor, may, role_needed
from prisoners.services import ChangedMeanwhile, NeedsRole, NotPossible, Refused
from releases.models import Citation, Pardon, PardonLine
from releases.recording import Ending, NotRecorded, Terms, record_releases

from ..admin.access import writes
from ..admin.rules import words_of
from ..imports.refusals import constraint_of, reason_of
from .models import Intake, IntakeLine, IntakeState, LineDecision, LineKind
from .standing import Effect, Standing, standing_of

LONGEST = int(PardonLine._meta.get_field("as_written").max_length or 0)
TOLD = 20
# Django's own way of updating ten thousand rows takes longer than a request may.
NOTED = """
UPDATE desk_intakeline AS line SET position = said.place
FROM unnest(%(keys)s::bigint[], %(places)s::int[]) AS said (key, place) WHERE line.id = said.key
"""


@dataclass(slots=True)
class Plan:
    """What confirming would do: the lines by what becomes of each."""

    lines: list[IntakeLine]
    standings: dict[int, Standing]
    seen: int
    problems: list[str] = field(default_factory=list)

    def of(self, *effects: Effect) -> list[IntakeLine]:
        return [line for line in self.lines if line.number in self.standings and self.standings[line.number].effect in effects]

    @property
    def released(self) -> list[IntakeLine]:
        return self.of(Effect.RELEASE, Effect.COMPLETE)

    @property
    def linked(self) -> list[IntakeLine]:
        return self.of(Effect.LINK)

    @property
    def unidentified(self) -> list[IntakeLine]:
        return [line for line in self.lines if line.is_person and line.number not in self.standings]

    @property
    def dropped(self) -> list[IntakeLine]:
        return [line for line in self.lines if line.decision == LineDecision.DROPPED]

    @property
    def unread(self) -> list[IntakeLine]:
        """Lines that nobody has said anything of yet."""
        return [line for line in self.lines if line.kind == LineKind.UNREAD and line.decision != LineDecision.DROPPED]

    @property
    def ignored(self) -> int:
        return sum(line.kind == LineKind.IGNORED for line in self.lines)


def plan_of(intake: Intake, by: Actor) -> Plan:
    """What confirming this intake would do now, and what stands against it; in a few queries whatever its length."""
    arrests = Arrest.objects.select_related("release__mechanism", "release__pardon")
    people = Prefetch("arrest__prisoner__arrests", queryset=arrests)
    lines = list(IntakeLine.objects.filter(intake=intake.pk).select_related("arrest__prisoner").prefetch_related(people))
    standings = {line.number: _standing(line, intake) for line in lines if line.arrest}
    plan = Plan(lines, standings, seen=sum(line.version for line in lines))
    plan.problems = list(_problems(plan, intake, by))
    return plan


def _standing(line: IntakeLine, intake: Intake) -> Standing:
    assert line.arrest is not None
    person = line.arrest.prisoner
    return standing_of(person, [one for one in person.arrests.all() if one.pk == line.arrest_id], intake.days)


def confirm_intake(*, intake: Intake, by: Actor, now: datetime.datetime, seen: int, drop_unread: bool = False) -> Plan:
    """Write the lines of the pardon, and the releases of those chosen; all of it or nothing.

    `seen` is what `Plan.seen` said when the editor looked. Raises a Refused that names each line in the way.
    """
    with acting(actor=by.name, reason=_reason(intake, drop_unread), capacity=by.capacity), transaction.atomic():
        locked = Intake.objects.select_for_update(of=["self"]).select_related("pardon", "source", "mechanism").get(pk=intake.pk)
        Pardon.objects.select_for_update(no_key=True).get(pk=locked.pardon_id)
        _lock_people(locked)
        plan = plan_of(locked, by)
        _require(plan, locked, by, seen, drop_unread)
        _drop_unread(plan, by, now)
        _write_lines(plan, locked)
        _release(plan, locked)
        _note(plan, locked, by, now)
    return plan


def _reason(intake: Intake, drop_unread: bool) -> str:
    """What the history says of it: of lines that become nothing it has no other trace."""
    dropped = Q(decision=LineDecision.DROPPED) | (Q(kind=LineKind.UNREAD) if drop_unread else Q())
    number = IntakeLine.objects.filter(dropped, intake=intake.pk).count()
    words = _("pardon intake %(n)s: %(pardon)s")
    if number:
        words = _("pardon intake %(n)s: %(pardon)s; %(dropped)s lines dropped as not a person")
    return words % {"n": intake.pk, "pardon": intake.pardon, "dropped": number}


def _lock_people(intake: Intake) -> None:
    people = IntakeLine.objects.filter(intake=intake.pk).exclude(arrest=None).values("arrest__prisoner")
    list(Prisoner.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))


def _require(plan: Plan, intake: Intake, by: Actor, seen: int, drop_unread: bool) -> None:
    if not may(by, Action.ADD_SHARED):
        raise NeedsRole(_("To add lines to a pardon you need the role %(roles)s.") % {"roles": role_needed(Action.ADD_SHARED)})
    if not intake.is_open:
        raise NotPossible(_("This intake is confirmed already."))
    if plan.seen != seen:
        raise ChangedMeanwhile(_("Somebody changed a line after you opened this page: look at it again, then confirm."))
    problems = list(plan.problems)
    if plan.unread and not drop_unread:
        problems.append(
            _("%(n)s lines were not read as a name. Write the name, or say that they are nobody: lines %(numbers)s.")
            % {"n": len(plan.unread), "numbers": _numbers(plan.unread)}
        )
    if not any(line.is_person for line in plan.lines):
        problems.append(_("No line is left that names anybody."))
    if problems:
        raise NotPossible(problems)


def _numbers(lines: Sequence[IntakeLine]) -> str:
    return ", ".join(str(line.number) for line in lines[:TOLD]) + (" …" if len(lines) > TOLD else "")


def _problems(plan: Plan, intake: Intake, by: Actor) -> list[str]:
    found: list[str] = []
    before = dict(
        PardonLine.objects.filter(pardon=intake.pardon_id).exclude(arrest=None).values_list("arrest__prisoner", "position")
    )
    first: dict[int, int] = {}
    for line in plan.lines:
        if line.is_person and len(line.as_written) > LONGEST:
            found.append(_of(line, _("it has more than %(n)s characters: paste it in shorter lines") % {"n": LONGEST}))
        if line.arrest is None:
            continue
        person, standing = line.arrest.prisoner, plan.standings[line.number]
        if not writes(by, person):
            found.append(_of(line, _("it is matched to somebody whose record you may not change: a colleague must confirm it")))
        elif not standing.is_choosable:
            found.append(_of(line, f"{person.code}: {standing.words}"))
        elif person.pk in before:
            found.append(_of(line, _("%(who)s is already in this pardon, as its line %(n)s") % _said(person, before[person.pk])))
        elif first.setdefault(person.pk, line.number) != line.number:
            found.append(_of(line, _("%(who)s is matched to line %(n)s too") % _said(person, first[person.pk])))
    return found


def _said(person: Prisoner, number: int) -> dict[str, object]:
    return {"who": person.code, "n": number}


def _of(line: IntakeLine, words: str) -> str:
    return _("Line %(n)s: %(words)s.") % {"n": line.number, "words": words}


def _drop_unread(plan: Plan, by: Actor, now: datetime.datetime) -> None:
    dropped = plan.unread
    for line in dropped:
        line.decision, line.because = LineDecision.DROPPED, _("not read as a name")
        line.decided_by, line.decided_at = by.name, now
        line.version += 1
    IntakeLine.objects.bulk_update(dropped, ["decision", "because", "decided_by", "decided_at", "version"], batch_size=500)


def _write_lines(plan: Plan, intake: Intake) -> None:
    last = PardonLine.objects.filter(pardon=intake.pardon_id).aggregate(last=Max("position"))["last"] or 0
    people = [line for line in plan.lines if line.is_person]
    written = []
    for position, line in enumerate(people, start=last + 1):
        line.position = position
        said = {"as_written": line.as_written, "arrest_id": line.arrest_id}
        written.append(PardonLine(pardon_id=intake.pardon_id, position=position, **said))
    PardonLine.objects.bulk_create(
        written,
        batch_size=1000,
    )


def _release(plan: Plan, intake: Intake) -> None:
    lines = plan.released
    terms = Terms(intake.mechanism, intake.pardon, intake.verification, intake.source)  # type: ignore[arg-type]
    if not Citation.objects.filter(pardon=intake.pardon_id, source=intake.source_id).exists():
        Citation.objects.create(pardon=intake.pardon, source=intake.source)
    try:
        record_releases(endings=[ending_of(line, intake) for line in lines], terms=terms)
    except NotRecorded as refused:
        raise Refused(
            [_of(lines[place], words_of(constraint_of(error), reason_of(error))) for place, error in refused.refused.items()]
        ) from refused


def ending_of(line: IntakeLine, intake: Intake) -> Ending:
    """How the arrest that a line is matched to ended, by the line or else by the intake."""
    ended = line.ended or intake.ended
    assert line.arrest is not None
    assert ended is not None
    conditions = intake.conditions if line.conditions is None else line.conditions
    return Ending(
        arrest=line.arrest,
        ended=ended,
        liberty_after=line.liberty_after or intake.liberty_after,
        conditions=tuple(conditions),
        locator=_("line %(n)s") % {"n": line.in_text},
    )


def _note(plan: Plan, intake: Intake, by: Actor, now: datetime.datetime) -> None:
    people = [line for line in plan.lines if line.is_person]
    with connection.cursor() as cursor:
        cursor.execute(NOTED, {"keys": [line.pk for line in people], "places": [line.position for line in people]})
    intake.state, intake.confirmed_by, intake.confirmed_at = IntakeState.CONFIRMED, by.name, now
    intake.save(update_fields=["state", "confirmed_by", "confirmed_at"])
