"""Keeping offers up to date, in steps of bounded size: a page does one, `manage.py compare_lines` does all."""

import datetime
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from prisoners.names import VERSION, keys
from releases.models import PardonLine

from ..intake.identifying import held_on, lines_as_read
from .changed import last_seal, people_changed, some_seals
from .comparing import offer_everybody, offer_people
from .models import Offer, OpenLine, Progress

# What one step compares: people with all lines, new lines as they come, lines never looked at with everybody.
PEOPLE, LINES, NEVER_LOOKED_AT = 200, 1000, 50
# Among the keys of each line: of which version they are.
OF_THIS_VERSION = f"v:{VERSION}"
# Lines that name somebody by now, or are gone, or say something else, or whose act has another day.
OVER = """
DELETE FROM desk_openline AS open WHERE NOT EXISTS (
    SELECT FROM releases_pardonline AS line JOIN releases_pardon AS pardon ON pardon.id = line.pardon_id
    LEFT JOIN LATERAL (
        SELECT intake.held_on FROM desk_intake AS intake JOIN desk_intakeline AS read ON read.intake_id = intake.id
        WHERE intake.pardon_id = line.pardon_id AND read.position = line.position LIMIT 1
    ) AS came ON true
    WHERE line.id = open.line_id AND line.arrest_id IS NULL AND line.as_written = open.as_written
        AND open.held_on IS NOT DISTINCT FROM coalesce(came.held_on, pardon.announced_on))
"""
WITHOUT_LINE = """
DELETE FROM desk_offer AS offer WHERE NOT EXISTS (SELECT FROM desk_openline AS open WHERE open.line_id = offer.line_id)
"""


@dataclass(frozen=True, slots=True)
class Left:
    """What is still to be compared: lines, and whether there are people. `is_busy`: somebody else is at it just now."""

    lines: int = 0
    people: bool = False
    is_busy: bool = False

    @property
    def is_done(self) -> bool:
        return not (self.lines or self.people)


def notice(*, people: int = PEOPLE) -> Left:
    """One step. Whoever comes while another does one goes on with what there is."""
    with transaction.atomic():
        progress = Progress.objects.select_for_update(skip_locked=True).filter(pk=1).first()
        if progress is None:
            return Left(people=True, is_busy=True)
        is_old = _renew_keys() == LINES
        seal = last_seal()
        is_behind = seal > progress.through
        if is_behind:
            _tidy()
            # A line that is new, or says something new, has a seal of its own: all are read before it counts as compared.
            is_behind = _read_new_lines() == LINES or _advance(progress, seal, people)
        return Left(_catch_up(seal), is_behind or is_old)


def _tidy() -> None:
    with connection.cursor() as cursor:
        cursor.execute(OVER)
        cursor.execute(WITHOUT_LINE)


def _advance(progress: Progress, seal: int, most: int) -> bool:
    """Compare some of those changed since with the lines that wait for nothing; whether more are left."""
    if not OpenLine.objects.filter(since=None).exists():
        progress.through, progress.upto, progress.within = seal, 0, 0
    else:
        progress.upto = progress.upto or some_seals(progress.through)
        changed = people_changed(progress.through, progress.upto, within=progress.within, limit=most)
        offer_people(changed)
        if len(changed) == most:
            progress.within = changed[-1]
        else:
            progress.through, progress.upto, progress.within = progress.upto, 0, 0
    progress.save()
    return progress.through < seal


def _read_new_lines() -> int:
    known = OpenLine.objects.filter(line=OuterRef("pk"))
    new = list(PardonLine.objects.filter(~Exists(known), arrest=None).select_related("pardon").order_by("pk")[:LINES])
    reads = lines_as_read(new) if new else {}
    OpenLine.objects.bulk_create(
        OpenLine(
            line=line,
            as_written=line.as_written,
            held_on=held_on(line, reads[line.pk]),
            name=reads[line.pk].name,
            keys=_keys_of(reads[line.pk].name),
            since=reads[line.pk].intake.opened_after if reads[line.pk].intake_id else 0,
        )
        for line in new
    )
    return len(new)


def _renew_keys() -> int:
    """After an upgrade that finds names by other keys, lines are compared with everybody anew. What was put aside stays so."""
    old = list(OpenLine.objects.exclude(keys__contains=[OF_THIS_VERSION]).order_by("pk")[:LINES])
    for line in old:
        line.keys, line.since = _keys_of(line.name), 0
    OpenLine.objects.bulk_update(old, ["keys", "since"])
    return len(old)


def _keys_of(name: str) -> list[str]:
    return sorted({*keys(name), OF_THIS_VERSION})


def _catch_up(seal: int) -> int:
    """Let new lines join the others, each compared with those whom nobody held against it yet; how many still wait."""
    waiting = OpenLine.objects.filter(since__isnull=False)
    for since in waiting.order_by("-since").values_list("since", flat=True).distinct():
        if since:
            offer_people(people_changed(since, seal), since=since)
            waiting.filter(since=since).update(since=None)
            continue
        never = list(waiting.filter(since=0)[:NEVER_LOOKED_AT])
        offer_everybody(never)
        waiting.filter(pk__in=[line.pk for line in never]).update(since=None)
        return waiting.filter(since=0).count()
    return 0


def put_aside(*, offers: QuerySet[Offer], by: str, now: datetime.datetime) -> int:
    """These were looked at, and are not whom the line names; until something of their record changes. Gives how many."""
    return offers.update(put_aside_by=by, put_aside_at=now)
