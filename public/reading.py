"""What holds for every readers' page that asks the database."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from counts.moment import one_moment
from counts.problems import InvalidQuery

View = Callable[..., HttpResponseBase]


def reading(view: View) -> View:
    """A page to read: as `limited`, and compressed."""
    # Over a bad connection; nothing secret is on these pages for a listener to find out by their length.
    return gzip_page(limited(view))


def limited(view: View) -> View:
    """GET or HEAD, one moment of the database, limited in time; bad input is answered with what is valid."""

    @require_safe
    @wraps(view)
    def read(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            with one_moment(settings.PUBLIC_STATEMENT_TIMEOUT_MS):
                return view(request, *args, **kwargs)
        except InvalidQuery as error:
            return render(request, "400.html", {"problems": error.problems}, status=400)

    read.is_reading = True  # type: ignore[attr-defined]
    return read
