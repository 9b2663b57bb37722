"""The page of open lines that could name somebody now; each line is decided by itself."""

import re
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

from prisoners.finding import Found
from prisoners.names import band
from prisoners.roles import Actor
from prisoners.services import Refused
from releases.models import Pardon, PardonLine

from ..intake.access import page, reader_of
from ..intake.candidates import Candidate, told
from ..intake.identifying import identify_line, lines_as_read
from ..intake.models import Intake, IntakeLine
from .fitting import fitting
from .models import Offer, OpenLine
from .noticing import PEOPLE, notice, put_aside

AT_ONCE = 25
_KEY = re.compile(r"[0-9]{1,18}")
_KEYS = re.compile(r"[0-9]{1,18}(?:,[0-9]{1,18}){0,99}")


@dataclass(frozen=True, slots=True)
class Offered:
    """A line of a pardon, what was read of it, whom it could name, and the keys of those offers."""

    line: PardonLine
    read: IntakeLine
    candidates: list[Candidate]
    keys: str


@dataclass(frozen=True, slots=True)
class OfferedLines:
    """One page of the lines for which there is somebody."""

    rows: list[Offered]
    page: Page


def offered_lines(actor: Actor, number: str, pardon: Pardon | None = None) -> OfferedLines:
    """The newest acts first."""
    found = fitting(actor)
    if pardon is not None:
        found = found.filter(line__line__pardon=pardon)
    lines = OpenLine.objects.filter(pk__in=found.order_by().values("line")).select_related("line__pardon")
    at = Paginator(lines.order_by("-line__pardon", "line__position"), AT_ONCE).get_page(number)
    offers: dict[int, list[Offer]] = defaultdict(list)
    for offer in found.filter(line__in=[open_line.pk for open_line in at]):
        offers[offer.line_id].append(offer)
    return OfferedLines(_rows(list(at), offers, actor), at)


def _rows(lines: list[OpenLine], offers: dict[int, list[Offer]], actor: Actor) -> list[Offered]:
    reads = lines_as_read([open_line.line for open_line in lines])
    groups: dict[tuple[int, str], list[OpenLine]] = defaultdict(list)
    for number, open_line in enumerate(lines):
        reads[open_line.pk].number = number
        groups[open_line.line.pardon_id, str(open_line.held_on or "")].append(open_line)
    candidates: dict[int, list[Candidate]] = {}
    for some in groups.values():
        intake = Intake(pardon=some[0].line.pardon, held_on=some[0].held_on)
        found = {reads[one.pk].number: [_found(offer) for offer in offers[one.pk]] for one in some}
        candidates |= told([reads[one.pk] for one in some], found, intake, actor)
    return [_row(one, reads[one.pk], candidates[reads[one.pk].number], offers[one.pk]) for one in lines]


def _found(offer: Offer) -> Found:
    return Found(offer.prisoner_id, 0, offer.form, offer.score, band(offer.score))


def _row(open_line: OpenLine, read: IntakeLine, candidates: list[Candidate], offers: list[Offer]) -> Offered:
    fits = [one for one in candidates if one.standing.is_held and not one.why_not]
    shown = {one.person.pk for one in fits}
    return Offered(open_line.line, read, fits, ",".join(str(offer.pk) for offer in offers if offer.prisoner_id in shown))


@require_http_methods(["GET", "POST"])
def offered(request: HttpRequest) -> HttpResponse:
    """The page, of all pardons or of one."""
    actor = reader_of(request)
    if request.method == "POST":
        _decide(request, actor)
        return HttpResponseRedirect(request.get_full_path())
    wanted = request.GET.get("pardon", "")
    if wanted and not _KEY.fullmatch(wanted):
        raise BadRequest("The key of a pardon.")
    pardon = get_object_or_404(Pardon, pk=wanted) if wanted else None
    left = notice(people=5 * PEOPLE)
    context = {
        "list": offered_lines(actor, request.GET.get("page", "1"), pardon),
        "pardon": pardon,
        "left": left,
        "open": PardonLine.objects.filter(arrest=None).count(),
    }
    return page(request, "offered", _("Unidentified lines that somebody could fit"), context)


def _decide(request: HttpRequest, actor: Actor) -> None:
    given = {name: request.POST.get(name, "") for name in ("line", "arrest", "offers")}
    is_whole = _KEY.fullmatch(given["line"]) and (not given["arrest"] or _KEY.fullmatch(given["arrest"]))
    if not is_whole or (given["offers"] and not _KEYS.fullmatch(given["offers"])):
        raise BadRequest("The keys of a line, of an arrest, and of offers.")
    line = PardonLine.objects.select_related("pardon").filter(pk=given["line"], arrest=None).first()
    if line is None:
        messages.error(request, _("Nothing was done. Somebody has identified this line meanwhile, or deleted it."))
    elif not given["arrest"]:
        looked_at = fitting(actor).filter(line=line.pk, pk__in=given["offers"].split(",") if given["offers"] else [])
        put_aside(offers=Offer.objects.filter(pk__in=looked_at.order_by().values("pk")), by=actor.name, now=timezone.now())
        words = _("Line %(n)s stays unidentified, and is offered again when somebody new could fit.")
        messages.success(request, words % {"n": line.position})
    else:
        _identify(request, line, int(given["arrest"]), actor)


def _identify(request: HttpRequest, line: PardonLine, arrest: int, actor: Actor) -> None:
    try:
        identify_line(line=line, arrest_id=arrest, by=actor, now=timezone.now())
    except Refused as refused:
        messages.error(request, _("Nothing was done. %(problems)s") % {"problems": "; ".join(refused.messages)})
    else:
        messages.success(request, _("“%(line)s” is identified.") % {"line": line})
