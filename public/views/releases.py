"""Waves of pardons: the list, one wave, one act."""

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate, now

from releases.models import Pardon, Wave

from .. import clemency
from ..paging import strict_page
from ..reading import reading
from ..wave import PEOPLE_ON_A_PAGE, Overview, acts_of, overview

WAVES_ON_A_PAGE = 20


@reading
def releases(request: HttpRequest) -> HttpResponse:
    """Waves with their acts, newest first."""
    pages = Paginator(clemency.waves_newest_first(), WAVES_ON_A_PAGE)
    page = strict_page(pages, request.GET)
    return render(request, "public/releases.html", {"waves": acts_of(list(page.object_list)), "page": page})


@reading
def wave(request: HttpRequest, slug: str) -> HttpResponse:
    """One wave."""
    found = get_object_or_404(Wave, slug=slug)
    return render(request, "public/wave.html", {"about": _overview(request, found, list(found.pardons.all()))})


@reading
def pardon(request: HttpRequest, slug: str, pardon_slug: str) -> HttpResponse:
    """One act of clemency."""
    found = get_object_or_404(Pardon.objects.select_related("wave"), wave__slug=slug, slug=pardon_slug)
    return render(request, "public/pardon.html", {"about": _overview(request, found.wave, [found]), "pardon": found})


def _overview(request: HttpRequest, wave: Wave, pardons: Sequence[Pardon]) -> Overview:
    pages = Paginator(clemency.identified_arrests(pardons), PEOPLE_ON_A_PAGE)
    return overview(wave, pardons, strict_page(pages, request.GET), today=localdate(), now=now())
