"""What happens around every request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .errors import AWAY, unavailable


class DatabaseAwayMiddleware:
    """Answer 503 with a plain page when the database can't be reached, instead of a trace.

    This is for views. What other middleware raises never passes here: Django turns it into `handler500`, which answers
    alike.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return unavailable(exception) if isinstance(exception, AWAY) else None
