"""The API described: in OpenAPI for programs, and as a page for people."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from ..description import description
from ..reading_page import Chapter, chapters, parameters_of_lists


@gzip_page
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The description, in OpenAPI 3.1."""
    return JsonResponse(description())


@gzip_page
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The same to read."""
    told: list[Chapter] = chapters(description())
    return render(request, "public/api.html", {"chapters": told, "list_parameters": parameters_of_lists(description())})
