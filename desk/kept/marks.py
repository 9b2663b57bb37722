"""Marks that say of a page for whom it was made, and of a browser that it is the same one."""

import hashlib
import secrets
from urllib.parse import urlsplit

from django.contrib.auth import get_user_model
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

PAGE_OF = "page_of"  # the field of every form of the desk
COOKIE = "desk_browser"
_DAY = 24 * 3600
_signer = Signer(salt="desk.kept.page-of")


def mark_of(account: object) -> str:
    """What a page made for this account carries; nobody else can make it."""
    return _signer.sign(str(account.pk))  # type: ignore[attr-defined]


def account_of(mark: str) -> object | None:
    """The account that a page was made for; None if the mark isn't ours, or the account may not sign in any more."""
    try:
        key = _signer.unsign(mark)
    except BadSignature:
        return None
    return get_user_model().objects.filter(pk=key, is_active=True).first()


def is_of_another(request: HttpRequest) -> bool:
    """Whether a page that was made for one account is sent by another."""
    mark = request.POST.get(PAGE_OF)
    return mark is not None and mark != mark_of(request.user)


def came_from_us(request: HttpRequest) -> bool:
    """Whether the browser says that one of our own pages sent this; whoever doesn't say is not believed.

    Nothing of what a foreign page sent is offered again: it would only need somebody to agree to it.
    """
    own = f"{request.scheme}://{request.get_host()}"
    if (origin := request.headers.get("Origin")) is not None:
        return origin == own
    if (site := request.headers.get("Sec-Fetch-Site")) is not None:
        return site == "same-origin"
    referrer = urlsplit(request.headers.get("Referer", ""))
    return f"{referrer.scheme}://{referrer.netloc}" == own


def browser_of(request: HttpRequest) -> str:
    """The browser, as a record says it; empty if nothing was ever kept for it."""
    held = request.COOKIES.get(COOKIE, "")
    return hashlib.sha256(held.encode()).hexdigest() if held else ""


def new_browser(request: HttpRequest) -> tuple[str, str]:
    """What the browser is to hold from now on, and how a record says it. One that holds something goes on with that."""
    held = request.COOKIES.get(COOKIE, "") or secrets.token_urlsafe(32)
    return held, hashlib.sha256(held.encode()).hexdigest()


def remember_browser(response: HttpResponse, held: str, *, is_secure: bool) -> None:
    """Give the browser its mark, for as long as what was sent is kept. It says nothing to whoever finds it."""
    response.set_cookie(COOKIE, held, max_age=_DAY, path="/desk/", secure=is_secure, httponly=True, samesite="Strict")
