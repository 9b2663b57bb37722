"""Lines of pardons that were left unidentified and that somebody could fit now: new people, and people changed since."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from prisoners.roles import Actor
from prisoners.services import Refused
from releases.models import PardonLine

from .access import page, reader_of
from .candidates import Candidate, candidates_for
from .identifying import day_of, identify_line, read_now
from .models import Intake, IntakeLine

AT_ONCE = 50  # lines looked through for one page


@dataclass(frozen=True, slots=True)
class Offer:
    """A line of a pardon, what was read of it, and whom it could name."""

    line: PardonLine
    read: IntakeLine
    candidates: list[Candidate]


@dataclass(frozen=True, slots=True)
class Offers:
    """The lines of one page for which there is somebody; `page` is of all unidentified lines."""

    offers: list[Offer]
    page: Page


def offers(actor: Actor, number: str) -> Offers:
    """Looks through one page of the unidentified lines, newest first."""
    lines = PardonLine.objects.filter(arrest=None).select_related("pardon").order_by("-pardon_id", "position")
    found = Paginator(lines, AT_ONCE).get_page(number)
    groups: dict[tuple[int, datetime.datetime | None], list[tuple[PardonLine, IntakeLine]]] = defaultdict(list)
    kept = _as_read(list(found))
    for line in found:
        read = kept.get((line.pardon_id, line.position)) or read_now(line)
        groups[line.pardon_id, read.left_at].append((line, read))
    made = [offer for (_pardon, since), pairs in groups.items() for offer in _offers_of(pairs, since, actor)]
    return Offers(sorted(made, key=lambda offer: (-offer.line.pardon_id, offer.line.position)), found)


def _as_read(lines: list[PardonLine]) -> dict[tuple[int, int], IntakeLine]:
    read = IntakeLine.objects.filter(
        intake__pardon__in={line.pardon_id for line in lines}, position__in={line.position for line in lines}
    ).select_related("intake")
    return {(line.intake.pardon_id, line.position or 0): line for line in read}


def _offers_of(pairs: list[tuple[PardonLine, IntakeLine]], since: datetime.datetime | None, actor: Actor) -> list[Offer]:
    pardon, first = pairs[0][0].pardon, pairs[0][1]
    day = first.intake.held_on if first.intake_id else day_of(pardon)
    if day is None:
        return []  # of an act on an unknown day nobody can be said to have been held on it
    intake = Intake(pardon=pardon, held_on=day)
    by_number = dict(enumerate(pairs))
    reads = []
    for number, (_line, read) in by_number.items():
        read.number = number
        reads.append(read)
    found = candidates_for(reads, intake=intake, actor=actor, since=since)
    fitting = {n: [one for one in found[n] if one.standing.is_held and not one.why_not] for n in by_number}
    return [Offer(line, read, fitting[n]) for n, (line, read) in by_number.items() if fitting[n]]


@require_http_methods(["GET", "POST"])
def offered(request: HttpRequest) -> HttpResponse:
    """The page; each line is decided by itself."""
    actor = reader_of(request)
    if request.method == "POST":
        _decide(request, actor)
        return HttpResponseRedirect(request.get_full_path())
    context = {"list": offers(actor, request.GET.get("page", "1"))}
    return page(request, "offered", _("Unidentified lines that somebody could fit"), context)


def _decide(request: HttpRequest, actor: Actor) -> None:
    given = {name: request.POST.get(name, "") for name in ("line", "arrest")}
    if not all(
        value.isascii() and value.isdecimal() and len(value) < 18 for name, value in given.items() if value or name == "line"
    ):
        raise BadRequest("The keys of a line and of an arrest.")
    line = get_object_or_404(PardonLine.objects.select_related("pardon"), pk=given["line"], arrest=None)
    if not given["arrest"]:
        own = IntakeLine.objects.filter(intake__pardon=line.pardon_id, position=line.position)
        words = _("Line %(n)s stays unidentified, and is offered again when somebody new could fit.")
        if not own.update(left_at=timezone.now()):
            words = _("Line %(n)s stays unidentified. It did not come by an intake, so it is offered each time.")
        messages.success(request, words % {"n": line.position})
        return
    try:
        identify_line(line=line, arrest_id=int(given["arrest"]), by=actor, now=timezone.now())
    except Refused as refused:
        messages.error(request, _("Nothing was done. %(problems)s") % {"problems": "; ".join(refused.messages)})
    else:
        said = {"line": line}
        messages.success(request, _("“%(line)s” is identified.") % said)
