"""Arrests and releases by month beside events, as a page and for programs."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now

from counts.tally import Figures
from prisoners.dates import UncertainDate
from releases.models import Event, EventKind, Pardon, Stance

from ..arrest_json import pardon_path
from ..charts import picture
from ..chronicle import MEASURES, MONTHS_AT_MOST, Chronicle, Month, actors, asked
from ..demonstration import notice
from ..documents import date_json
from ..figures import cited
from ..reading import reading


@reading
def timeline(request: HttpRequest) -> HttpResponse:
    """The chart, and the months with their events."""
    today = localdate()
    found = Chronicle(asked(request.GET, today), today=today, now=now())
    context = {
        "found": found,
        "picture": picture(found.flows.answer, request.get_host()),
        "kinds": EventKind.choices,
        "stances": Stance.choices,
        "actors": actors(),
        "most": MONTHS_AT_MOST,
        "document": f"{reverse('timeline-json')}?{found.asked.query}",
    }
    return render(request, "public/timeline.html", context)


@reading
def timeline_json(request: HttpRequest) -> HttpResponse:
    """The same for programs."""
    today = localdate()
    found = Chronicle(asked(request.GET, today), today=today, now=now())
    answer = found.flows.answer
    document = {
        "from": found.asked.first,
        "to": found.asked.last,
        "filters": found.asked.chosen,
        "known": answer.known_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "revision": answer.revision,
        "recognised": answer.recognised,
        "unit": answer.unit,
        "demonstration": bool(notice()),
        "months": [_month(month) for month in found.months],
        "events": [_event(event) for event in found.events],
        "pardons": [_act(request, act) for act in found.acts],
        "is_cut": found.is_cut,
        "cite": cited(answer, request.build_absolute_uri(reverse("counts"))),
    }
    return JsonResponse(document)


def _month(month: Month) -> dict[str, Any]:
    figures = {name: _bounds(cell.figures) for name, cell in zip(MEASURES, month.cells, strict=True)}
    return {
        "month": month.name,
        **figures,
        "events": [entry.event.slug for entry in month.entries if entry.event],
        "pardons": [pardon_path(entry.act) for entry in month.entries if entry.act],
    }


def _bounds(figures: Figures) -> dict[str, int]:
    return {"at_least": figures.at_least, "at_most": figures.at_most}


def _event(event: Event) -> dict[str, Any]:
    happened_on: UncertainDate | None = event.happened_on
    return {
        "slug": event.slug,
        "title": event.title,
        "happened_on": date_json(happened_on),
        "kind": event.kind,
        "actor": event.actor,
        "stance": event.stance,
        "summary": event.summary,
        "waves": sorted(wave.slug for wave in event.waves.all()),
    }


def _act(request: HttpRequest, act: Pardon) -> dict[str, Any]:
    return {
        "path": pardon_path(act),
        "url": request.build_absolute_uri(reverse("pardon", args=[act.wave.slug, act.slug])),
        "title": act.title,
        "announced_on": date_json(act.announced_on),
        "announced_number": act.announced_number,
        "is_announced_minimum": act.is_announced_minimum,
    }
