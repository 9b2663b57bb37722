"""Pages of the review list. Every decision is a service's; these only ask, and say what happened."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prisoners.models import Decision, Prisoner, State, Visibility
from prisoners.roles import Action, may
from prisoners.services import Refused, decide, set_visibility

from ..actors import actor_for
from ..admin.access import seen_by
from ..admin.labels import page_of
from .forms import VisibilityForm
from .listing import WrongFilter, open_reviews, review_list


@require_GET
def reviews(request: HttpRequest) -> HttpResponse:
    """The list, oldest first."""
    actor = actor_for(request)
    if not may(actor, Action.SEE):
        raise PermissionDenied
    context: dict[str, Any] = {**admin.site.each_context(request), "title": _("Review list")}
    try:
        context["list"] = review_list(actor, request.GET)
    except WrongFilter as wrong:
        return TemplateResponse(request, "desk/review_list.html", {**context, "problem": str(wrong)}, status=400)
    return TemplateResponse(request, "desk/review_list.html", context)


@require_POST
def decide_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or decline one item, as it was when the page was made."""
    actor = actor_for(request)
    review = get_object_or_404(open_reviews(actor).select_related("prisoner"), pk=pk)
    decision, seen = _decision(request)
    try:
        decide(review=review, decision=decision, by=actor, seen=seen)
    except Refused as refused:
        messages.error(request, _("Nothing was done. %(problems)s") % {"problems": "; ".join(refused.messages)})
    else:
        words = _("%(kind)s of %(code)s by %(author)s: %(decision)s.")
        messages.success(
            request,
            words
            % {
                "kind": str(review.get_kind_display()).capitalize(),
                "code": review.prisoner.code,
                "author": review.author or _("somebody unknown"),
                "decision": decision.label,
            },
        )
    return HttpResponseRedirect(reverse("desk-review"))


def _decision(request: HttpRequest) -> tuple[Decision, datetime]:
    try:
        return Decision(request.POST.get("decision", "")), datetime.fromisoformat(request.POST.get("seen", ""))
    except ValueError:
        raise BadRequest("A decision of the list, and the moment at which it was shown.") from None


@require_http_methods(["GET", "POST"])
def visibility(request: HttpRequest, code: str) -> HttpResponse:
    """Show more or less of a published person."""
    actor = actor_for(request)
    person = get_object_or_404(Prisoner.objects.filter(seen_by(actor)), code=code)
    if person.state != State.PUBLISHED:
        messages.error(request, _("%(code)s is not published: its visibility is set on its own page.") % {"code": person.code})
        return HttpResponseRedirect(page_of(person))
    if not (may(actor, Action.NARROW, person.country) or may(actor, Action.PROPOSE, person.country)):
        raise PermissionDenied
    now = {"visibility": person.visibility, "embargo_until": person.embargo_until, "seen": person.changed_at.isoformat()}
    form = VisibilityForm(request.POST or None, initial=now)
    if form.is_valid() and _shown_otherwise(request, person, form):
        return HttpResponseRedirect(page_of(person))
    context = {**admin.site.each_context(request), "title": _("Show more or less of %(person)s") % {"person": person}}
    return TemplateResponse(request, "desk/visibility.html", {**context, "form": form, "person": person})


def _shown_otherwise(request: HttpRequest, person: Prisoner, form: VisibilityForm) -> bool:
    wish = form.cleaned_data
    try:
        outcome = set_visibility(
            person=person,
            visibility=Visibility(wish["visibility"]),
            embargo_until=wish["embargo_until"],
            by=actor_for(request),
            reason=wish["reason"],
            seen={person.pk: wish["seen"]},
        )
    except Refused as refused:
        form.add_error(None, refused)
        return False
    if outcome.is_changed:
        messages.success(request, _("Readers see less of %(code)s from now on.") % {"code": person.code})
    if outcome.proposal:
        messages.success(request, _("Showing more of %(code)s waits for another person’s approval.") % {"code": person.code})
    if not outcome.is_changed and not outcome.proposal:
        messages.warning(request, _("%(code)s is shown so already.") % {"code": person.code})
    return True


def number_open(request: HttpRequest) -> int | None:
    """How many items wait, for the first page of the desk; None for who doesn't see the list."""
    actor = actor_for(request)
    return open_reviews(actor).count() if may(actor, Action.SEE) else None
