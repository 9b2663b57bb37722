"""Confirming an intake, and taking it back: each page says first what would happen."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from prisoners.history.refusing import NotRestored
from prisoners.services import Refused

from ..history.changing import said_of
from ..history.forms import ReasonForm
from .access import intake_or_404, page, reader_of, works
from .confirming import Plan, confirm_intake, plan_of
from .models import Intake
from .undoing import against, require_role, undo_intake


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """What confirming does, in numbers; then doing it."""
    actor = reader_of(request)
    intake = intake_or_404(pk)
    if not works(actor):
        raise PermissionDenied
    problems: list[str] = []
    status = 200
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        try:
            plan = confirm_intake(
                intake=intake,
                by=actor,
                now=timezone.now(),
                seen=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 12 else -1,
                drop_unread="drop_unread" in request.POST,
            )
        except Refused as refused:
            problems, status = refused.messages, 409
        else:
            messages.success(request, _told(plan))
            return HttpResponseRedirect(reverse("desk-intake", args=[pk]))
    plan = plan_of(intake, actor)
    context = {"intake": intake, "plan": plan, "problems": problems or plan.problems}
    return page(request, "confirm", _("Confirm %(pardon)s?") % {"pardon": intake.pardon}, context, status=status)


def _told(plan: Plan) -> str:
    numbers = {"released": len(plan.released), "linked": len(plan.linked), "open": len(plan.unidentified)}
    return _("Done: %(released)s released, %(linked)s tied to what was on record, %(open)s left unidentified.") % numbers


@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a confirmed intake back whole."""
    actor = reader_of(request)
    intake = intake_or_404(pk)
    try:
        require_role(intake, actor)
    except Refused:
        raise PermissionDenied from None
    form = ReasonForm(request.POST if request.method == "POST" else None)
    cannot: list[str] = []
    status = 200
    if form.is_valid():
        try:
            undo_intake(intake=intake, by=actor, reason=form.cleaned_data["reason"])
        except (NotRestored, Refused) as refused:
            cannot, status = _said(refused), 409
        else:
            messages.success(request, _("Taken back. The intake is open again, with every choice that was made."))
            return HttpResponseRedirect(reverse("desk-intake", args=[pk]))
    cannot = cannot or _standing_against(intake)
    context = {"intake": intake, "form": form, "cannot": cannot}
    return page(request, "undo", _("Take %(pardon)s back?") % {"pardon": intake.pardon}, context, status=status)


def _said(refused: ValidationError) -> list[str]:
    return said_of(refused) if isinstance(refused, NotRestored) else refused.messages


def _standing_against(intake: Intake) -> list[str]:
    return [_("This intake is open: there is nothing to undo.")] if intake.is_open else against(intake)
