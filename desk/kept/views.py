"""What was sent in vain: the page that says so, and the page that offers it again."""

import re
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure
from django.views.decorators.http import require_GET, require_POST

from .keeping import KEPT, NEVER, keep, kept_of, read
from .marks import is_of_another, new_browser, remember_browser
from .models import LASTS, KeptPost

# What a page says to itself, and no person typed: sent again, and not shown.
_TECHNICAL = re.compile(r"^_|^initial-|^seen|-(?:TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$|(?:^|-)id$|__prefix__")


def in_vain(request: HttpRequest) -> HttpResponse:
    """Keep what a page sent whose sign-in is over, or is another's by now; and say so. Nothing of it is done."""
    held, browser = new_browser(request)
    kept = keep(request, browser=browser, now=timezone.now())
    is_own = kept is not None and kept.account_id == request.user.pk
    if is_own:
        response: HttpResponse = HttpResponseRedirect(_address(kept))
    else:
        response = _explained(request, kept)
    if kept is not None:
        remember_browser(response, held, is_secure=request.is_secure())
    add_never_cache_headers(response)
    return response


def _address(kept: KeptPost | None) -> str:
    return reverse("desk-kept", args=[kept.pk]) if kept else ""


def _explained(request: HttpRequest, kept: KeptPost | None) -> HttpResponse:
    is_over, title = not request.user.is_authenticated, _("You were signed out")
    if not is_over:
        title = _("This page belongs to another account") if is_of_another(request) else _("Nothing was changed")
    sent = read(kept) if kept else None
    context = {
        **admin.site.each_context(request),
        "title": title,
        "kept": kept,
        "address": _address(kept),
        "files": sent.files if sent else [],
        "is_over": is_over,
        "is_of_another": not is_over and is_of_another(request),
        "hours": LASTS.total_seconds() // 3600,
    }
    return TemplateResponse(request, "desk/kept/in_vain.html", context, status=403)


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's answer to a page without a valid token (settings.CSRF_FAILURE_VIEW).

    At the desk that is mostly a page from before its account signed in again.
    """
    if not request.path_info.startswith("/desk/"):
        return csrf_failure(request, reason)
    if request.resolver_match and request.resolver_match.url_name in NEVER:
        context = {**admin.site.each_context(request), "title": _("Nothing was changed"), "path": request.path}
        return TemplateResponse(request, "desk/kept/old_page.html", context, status=403)
    return in_vain(request)


@require_GET
def offered_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was sent, to look at, and to send again; nothing of it is done before."""
    kept = kept_of(request, timezone.now()).filter(pk=pk).first()
    sent = read(kept) if kept else None
    context: dict[str, Any] = {**admin.site.each_context(request), "title": _("Nothing is kept here")}
    if sent is None:
        return TemplateResponse(request, "desk/kept/nothing.html", context, status=404)
    said = [(_label(name), values) for name, values in sent.fields if not _TECHNICAL.search(name) and any(values)]
    context |= {
        "title": _("Send it again?"),
        "kept": kept,
        "sent": sent,
        "said": said,
        "files": [(name, _label(name), file) for name, file in sent.files],
        "key_field": KEPT,
    }
    return TemplateResponse(request, "desk/kept/again.html", context)


def _label(name: str) -> str:
    """The name of a field as a person might say it: `names-0-text` is “names 1 text”."""
    words = re.sub(r"-([0-9]+)-", lambda found: f" {int(found[1]) + 1} ", name)
    return words.replace("_", " ").replace("-", " ").strip()


@require_POST
def thrown_away(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Forget it at once."""
    kept_of(request, timezone.now()).filter(pk=pk).delete()
    messages.success(request, _("It is thrown away."))
    return HttpResponseRedirect(reverse("admin:index"))
