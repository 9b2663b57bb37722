"""Sending people for review, making them public and taking them back, with a plain account of what happened."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from prisoners.models import Prisoner, State, Visibility
from prisoners.roles import Action, may
from prisoners.services import Refused, publish, send_back, send_for_review, withdraw

from ..actors import actor_for
from .base import RecordAdmin
from .labels import page_of
from .standing import standing

AT_ONCE = 500
TOLD = 20
SEEN = "seen"


class PublishingAdmin(RecordAdmin):
    """The actions of the list, and the same as buttons on the page of one person."""

    actions = ("send_people", "publish_people", "send_back_people", "withdraw_people")

    def has_send_permission(self, request: HttpRequest) -> bool:
        return may(actor_for(request), Action.SEND)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return may(actor_for(request), Action.PUBLISH)

    def has_send_back_permission(self, request: HttpRequest) -> bool:
        return may(actor_for(request), Action.SEND_BACK)

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return may(actor_for(request), Action.WITHDRAW)

    @admin.action(permissions=["send"], description=gettext_lazy("Send the chosen people for review"))
    def send_people(self, request: HttpRequest, queryset: Any) -> None:
        people = _bounded(request, queryset)
        if people:
            send_and_tell(request, people)

    @admin.action(permissions=["publish"], description=gettext_lazy("Approve and publish the chosen people …"))
    def publish_people(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        people = _bounded(request, queryset)
        if people and "confirmed" not in request.POST:
            return self._ask_before_publishing(request, people)
        if people:
            publish_and_tell(request, people)
        return None

    @admin.action(permissions=["send_back"], description=gettext_lazy("Send the chosen people back from review"))
    def send_back_people(self, request: HttpRequest, queryset: Any) -> None:
        people = _bounded(request, queryset)
        waiting = [person for person in people if person.state == State.IN_REVIEW]
        if people and _done(request, lambda: send_back(people=waiting, by=actor_for(request))):
            words = ngettext("%(n)d person was sent back: %(codes)s.", "%(n)d people were sent back: %(codes)s.", len(waiting))
            _tell(request, words, waiting)
            _tell_others(request, people, waiting)

    @admin.action(permissions=["withdraw"], description=gettext_lazy("Withdraw the chosen people …"))
    def withdraw_people(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        people = _bounded(request, queryset)
        reason = request.POST.get("reason", "").strip()
        if people and ("confirmed" not in request.POST or not reason):
            return self._ask_before_withdrawing(request, people)
        if people:
            withdraw_and_tell(request, people, reason)
        return None

    def response_add(self, request: HttpRequest, obj: Prisoner, post_url_continue: str | None = None) -> HttpResponse:
        return self._after_saving(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Prisoner) -> HttpResponse:
        return self._after_saving(request, obj) or super().response_change(request, obj)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        stands = standing(kwargs.get("obj"), actor_for(request))
        context |= {"standing": stands, "checkbox": ACTION_CHECKBOX_NAME}
        return super().render_change_form(request, context, *args, **kwargs)

    def _after_saving(self, request: HttpRequest, person: Prisoner) -> HttpResponse | None:
        if "_withdraw" in request.POST:
            return self._ask_before_withdrawing(request, [person])
        if "_send" in request.POST:
            messages.success(request, _("%(code)s was saved.") % {"code": person.code})
            send_and_tell(request, [person])
            return HttpResponseRedirect(page_of(person))
        return None

    def _ask_before_publishing(self, request: HttpRequest, people: Sequence[Prisoner]) -> HttpResponse:
        actor = actor_for(request)
        judged = [(person, standing(person, actor)) for person in people]
        ready = [person for person, stands in judged if stands.may_publish]
        context = {
            **self.admin_site.each_context(request),
            "title": ngettext("Publish %(n)d person?", "Publish %(n)d people?", len(ready)) % {"n": len(ready)},
            "opts": Prisoner._meta,
            "ready": [(person, _moment(person)) for person in ready],
            "others": [(person, stands.why_not) for person, stands in judged if not stands.may_publish],
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "desk/publish.html", context)

    def _ask_before_withdrawing(self, request: HttpRequest, people: Sequence[Prisoner]) -> HttpResponse:
        public = [person for person in people if person.state == State.PUBLISHED]
        context = {
            **self.admin_site.each_context(request),
            "title": ngettext("Withdraw %(n)d person?", "Withdraw %(n)d people?", len(public)) % {"n": len(public)},
            "opts": Prisoner._meta,
            "public": public,
            "others": [person for person in people if person.state != State.PUBLISHED],
            "checkbox": ACTION_CHECKBOX_NAME,
            "lacks_reason": "confirmed" in request.POST,
        }
        return TemplateResponse(request, "desk/withdraw.html", context)


def _moment(person: Prisoner) -> str:
    return f"{person.pk}={person.changed_at.isoformat()}"


def _seen(request: HttpRequest) -> dict[int, datetime]:
    """When each record was last changed as the page showed it; nothing for what no page could have sent."""
    pairs = (text.partition("=") for text in request.POST.getlist(SEEN))
    return {int(key): datetime.fromisoformat(moment) for key, _equals, moment in pairs if key.isdecimal() and moment}


def _bounded(request: HttpRequest, chosen: Any) -> list[Prisoner]:
    people = list(chosen[: AT_ONCE + 1])
    if len(people) > AT_ONCE:
        messages.error(request, _("Nothing was done: choose at most %(n)d people at a time.") % {"n": AT_ONCE})
        return []
    return people


def _done(request: HttpRequest, service: Callable[[], object]) -> bool:
    """Do it, or say why nothing was done."""
    try:
        service()
    except Refused as refused:
        messages.error(request, _("Nothing was done. %(problems)s") % {"problems": _some(refused.messages, "; ")})
        return False
    return True


def send_and_tell(request: HttpRequest, people: Sequence[Prisoner]) -> None:
    """Send for review, or say for each person what is missing."""
    fresh = [person for person in people if person.state in (State.DRAFT, State.WITHDRAWN)]
    if _done(request, lambda: send_for_review(people=fresh, by=actor_for(request))):
        words = ngettext(
            "%(n)d person was sent for review: %(codes)s.", "%(n)d people were sent for review: %(codes)s.", len(fresh)
        )
        _tell(request, words, fresh)
        _tell_others(request, people, fresh)


def publish_and_tell(request: HttpRequest, people: Sequence[Prisoner]) -> None:
    """Publish, or say for each person why not."""
    fresh = [person for person in people if person.state != State.PUBLISHED]
    if not _done(request, lambda: publish(people=fresh, by=actor_for(request), seen=_seen(request))):
        return
    words = ngettext("%(n)d person was published: %(codes)s.", "%(n)d people were published: %(codes)s.", len(fresh))
    _tell(request, words, fresh)
    public = [person for person in people if person not in fresh]
    words = ngettext("%(n)d was public before: %(codes)s.", "%(n)d were public before: %(codes)s.", len(public))
    _tell(request, words, public)
    hidden = [person for person in people if person.visibility != Visibility.NAMED or person.embargo_until]
    words = ngettext(
        "%(n)d is published, but readers see less than all of this person (visibility or embargo): %(codes)s.",
        "%(n)d are published, but readers see less than all of them (visibility or embargo): %(codes)s.",
        len(hidden),
    )
    _tell(request, words, hidden, level=messages.WARNING)


def withdraw_and_tell(request: HttpRequest, people: Sequence[Prisoner], reason: str) -> None:
    """Withdraw, and say who was and who wasn't public."""
    public = [person for person in people if person.state == State.PUBLISHED]
    if not _done(request, lambda: withdraw(people=public, by=actor_for(request), reason=reason)):
        return
    words = ngettext(
        "%(n)d person was withdrawn, and is on no public page any more: %(codes)s.",
        "%(n)d people were withdrawn, and are on no public page any more: %(codes)s.",
        len(public),
    )
    _tell(request, words, public)
    others = [person for person in people if person not in public]
    words = ngettext(
        "%(n)d was not public, and stays as it was: %(codes)s.",
        "%(n)d were not public, and stay as they were: %(codes)s.",
        len(others),
    )
    _tell(request, words, others, level=messages.WARNING)


def _tell_others(request: HttpRequest, people: Sequence[Prisoner], done: Sequence[Prisoner]) -> None:
    others = [person for person in people if person not in done]
    words = ngettext("%(n)d stays as it was: %(codes)s.", "%(n)d stay as they were: %(codes)s.", len(others))
    _tell(request, words, others, level=messages.WARNING)


def _tell(request: HttpRequest, words: str, people: Sequence[Prisoner], level: int = messages.SUCCESS) -> None:
    if people:
        messages.add_message(request, level, words % {"n": len(people), "codes": _some([person.code for person in people], ", ")})


def _some(texts: Sequence[str], glue: str) -> str:
    rest = len(texts) - TOLD
    return glue.join(texts[:TOLD]) + (_(" and %(n)d more") % {"n": rest} if rest > 0 else "")
