"""Who works on intakes: whoever may write records and add to what many share; auditors and publishers look on."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from prisoners.roles import Action, Actor, may

from ..actors import actor_for
from .models import Intake, IntakeState


def works(actor: Actor) -> bool:
    """Whether the account may begin, decide and confirm intakes, of the records that it may change."""
    return may(actor, Action.WRITE_DRAFTS) and may(actor, Action.ADD_SHARED)


def reader_of(request: HttpRequest) -> Actor:
    """Who asks; raises PermissionDenied for whoever may read no record, or may not change any and wants to."""
    actor = actor_for(request)
    if not may(actor, Action.SEE_DRAFTS) or (request.method == "POST" and not works(actor)):
        raise PermissionDenied
    return actor


def intake_or_404(pk: int) -> Intake:
    """The intake with what its pages say of it."""
    return get_object_or_404(Intake.objects.select_related("pardon__wave", "source", "mechanism"), pk=pk)


def page(request: HttpRequest, template: str, title: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of the intake."""
    said = {**admin.site.each_context(request), "title": title, "works": works(actor_for(request)), **context}
    return TemplateResponse(request, f"desk/intake/{template}.html", said, status=status)


def intakes_open(request: HttpRequest) -> int | None:
    """How many lists wait, for the first page of the desk; None for who doesn't see them."""
    return Intake.objects.filter(state=IntakeState.OPEN).count() if may(actor_for(request), Action.SEE_DRAFTS) else None
