"""Answers when something fails. These pages ask the database nothing."""

import logging
import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)

AWAY = (OperationalError, InterfaceError)
QUERY_CANCELED = "57014"  # PostgreSQL's code for a statement that ran into its time limit


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500. Whatever failed, a view, middleware or a template: an absent database is said to be one."""
    error = sys.exc_info()[1]
    if isinstance(error, AWAY):
        return unavailable(error)
    return HttpResponse(_page("500.html"), status=500)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400, for requests that it refuses itself, such as one for a host that isn't ours."""
    return HttpResponse(_page("400.html"), status=400)


def unavailable(error: BaseException) -> HttpResponse:
    """503, with words that fit: the database is away, or the question took it too long."""
    took_too_long = getattr(error.__cause__, "pgcode", None) == QUERY_CANCELED
    logger.error("The question took the database too long: %s" if took_too_long else "The database is away: %s", error)
    response = HttpResponse(_page("503.html", took_too_long=took_too_long), status=503)
    response["Retry-After"] = "60"
    return response


def _page(template: str, **context: object) -> str:
    """Without a request, hence without the context processors, one of which asks the database."""
    return render_to_string(template, {"SITE_NAME": settings.SITE_NAME, "LEAVE_URL": settings.LEAVE_URL, **context})
