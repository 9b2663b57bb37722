"""Saying later whom a line of a pardon names that was left unidentified."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from prisoners.acting import acting
from prisoners.dates import UncertainDate
from prisoners.models import Arrest, Prisoner
from prisoners.roles import Action, Actor, may, role_needed
from prisoners.services import ChangedMeanwhile, NeedsRole, NotPossible, Refused
from releases.models import Citation, LegalForm, Mechanism, Pardon, PardonLine
from releases.recording import NotRecorded, Terms, record_releases

from ..admin.access import writes
from ..admin.rules import words_of
from ..imports.refusals import constraint_of, reason_of
from .confirming import ending_of
from .models import Intake, IntakeLine, LineDecision, LineKind, ended_by
from .reading import Kind, read_list
from .standing import Effect, standing_of


def lines_as_read(lines: Sequence[PardonLine]) -> dict[int, IntakeLine]:
    """For each line of a pardon, by its key, what an intake understood of it, or what can be read of it now."""
    read = IntakeLine.objects.filter(
        intake__pardon__in={line.pardon_id for line in lines}, position__in={line.position for line in lines}
    ).select_related("intake")
    kept = {(one.intake.pardon_id, one.position): one for one in read}
    return {line.pk: kept.get((line.pardon_id, line.position)) or read_now(line) for line in lines}


def held_on(line: PardonLine, read: IntakeLine) -> UncertainDate | None:
    """When people were held whom a line can name: what its intake says of that, else the day of the act; None if nobody knows."""
    return (read.intake.held_on if read.intake_id else None) or line.pardon.announced_on


def read_now(line: PardonLine) -> IntakeLine:
    """A line of a pardon read as a list of one; it is not saved."""
    entries = [entry for entry in read_list(line.as_written) if entry.kind is Kind.NAME]
    entry = entries[0] if entries else None
    name = entry.name if entry else line.as_written
    made = IntakeLine(
        number=line.position, in_text=line.position, source_text=line.as_written, kind=LineKind.NAME, name=name[:200]
    )
    if entry:
        made.born = UncertainDate.parse(entry.born) if entry.born else None
        made.age, made.place, made.articles = entry.age, entry.place, list(entry.articles)
    made.position = line.position
    return made


def intake_of(pardon: Pardon, today: datetime.date) -> Intake:
    """What would hold for a line of a pardon that came without an intake; it is not saved.

    Raises NotPossible without a source.
    """
    citation = Citation.objects.filter(pardon=pardon).select_related("source").first()
    if citation is None:
        raise NotPossible(_("%(pardon)s needs a source, before anybody is released by it.") % {"pardon": pardon})
    mechanism = Mechanism.objects.get(pk=LegalForm(pardon.legal_form).value)
    ended = ended_by(pardon, today)
    return Intake(pardon=pardon, source=citation.source, held_on=pardon.announced_on, ended=ended, mechanism=mechanism)


def identify_line(*, line: PardonLine, arrest_id: int, by: Actor, now: datetime.datetime) -> None:
    """Tie a line to an arrest and make its release, as confirming an intake would have. Raises a Refused that says why not."""
    reason = _("line %(n)s of %(pardon)s identified") % {"n": line.position, "pardon": line.pardon}
    with acting(actor=by.name, reason=reason, capacity=by.capacity), transaction.atomic():
        locked = PardonLine.objects.select_for_update(of=["self"]).select_related("pardon").get(pk=line.pk)
        if not may(by, Action.ADD_SHARED):
            raise NeedsRole(_("To identify a line you need the role %(roles)s.") % {"roles": role_needed(Action.ADD_SHARED)})
        if locked.arrest_id is not None:
            raise ChangedMeanwhile(_("Somebody has identified this line meanwhile."))
        arrest = _arrest(arrest_id, by, locked)
        read = lines_as_read([locked])[locked.pk]
        intake = read.intake if read.intake_id else intake_of(locked.pardon, localdate(now))
        read.arrest = arrest
        intake.held_on = held_on(locked, read)
        _write(read, intake, arrest)
        PardonLine.objects.filter(pk=locked.pk).update(arrest=arrest)
        IntakeLine.objects.filter(pk=read.pk).update(
            arrest=arrest, decision=LineDecision.CHOSEN, decided_by=by.name, decided_at=now, version=read.version + 1
        )


def _arrest(key: int, by: Actor, line: PardonLine) -> Arrest:
    arrest = Arrest.objects.select_related("prisoner", "release__mechanism", "release__pardon").filter(pk=key).first()
    if arrest is None or not writes(by, arrest.prisoner):
        raise NotPossible(_("There is no such arrest that you may change."))
    Prisoner.objects.select_for_update(no_key=True).get(pk=arrest.prisoner_id)
    if PardonLine.objects.filter(pardon=line.pardon_id, arrest__prisoner=arrest.prisoner_id).exists():
        raise NotPossible(_("%(who)s is already in this pardon.") % {"who": arrest.prisoner.code})
    return arrest


def _write(line: IntakeLine, intake: Intake, arrest: Arrest) -> None:
    standing = standing_of(arrest.prisoner, [arrest], intake.days)
    if not standing.is_choosable:
        raise NotPossible(f"{arrest.prisoner.code}: {standing.words}")
    if standing.effect == Effect.LINK:
        return
    terms = Terms(intake.mechanism, intake.pardon, intake.verification, intake.source)  # type: ignore[arg-type]
    try:
        record_releases(endings=[ending_of(line, intake)], terms=terms)
    except NotRecorded as refused:
        raise Refused([words_of(constraint_of(error), reason_of(error)) for error in refused.refused.values()]) from refused
