"""Pages of text, and the first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import clemency
from ..reading import reading
from ..wave import acts_of


@reading
def home(request: HttpRequest) -> HttpResponse:
    """The first page."""
    return render(request, "public/home.html", {"newest": acts_of(list(clemency.waves_newest_first()[:1]))})


@require_safe
def methodology(request: HttpRequest) -> HttpResponse:
    """What each number means."""
    return render(request, "public/methodology.html")


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Who publishes this, with what software."""
    return render(request, "public/about.html")
