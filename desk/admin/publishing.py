"""Making people public and taking them back, with a plain account of what happened."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from prisoners.models import Prisoner, State, Visibility
from prisoners.services import publish, withdraw

from .base import RecordAdmin
from .labels import page_of

AT_ONCE = 500
TOLD = 20


class PublishingAdmin(RecordAdmin):
    """The actions of the list, and the same as buttons on the page of one person."""

    actions = ("publish_people", "withdraw_people")

    @admin.action(permissions=["change"], description=gettext_lazy("Publish the chosen people"))
    def publish_people(self, request: HttpRequest, queryset: Any) -> None:
        people = _bounded(request, queryset)
        if people:
            publish_and_tell(request, people)

    @admin.action(permissions=["change"], description=gettext_lazy("Withdraw the chosen people …"))
    def withdraw_people(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        people = _bounded(request, queryset)
        if people and "confirmed" not in request.POST:
            return self._ask_before_withdrawing(request, people)
        if people:
            withdraw_and_tell(request, people)
        return None

    def response_add(self, request: HttpRequest, obj: Prisoner, post_url_continue: str | None = None) -> HttpResponse:
        return self._after_saving(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Prisoner) -> HttpResponse:
        return self._after_saving(request, obj) or super().response_change(request, obj)

    def _after_saving(self, request: HttpRequest, person: Prisoner) -> HttpResponse | None:
        if "_withdraw" in request.POST:
            return self._ask_before_withdrawing(request, [person])
        if "_publish" in request.POST:
            messages.success(request, _("%(code)s was saved.") % {"code": person.code})
            publish_and_tell(request, [person])
            return HttpResponseRedirect(page_of(person))
        return None

    def _ask_before_withdrawing(self, request: HttpRequest, people: Sequence[Prisoner]) -> HttpResponse:
        public = [person for person in people if person.state == State.PUBLISHED]
        context = {
            **self.admin_site.each_context(request),
            "title": ngettext("Withdraw %(n)d person?", "Withdraw %(n)d people?", len(public)) % {"n": len(public)},
            "opts": Prisoner._meta,
            "public": public,
            "others": [person for person in people if person.state != State.PUBLISHED],
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "desk/withdraw.html", context)


def _bounded(request: HttpRequest, chosen: Any) -> list[Prisoner]:
    people = list(chosen[: AT_ONCE + 1])
    if len(people) > AT_ONCE:
        messages.error(request, _("Nothing was done: choose at most %(n)d people at a time.") % {"n": AT_ONCE})
        return []
    return people


def publish_and_tell(request: HttpRequest, people: Sequence[Prisoner]) -> None:
    """Publish, or say for each person what is missing."""
    fresh = [person for person in people if person.state != State.PUBLISHED]
    try:
        publish(people=fresh)
    except ValidationError as error:
        problems = _some(error.messages, "; ")
        messages.error(request, _("Nobody was published. What is missing: %(problems)s") % {"problems": problems})
        return
    words = ngettext("%(n)d person was published: %(codes)s.", "%(n)d people were published: %(codes)s.", len(fresh))
    _tell(request, words, fresh)
    public = [person for person in people if person not in fresh]
    words = ngettext("%(n)d was public before: %(codes)s.", "%(n)d were public before: %(codes)s.", len(public))
    _tell(request, words, public)
    hidden = [person for person in people if person.visibility != Visibility.NAMED or person.embargo_until]
    words = ngettext(
        "%(n)d is published, but not by name, or not before the embargo is lifted: %(codes)s.",
        "%(n)d are published, but not by name, or not before the embargo is lifted: %(codes)s.",
        len(hidden),
    )
    _tell(request, words, hidden, level=messages.WARNING)


def withdraw_and_tell(request: HttpRequest, people: Sequence[Prisoner]) -> None:
    """Withdraw, and say who was and who wasn't public."""
    public = [person for person in people if person.state == State.PUBLISHED]
    withdraw(people=public)
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


def _tell(request: HttpRequest, words: str, people: Sequence[Prisoner], level: int = messages.SUCCESS) -> None:
    if people:
        messages.add_message(request, level, words % {"n": len(people), "codes": _some([person.code for person in people], ", ")})


def _some(texts: Sequence[str], glue: str) -> str:
    rest = len(texts) - TOLD
    return glue.join(texts[:TOLD]) + (_(" and %(n)d more") % {"n": rest} if rest > 0 else "")
