"""Data that scripts of other sites may read."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

API = "/api/v1/"
DESK = "/desk/"
# Formats of data and of charts. Not of photos: whoever shows a face elsewhere shall have to ask.
FORMATS = (".json", ".jsonl", ".csv", ".xlsx", ".parquet", ".zip", ".svg", ".png", ".ics")
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Disposition, X-Total-Rows",
}
# What a browser asks before a call with a header of its own.
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}


class OpenDataMiddleware:
    """Lets pages of any site read the API and the data files, refusals included; a browser sends them no cookie then.

    By address, so that a format added later is open too. Nothing of the desk is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if is_open(request.path):
            added = {**OPEN, **PREFLIGHT} if request.method == "OPTIONS" else OPEN
            for name, value in added.items():
                response.headers[name] = value
        return response


def is_open(path: str) -> bool:
    """Whether what stands there is data that anybody may read from anywhere."""
    return path.startswith(API) or (path.endswith(FORMATS) and not path.startswith(DESK))
