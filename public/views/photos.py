"""A photo of a person, handed out only while readers may see it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.timezone import localdate

from ..photos import shown_file
from ..reading import limited

HEADERS = {
    # A browser may keep it, nobody between it and this site may; and before each use it must ask whether it still may be seen.
    "Cache-Control": "private, no-cache",
    # Neither the address nor the name of a saved file says who is on the picture.
    "Content-Disposition": 'inline; filename="photo.jpg"',
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


@limited
def photo(request: HttpRequest, code: str, name: str) -> HttpResponseBase:
    """Whether it may be seen is asked before whether the reader has it already."""
    found = shown_file(code, name, localdate())
    if found is None:
        raise Http404
    etag = quote_etag(found.sha256)
    response = HttpResponse(found.content, content_type="image/jpeg", headers={**HEADERS, "ETag": etag})
    return get_conditional_response(request, etag=etag, response=response) or response
