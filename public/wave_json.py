"""A wave, or one act, with its figures and its people, for programs: the API's document, and the people page by page."""

from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest

from counts.clemency import Identified
from prisoners.sentences import Remaining

from .api.clemency import ToldWholePardon, whole_wave
from .api.shapes import clemency as shapes
from .arrest_json import pardon_path
from .demonstration import notice
from .documents import date_json
from .wave import Known
from .wave_people import Person, people_of


def wave_json(request: HttpRequest, known: Known, page: "Page[Identified]", now: datetime) -> dict[str, Any]:
    """The document of `/api/v1/waves/<slug>/`, and a page of the people asked for."""
    told = dict(shapes.WholeWave(whole_wave(request, known, now)).data)
    return {**told, **_people(request, known, page)}


def pardon_json(request: HttpRequest, known: Known, page: "Page[Identified]", now: datetime) -> dict[str, Any]:
    """The document of `/api/v1/pardons/<slug>/`, and a page of the people asked for."""
    told = dict(shapes.WholePardon(ToldWholePardon(request, known, now)).data)
    return {**told, **_people(request, known, page)}


def _people(request: HttpRequest, known: Known, page: Any) -> dict[str, Any]:
    following = None
    if page.has_next():
        query = request.GET.copy()
        query["page"] = str(page.next_page_number())
        following = request.build_absolute_uri(f"?{query.urlencode()}")
    return {
        "on": known.today,
        "demonstration": bool(notice()),
        "filters": dict(known.asked.given),
        "people_total": known.asked.people,
        "arrests_total": len(known.asked.rows),
        "next": following,
        "people": [_person(person, request) for person in people_of(page, known.acts)],
    }


def _person(person: Person, request: HttpRequest) -> dict[str, Any]:
    known = person.known
    return {
        "code": person.face.code,
        "url": request.build_absolute_uri(person.face.url),
        "name": person.face.name.text if person.face.name else person.face.code,
        "pardons": [pardon_path(act) for act in person.acts],
        "began": date_json(person.arrest.began),
        "ended": date_json(person.arrest.ended),
        "outcome": known.outcome.value,
        "mechanism": known.mechanism or None,
        "liberty_after": known.liberty_after or None,
        "conditions": list(known.conditions),
        "verification": known.verification or None,
        "remaining_days": _remaining(known.remaining),
        "arrested_again": date_json(person.again.began) if person.again else None,
        "is_arrested_again": person.again is not None,
    }


def _remaining(remaining: Remaining | None) -> dict[str, int] | None:
    return {"at_least": remaining.at_least, "at_most": remaining.at_most} if remaining else None
