"""What changed between two moments of knowledge: the balance, as a page and for programs."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from counts.changes.balance import Changes, Moved, changes
from counts.changes.filters import ChangeFilters
from counts.listing import people_for_rows
from counts.problems import InvalidQuery
from counts.tally import ARRESTS, PEOPLE, Figures
from prisoners.models import Arrest

from ..changes_form import changes_form
from ..faces import Face, face_of
from ..reading import reading

# What each reason is called, by the part of the balance that it explains.
REASONS = {
    ("added", "new"): _("not on record before, not published, or less told of"),
    ("added", "redated"): _("known since to have been there that day: dates corrected"),
    ("added", "facts"): _("known since to belong in this number: recognition or other facts corrected"),
    ("removed", "gone"): _("no longer published: withdrawn, merged or deleted"),
    ("removed", "redated"): _("known since not to have been there that day: dates corrected"),
    ("removed", "facts"): _("known since not to belong in this number: recognition or other facts corrected"),
    ("entries", "arrested"): _("arrested after the first day"),
    ("entries", "facts"): _("there on the first day, and in this number since: recognised, for instance"),
    ("exits", "released"): _("out of custody by the last day"),
    ("exits", "died"): _("died in custody by the last day"),
    ("exits", "facts"): _("still there, and in this number no more: recognition withdrawn, for instance"),
}
PARTS = {
    "added": ("+", _("corrected upwards, on the first day")),
    "removed": ("−", _("corrected downwards, on the first day")),
    "entries": ("+", _("came in between the two days")),
    "exits": ("−", _("came out between the two days")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the balance, with some of its people: those who have a page."""

    sign: str
    part: Any
    reason: Any
    figures: Figures
    faces: list[Face]

    @property
    def others(self) -> int:
        """How many aren't named on the page."""
        return self.figures.at_most - len(self.faces)


@reading
def counts_changes(request: HttpRequest) -> HttpResponse:
    """The balance; a wrong query keeps its form and says what is valid."""
    context: dict[str, Any] = {"form": changes_form(request.GET)}
    try:
        found = _asked(request)
    except InvalidQuery as error:
        return render(request, "public/changes.html", {**context, "problems": error.problems}, status=400)
    return render(request, "public/changes.html", {**context, "changes": found, "lines": _lines(found)})


@reading
def counts_changes_json(request: HttpRequest) -> HttpResponse:
    """The balance for programs."""
    try:
        found = _asked(request)
    except InvalidQuery as error:
        return JsonResponse(error.as_dict(), status=400)
    return JsonResponse(found.as_dict())


def _asked(request: HttpRequest) -> Changes:
    return changes(ChangeFilters(request.GET, today=localdate()), now=now())


def _lines(found: Changes) -> list[Line]:
    faces = _faces(found)
    return [
        Line(sign, part, REASONS[name, one.reason], one.figures, _of(one, faces))
        for name, (sign, part) in PARTS.items()
        for one in getattr(found, name)
    ]


def _of(one: Moved, faces: dict[int, Face]) -> list[Face]:
    return list(dict.fromkeys(faces[key] for key in one.people if key in faces))


def _faces(found: Changes) -> dict[int, Face]:
    """The faces of everybody to be named who has a page, in two queries, by the keys of the balance."""
    keys = {key for name in PARTS for one in getattr(found, name) for key in one.people}
    if found.filters.one("unit", PEOPLE) == ARRESTS:
        owners = dict(Arrest.objects.filter(pk__in=keys).values_list("pk", "prisoner_id"))
    else:
        owners = {key: key for key in keys}
    people = _published(owners.values())
    return {key: people[owner] for key, owner in owners.items() if owner in people}


def _published(ids: Iterable[int]) -> dict[int, Face]:
    return {pk: face_of(person) for pk, person in people_for_rows(ids).items()}
