"""The case page of a person, and the same as JSON."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from ..case import Case, published_case
from ..case_json import as_json
from ..reading import reading


@reading
def prisoner(request: HttpRequest, code: str) -> HttpResponse:
    """A case page."""
    case = _case_or_404(code)
    url = request.build_absolute_uri(case.person.get_absolute_url())
    return render(request, "public/prisoner.html", {"case": case, "url": url})


@reading
def prisoner_json(request: HttpRequest, code: str) -> HttpResponse:
    """The same case for programs."""
    case = _case_or_404(code)
    return JsonResponse(as_json(case, request.build_absolute_uri(case.person.get_absolute_url())))


def _case_or_404(code: str) -> Case:
    """Never says why there is no page: unknown, draft and withdrawn people are answered alike."""
    case = published_case(code, localdate())
    if case is None:
        raise Http404
    return case
