"""Keeping what a page sent, and giving it back to the same account in the same browser."""

import datetime
import json
import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest

from ..private.envelope import Unreadable
from .marks import PAGE_OF, account_of, browser_of, came_from_us
from .models import MOST, KeptPost

KEPT = "kept_from"  # the field by which a page that is sent again says what it was kept as
# Pages of signing in and out, by the names of their addresses: nothing of them is ever kept. Add those of other ways in.
NEVER = {"login", "logout", "password_change", "password_change_done", "auth_user_password_change"}
# Nor is any field whose name says that it opens something.
_SECRET = re.compile(
    r"pass(?:word|code|phrase|key|wd)|secret|token|credential|one.?time|otp|totp|recovery|verification_code|(?:^|[-_])pin$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a page sent: to which address of the desk, its fields with their values, and files, of which only the names remain."""

    address: str
    fields: list[tuple[str, list[str]]]
    files: list[tuple[str, str]]

    def as_text(self) -> str:
        return json.dumps([self.address, self.fields, self.files], ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> "Sent":
        address, fields, files = json.loads(text)
        return cls(address, [(name, values) for name, values in fields], [(name, file) for name, file in files])


def sent_in(request: HttpRequest) -> Sent:
    """What may be kept of a request: no secret, no file, nothing that holds for one sending alone."""
    passing = (PAGE_OF, KEPT)
    fields = [(name, values) for name, values in request.POST.lists() if name not in passing and not _SECRET.search(name)]
    files = [(name, file.name or "") for name, given in request.FILES.lists() for file in given]
    left_out: list[tuple[str, str]] = getattr(request, "files_left_out", [])
    return Sent(request.get_full_path(), [(name, [str(v) for v in values]) for name, values in fields], files + left_out)


@transaction.atomic
def keep(request: HttpRequest, *, browser: str, now: datetime.datetime) -> KeptPost | None:
    """Keep what was sent for the account that its page was made for.

    None, and nothing is kept, if the page isn't one of ours, or has nothing that may be kept. Pages of NEVER don't come here.
    """
    account: Any = account_of(request.POST.get(PAGE_OF, ""))
    if account is None or not came_from_us(request) or not request.path_info.startswith("/desk/"):
        return None
    sent = sent_in(request)
    if not (sent.fields or sent.files):
        return None
    KeptPost.objects.over(now).delete()
    _drop_former(request, account)
    kept = KeptPost.objects.create(account=account, browser=browser, sent=sent.as_text(), kept_at=now)
    newest = KeptPost.objects.filter(account=account).order_by("-kept_at", "-id").values("pk")[:MOST]
    KeptPost.objects.filter(account=account).exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()
    return kept


def _drop_former(request: HttpRequest, account: Any) -> None:
    """What was sent again, and in vain again, is kept once."""
    if key := key_in(request):
        KeptPost.objects.filter(pk=key, account=account, browser=browser_of(request)).delete()


def key_in(request: HttpRequest) -> UUID | None:
    """What a page that is sent again was kept as."""
    try:
        return UUID(request.POST.get(KEPT, ""))
    except ValueError:
        return None


def kept_of(request: HttpRequest, now: datetime.datetime) -> Any:
    """What is kept for whoever asks, in the browser that they ask from; what is over is deleted first."""
    KeptPost.objects.over(now).delete()
    browser = browser_of(request)
    return KeptPost.objects.kept_for(request.user, browser=browser, now=now) if browser else KeptPost.objects.none()


def read(kept: KeptPost) -> Sent | None:
    """What was sent; None if no key opens it any more."""
    text = kept.sent
    return None if isinstance(text, Unreadable) else Sent.from_text(text)


def drop_used(request: HttpRequest) -> None:
    """Once it was sent again and was taken, it is gone."""
    if key := key_in(request):
        KeptPost.objects.filter(pk=key, account=request.user.pk, browser=browser_of(request)).delete()
