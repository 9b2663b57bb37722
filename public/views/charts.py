"""Counts as pictures."""

import logging

from csp.constants import NONE
from csp.decorators import csp
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from counts.answering import answer
from counts.charts.data import Size
from counts.charts.engine import DrawingFailed
from counts.charts.palette import STYLE_HASH
from counts.problems import InvalidQuery, Problem

from ..charts import chart, drawn, key
from ..reading import limited, reading

logger = logging.getLogger(__name__)
TYPES = {"svg": "image/svg+xml", "png": "image/png"}
# Opened by itself, an SVG may use its own style and nothing else.
ALONE = {"default-src": [NONE], "style-src": [f"'{STYLE_HASH}'"], "frame-ancestors": [NONE]}


@csp(ALONE)
def _counts_svg(request: HttpRequest) -> HttpResponseBase:
    """The chart of a count as SVG, light or dark as the reader's system is."""
    return _picture(request, "svg")


counts_svg = reading(_counts_svg)


@limited
def counts_png(request: HttpRequest) -> HttpResponseBase:
    """The chart of a count as PNG, twice as large, on white."""
    return _picture(request, "png")


def _picture(request: HttpRequest, form: str) -> HttpResponseBase:
    size, query = _size(request), request.GET.copy()
    query.pop("size", None)
    asked = answer(query, today=localdate(), now=now())
    data = chart(asked, request.get_host())
    response = HttpResponse(content_type=TYPES[form])
    response["ETag"] = f'"{key(data, form, size)}"'
    response["Cache-Control"] = "no-cache"  # may be kept, and is asked for again: what was withdrawn isn't shown from a cache
    response["Content-Disposition"] = f'inline; filename="{asked.measure.name}-{asked.on}.{form}"'
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # articles elsewhere may show it
    same = get_conditional_response(request, etag=response["ETag"], response=response)
    if same is not None and same is not response:
        return same
    try:
        response.content = drawn(data, form, size)
    except DrawingFailed as error:
        logger.error("A chart can't be drawn: %s", error)
        return _not_drawn(query.urlencode())
    return response


def _size(request: HttpRequest) -> Size:
    """The size asked, wide unless given. Raises InvalidQuery."""
    given = [value for value in request.GET.getlist("size") if value] or [Size.WIDE.value]
    valid = [size.value for size in Size]
    for value in given:
        if value not in valid or len(given) > 1:
            message = _("“%(value)s” is not a valid value.") if value not in valid else _("“%(value)s”: a picture has one size.")
            raise InvalidQuery([Problem("size", value, message % {"value": value[:80]}, valid)])
    return Size(given[0])


def _not_drawn(query: str) -> HttpResponse:
    """503 in words: a picture that fails looks as if nobody were counted."""
    words = _("The chart can’t be drawn just now. Please try again in a minute; its numbers are at %(address)s.")
    text = words % {"address": f"{reverse('counts-file', args=['csv'])}?{query}"}
    headers = {"Retry-After": "60", "Cache-Control": "no-store"}
    return HttpResponse(text, status=503, content_type="text/plain; charset=utf-8", headers=headers)
