"""The pages on which an editor decides: many lines at once, or one line with a search."""

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from prisoners.roles import Actor
from prisoners.services import Refused

from .access import intake_or_404, page, reader_of, works
from .candidates import candidates_by_search, candidates_for
from .choosing import Kept, Own, Word, keep_words
from .forms import LineForm
from .listing import PAGE, WrongPage, lines_seen, page_of_lines
from .models import Intake, LineDecision, LineKind

_CHOICE = re.compile(r"arrest-([0-9]{1,18})")
_VERSION = re.compile(r"seen-([0-9]{1,9})")
LONGEST_NAME, LONGEST_WHY, LONGEST_SEARCH = 200, 200, 200


@require_http_methods(["GET", "POST"])
def lines(request: HttpRequest, pk: int) -> HttpResponse:
    """A page of lines, each with whom it may name. What is sent is kept, whichever button sends it."""
    actor = reader_of(request)
    intake = intake_or_404(pk)
    if request.method == "POST":
        _keep(request, intake, words_of(request.POST), actor)
        return HttpResponseRedirect(_onward(request, intake))
    context: dict[str, Any] = {"intake": intake}
    try:
        context["list"] = page_of_lines(intake, actor, request.GET)
    except WrongPage as wrong:
        return page(request, "lines", str(intake.pardon), {**context, "problem": str(wrong)}, status=400)
    return page(request, "lines", _("Lines of %(pardon)s") % {"pardon": intake.pardon}, context)


def _keep(request: HttpRequest, intake: Intake, words: list[Word], actor: Actor) -> Kept | None:
    try:
        kept = keep_words(intake=intake, words=words, by=actor, now=timezone.now())
    except Refused as refused:
        messages.error(request, " ".join(refused.messages))
        return None
    for number, problem in sorted(kept.problems.items()):
        messages.error(request, _("Line %(n)s: %(problem)s") % {"n": number, "problem": problem})
    if kept.changed:
        words_said = _("Kept: lines %(numbers)s.") if len(kept.changed) > 1 else _("Kept: line %(numbers)s.")
        messages.success(request, words_said % {"numbers": ", ".join(map(str, kept.changed))})
    return kept


def words_of(post: QueryDict) -> list[Word]:
    """What a page of lines says. Raises BadRequest for what no page sends."""
    found = []
    for name in post:
        if match := _VERSION.fullmatch(name):
            number, value = int(match[1]), post.get(name, "")
            if not (value.isascii() and value.isdecimal() and len(value) < 10):
                raise BadRequest("The version of a line is a number.")
            found.append(_word(number, int(value), post))
    return found


def _word(number: int, seen: int, post: QueryDict) -> Word:
    choice = post.get(f"line-{number}")
    name = post.get(f"name-{number}")
    name = " ".join(name.split())[:LONGEST_NAME] if name is not None else None
    if choice is None:
        return Word(number, seen, name=name)
    if match := _CHOICE.fullmatch(choice):
        return Word(number, seen, LineDecision.CHOSEN, int(match[1]), name=name)
    if choice not in (LineDecision.OPEN, LineDecision.DROPPED):
        raise BadRequest("A choice of the page.")
    why = post.get(f"because-{number}", "").strip()[:LONGEST_WHY] if choice == LineDecision.DROPPED else ""
    return Word(number, seen, LineDecision(choice), because=why, name=name)


def _onward(request: HttpRequest, intake: Intake) -> str:
    button = request.POST.get("go", "")
    if match := re.fullmatch(r"line-([0-9]{1,9})", button):
        return reverse("desk-intake-line", args=[intake.pk, int(match[1])])
    if button == "confirm":
        return reverse("desk-intake-confirm", args=[intake.pk])
    query = {name: value for name in ("show", "page") if (value := request.GET.get(name))}
    if button == "next":
        # Of a narrowed list, what was decided leaves it: its first page is the next.
        query = {name: value for name, value in query.items() if name == "show"}
        query |= {"page": request.POST.get("next", "1")} if "show" not in query else {}
    return reverse("desk-intake", args=[intake.pk], query=query)


@require_http_methods(["GET", "POST"])
def one_line(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One line: somebody else by search, a corrected name, and what holds for this person alone."""
    actor = reader_of(request)
    intake = intake_or_404(pk)
    line = lines_seen(intake, actor).filter(number=number).first()
    if line is None:
        raise Http404
    has_own = line.conditions is not None
    own = {
        "ended": line.ended,
        "liberty_after": line.liberty_after,
        "has_own_conditions": has_own,
        "conditions": line.conditions or [],
    }
    form = LineForm(request.POST if request.method == "POST" else None, initial=own)
    if request.method == "POST":
        if not works(actor):
            raise PermissionDenied
        if form.is_valid():
            words = words_of(request.POST)
            given = form.cleaned_data
            codes = tuple(condition.pk for condition in given["conditions"])
            said = Own(given["ended"], given["liberty_after"], codes if given["has_own_conditions"] else None)
            words = [
                Word(w.number, w.seen, w.decision, w.arrest_id, w.because, w.name, said) for w in words if w.number == number
            ]
            kept = _keep(request, intake, words, actor)
            if kept is not None and not kept.problems:
                return HttpResponseRedirect(f"{reverse('desk-intake', args=[pk])}{_page_with(intake, actor, number)}")
            return HttpResponseRedirect(request.get_full_path())
    query = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    found = candidates_by_search(line, query, intake=intake, actor=actor) if query else None
    own_candidates = candidates_for([line], intake=intake, actor=actor)[number]
    known = {one.person.pk for one in found or ()}
    context = {
        "intake": intake,
        "line": line,
        "form": form,
        "query": query,
        "is_searched": found is not None,
        "candidates": [*(found or []), *(one for one in own_candidates if one.person.pk not in known)],
    }
    return page(request, "line", _("Line %(n)s of %(pardon)s") % {"n": number, "pardon": intake.pardon}, context)


def _page_with(intake: Intake, actor: Actor, number: int) -> str:
    """The query of the page on which a line stands, and the place on it."""
    before = lines_seen(intake, actor).exclude(kind=LineKind.IGNORED).filter(number__lt=number).count()
    return f"?page={before // PAGE + 1}#line-{number}"
