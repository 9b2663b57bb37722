"""The API described: in OpenAPI for programs, and as pages for people. None of it asks the database."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from ..description import description
from ..reading_page import chapters


@gzip_page
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The description, in OpenAPI 3.1."""
    return JsonResponse(description())


@gzip_page
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The same to read: each call, with an example of its answer."""
    return render(request, "public/api.html", {"chapters": chapters(description())})


@gzip_page
@require_safe
def operation(request: HttpRequest, name: str) -> HttpResponse:
    """One call in full: its parameters and every field of its answer."""
    found = next((chapter for chapter in chapters(description()) if chapter.name == name), None)
    if found is None:
        raise Http404
    return render(request, "public/api_operation.html", {"chapter": found})
