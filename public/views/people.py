"""The case page of a person, and the same as JSON."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from .. import case_json, coarse_case
from ..case import Case, published_case
from ..coarse_case import CoarseCase
from ..reading import reading


@reading
def prisoner(request: HttpRequest, code: str) -> HttpResponse:
    """A case page."""
    case = _case_or_404(code)
    template = "public/prisoner.html" if isinstance(case, Case) else "public/prisoner_initials.html"
    return render(request, template, {"case": case, "url": _address(request, code)})


@reading
def prisoner_json(request: HttpRequest, code: str) -> HttpResponse:
    """The same case for programs."""
    return JsonResponse(document_or_404(request, code))


def document_or_404(request: HttpRequest, code: str) -> dict[str, Any]:
    """The whole document of a person, wherever it is asked for."""
    case, url = _case_or_404(code), _address(request, code)
    return case_json.as_json(case, url) if isinstance(case, Case) else coarse_case.as_json(case, url)


def _address(request: HttpRequest, code: str) -> str:
    return request.build_absolute_uri(reverse("prisoner", args=[code]))


def _case_or_404(code: str) -> Case | CoarseCase:
    """Never says why there is no page: unknown, draft and withdrawn people are answered alike."""
    case = published_case(code, localdate())
    if case is None:
        raise Http404
    return case
