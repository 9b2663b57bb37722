"""What the desk adds to each request."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from prisoners.acting import acting

from .kept.keeping import NEVER, drop_used, key_in
from .kept.marks import PAGE_OF, is_of_another

DESK = "/desk/"


class ActingMiddleware:
    """Whatever a signed-in person changes is kept as theirs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # A reader's request asks for no session: only the desk has people with accounts.
        if not request.path_info.startswith(DESK) or not request.user.is_authenticated:
            return self.get_response(request)
        with acting(actor=request.user.get_username()):
            return self.get_response(request)


class KeepingMiddleware:
    """What a page of the desk sends after its sign-in is over is kept for its account, and not done.

    It stands behind Django's look at the token, whose refusals come by `settings.CSRF_FAILURE_VIEW`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "is_sent_again", False) and response.status_code < 400:
            drop_used(request)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Answer in place of the view, for a page of somebody who isn't signed in any more."""
        if request.method != "POST" or not request.path_info.startswith(DESK) or PAGE_OF not in request.POST:
            return None
        if request.resolver_match and request.resolver_match.url_name in NEVER:
            return None
        if request.user.is_authenticated and not is_of_another(request):
            request.is_sent_again = key_in(request) is not None  # type: ignore[attr-defined]
            return None
        from .kept.views import in_vain  # it needs the site of the desk, which needs its apps

        return in_vain(request)
