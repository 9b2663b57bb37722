"""What the desk adds to each request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from prisoners.acting import acting


class ActingMiddleware:
    """Whatever a signed-in person changes is kept as theirs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # A reader's request asks for no session: only the desk has people with accounts.
        if not request.path_info.startswith("/desk/") or not request.user.is_authenticated:
            return self.get_response(request)
        with acting(actor=request.user.get_username()):
            return self.get_response(request)
