"""What holds for every address of the API: it reads, at one moment of the database, within a time limit, as JSON.

No accounts, no cookies, no throttling by address: who asks is nobody's business, and no log holds it.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from rest_framework import exceptions
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from counts.problems import InvalidQuery

from ..reading import one_moment

logger = logging.getLogger(__name__)

RETRY_AFTER_SECONDS = "60"


class AlwaysJson(BaseContentNegotiation):
    """There is one format, whatever a client says it prefers."""

    def select_parser(self, request: Request, parsers: Any) -> None:
        return None

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


class Resource(APIView):
    """One address of the API. `read` says what it answers, within one moment."""

    authentication_classes: list[Any] = []
    permission_classes: list[Any] = []
    throttle_classes: list[Any] = []
    parser_classes: list[Any] = []
    renderer_classes = [JSONRenderer]
    content_negotiation_class = AlwaysJson
    http_method_names = ["get", "head", "options"]

    def get(self, request: Request, **kwargs: Any) -> Response:
        with one_moment(settings.PUBLIC_STATEMENT_TIMEOUT_MS):
            return Response(self.read(request, **kwargs))

    def read(self, request: Request, **kwargs: Any) -> Any:
        """The answer, ready to be written. Raises InvalidQuery, or Http404 without ever saying why."""
        raise NotImplementedError

    def options(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Which methods there are; the middleware adds what a browser asks before it calls from another site."""
        return Response(status=204)

    def get_exception_handler(self) -> Callable[[Exception, Any], Response | None]:
        return answer_to


class Nothing(Resource):
    """Any other address under the API."""

    schema = None

    def get(self, request: Request, **kwargs: Any) -> Response:
        raise Http404


def answer_to(error: Exception, context: Any) -> Response | None:
    """What is answered in place of an answer; None where the fault is ours, which Django reports."""
    if isinstance(error, InvalidQuery):
        return Response(error.as_dict(), status=400)
    if isinstance(error, Http404):
        return _failure(404, "not found", _("Nothing is published at this address. /api/v1/ says what there is."))
    if isinstance(error, exceptions.MethodNotAllowed):
        return _failure(405, "method not allowed", _("The API only reads: use GET, HEAD or OPTIONS."))
    if isinstance(error, OperationalError | InterfaceError):
        logger.error("The API has no answer: %s", error)
        message = _("The database is away, or the question took it too long: narrow it, or ask again in a minute.")
        return _failure(503, "unavailable", message, {"Retry-After": RETRY_AFTER_SECONDS})
    return None


def _failure(status: int, error: str, message: str, headers: dict[str, str] | None = None) -> Response:
    return Response({"error": error, "message": message}, status=status, headers=headers)


def at(resource: type[Resource]) -> Any:
    """The resource as a view: compressed, and marked as limited in time like every readers' page."""
    view = gzip_page(resource.as_view())
    view.is_reading = True
    return view
