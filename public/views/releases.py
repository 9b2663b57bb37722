"""Waves of pardons: the list, one wave, one act; each also as JSON."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate, now

from counts.clemency import Identified
from releases.models import Pardon, Wave

from .. import releases_list, wave_people
from ..paging import strict_page
from ..reading import reading
from ..wave import (
    PEOPLE_ON_A_PAGE,
    Known,
    Overview,
    known_of,
    overview,
    released_of_act,
    released_of_wave,
    rows_of,
)
from ..wave_json import pardon_json, wave_json

WAVES_ON_A_PAGE = 20


@reading
def releases(request: HttpRequest) -> HttpResponse:
    """Waves with their acts, newest first; and releases of every kind by year."""
    today, moment = localdate(), now()
    asked = releases_list.asked(request.GET)
    pages = Paginator(asked.waves(), WAVES_ON_A_PAGE)
    page = strict_page(pages, request.GET, besides=releases_list.NAMES)
    context = {
        "rows": rows_of(list(page.object_list), today=today, now=moment),
        "page": page,
        "asked": asked,
        "fields": asked.fields(),
        "by_year": releases_list.by_year(today, moment),
    }
    return render(request, "public/releases.html", context)


@reading
def wave(request: HttpRequest, slug: str) -> HttpResponse:
    """One wave."""
    found = get_object_or_404(Wave, slug=slug)
    known = known_of(found, list(found.pardons.all()), request.GET, today=localdate())
    return render(request, "public/wave.html", {"about": _overview(request, known)})


@reading
def pardon(request: HttpRequest, slug: str, pardon_slug: str) -> HttpResponse:
    """One act of clemency."""
    found = _pardon_or_404(slug, pardon_slug)
    known = known_of(found.wave, [found], request.GET, today=localdate())
    about = _overview(request, known, found)
    is_alone = about.is_alone and not found.wave.pardons.exclude(pk=found.pk).exists()
    return render(request, "public/pardon.html", {"about": about, "pardon": found, "is_alone": is_alone})


@reading
def wave_as_json(request: HttpRequest, slug: str) -> HttpResponse:
    """One wave with all its figures and its people, for programs."""
    found = get_object_or_404(Wave.objects.prefetch_related("events"), slug=slug)
    known = known_of(found, list(found.pardons.select_related("wave")), request.GET, today=localdate())
    return JsonResponse(wave_json(request, known, _page(request, known), now()))


@reading
def pardon_as_json(request: HttpRequest, slug: str, pardon_slug: str) -> HttpResponse:
    """One act with all its figures and its people, for programs."""
    found = _pardon_or_404(slug, pardon_slug)
    known = known_of(found.wave, [found], request.GET, today=localdate())
    return JsonResponse(pardon_json(request, known, _page(request, known), now()))


def _pardon_or_404(slug: str, pardon_slug: str) -> Pardon:
    return get_object_or_404(Pardon.objects.select_related("wave"), wave__slug=slug, slug=pardon_slug)


def _page(request: HttpRequest, known: Known) -> Any:
    people: Sequence[Identified] = known.asked.rows
    return strict_page(Paginator(people, PEOPLE_ON_A_PAGE), request.GET, besides=wave_people.NAMES)


def _overview(request: HttpRequest, known: Known, act: Pardon | None = None) -> Overview:
    moment, page = now(), _page(request, known)
    released = released_of_act(act, known.today, moment) if act else released_of_wave(known.wave, known.today, moment)
    return overview(known, page, released, moment)
