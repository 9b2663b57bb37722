"""Whether the site can answer, for whoever watches over it."""

import logging

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, 503 with a reason when not. The reason names no host: anybody may ask."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (OperationalError, InterfaceError) as error:
        logger.error("The database is away: %s", error)
        return JsonResponse({"status": "unavailable", "reason": "The database can't be reached."}, status=503)
    return JsonResponse({"status": "ok"})
