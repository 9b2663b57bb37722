"""Taking a confirmed intake back whole, unless something since stands on it; it is open again then, with all its choices."""

from django.db import transaction
from django.utils.translation import gettext as _

from prisoners.history.subjects import Subject
from prisoners.history.undoing import standing_against, undo, whole_action
from prisoners.models import HistoryEntry
from prisoners.roles import Action, Actor, may, role_needed
from prisoners.services import NeedsRole, NotPossible
from releases.models import PardonLine

from ..admin.access import writes
from .models import Intake, IntakeLine, IntakeState

AT_ONCE = 200_000  # entries: an intake of ten thousand people, each with what was written of them


def undo_intake(*, intake: Intake, by: Actor, reason: str) -> None:
    """Take back the lines, releases, ends and citations that confirming it made.

    Raises NotRestored, which lists what was changed since, or a Refused for whoever may not.
    """
    with transaction.atomic():
        locked = Intake.objects.select_for_update(of=["self"]).get(pk=intake.pk)
        if locked.is_open:
            raise NotPossible(_("This intake is open: there is nothing to undo."))
        require_role(locked, by)
        entry = entry_of(locked)
        if entry is not None:
            undo(entry=entry, by=by.name, reason=reason, at_once=AT_ONCE)
        Intake.objects.filter(pk=locked.pk).update(state=IntakeState.OPEN, confirmed_by="", confirmed_at=None)
        IntakeLine.objects.filter(intake=locked).update(position=None)


def against(intake: Intake) -> list[str]:
    """What was changed since and keeps it from being undone, in words."""
    entry = entry_of(intake)
    return list(standing_against(whole_action(entry, at_once=AT_ONCE))) if entry else []


def entry_of(intake: Intake) -> HistoryEntry | None:
    """The entry of the history by which its action is found; None if its lines are gone, as after an undo in the history."""
    positions = IntakeLine.objects.filter(intake=intake).exclude(position=None).values("position")
    line = PardonLine.objects.filter(pardon=intake.pardon_id, position__in=positions).order_by("pk").first()
    if line is None:
        return None
    return HistoryEntry.objects.filter(subject=str(Subject.of(line)), action="insert").order_by("-id").first()


def require_role(intake: Intake, by: Actor) -> None:
    """Raise NeedsRole for whoever may not change the record of each person that it released, or take lines from a pardon."""
    if not may(by, Action.KEEP_SHARED):
        raise NeedsRole(_("To undo an intake you need the role %(roles)s.") % {"roles": role_needed(Action.KEEP_SHARED)})
    lines = IntakeLine.objects.filter(intake=intake).exclude(arrest=None).select_related("arrest__prisoner")
    if not all(writes(by, line.arrest.prisoner) for line in lines if line.arrest):
        raise NeedsRole(_("It released people whose records you may not change: a colleague of their country must undo it."))
