"""Records that are public by themselves, and places and organisations that are told of somebody, in the order of slugs."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from counts import nameable
from prisoners.models import Prisoner
from releases.models import Event, Pardon, Wave

from .. import clemency, parameters
from ..asking import SlugPage, nothing_asked
from ..cursors import SlugCursor
from ..resource import Resource
from ..shapes import clemency as shapes
from ..shapes import pages, places

PAGE = parameters.PAGE


class Records(Resource):
    """Records of one kind, by page."""

    shape: type

    def records(self) -> QuerySet[Any]:
        raise NotImplementedError

    def told(self, request: Request, records: Sequence[Any]) -> Sequence[Any]:
        """The records as their shape reads them."""
        return records

    def read(self, request: Request, **kwargs: Any) -> dict[str, Any]:
        asked = SlugPage(request.GET)
        behind = self.records().order_by("slug")
        if asked.after:
            behind = behind.filter(slug__gt=asked.after.slug)
        read = list(behind[: asked.limit + 1])
        kept = read[: asked.limit]
        page = {
            "demonstration": Prisoner.objects.published().filter(is_fictional=True).exists(),
            "next": _next(request, kept[-1]) if len(read) > len(kept) else None,
            "results": self.told(request, kept),
        }
        return dict(self.shape(page).data)


class Record(Resource):
    """One record, by its slug."""

    shape: type

    def one(self, request: Request, slug: str) -> Any:
        """The record as its shape reads it. Raises Http404."""
        raise NotImplementedError

    def read(self, request: Request, **kwargs: Any) -> dict[str, Any]:
        nothing_asked(request.GET)
        return dict(self.shape(self.one(request, kwargs["slug"])).data)


def described(name: str, summary: str, text: str, shape: type, *, one: bool = False) -> Callable[[type], type]:
    """The class with what the description says of its one operation."""
    given = [parameters.slug(name)] if one else PAGE
    answers = parameters.answers(shape, 404) if one else parameters.answers(shape)
    operation = extend_schema(operation_id=name, summary=summary, description=text, parameters=given, responses=answers)

    def decorated(view: type) -> type:
        def get(self: Resource, request: Request, **kwargs: Any) -> Any:
            return Resource.get(self, request, **kwargs)

        view.shape, view.get = shape, operation(get)  # type: ignore[attr-defined]
        return view

    return decorated


@described("pardons", "Acts of clemency", "Acts of clemency as they were announced, with what is known of them.", pages.Pardons)
class Pardons(Records):
    def records(self) -> QuerySet[Pardon]:
        return Pardon.objects.select_related("wave")

    def told(self, request: Request, records: Sequence[Pardon]) -> Sequence[Any]:
        return clemency.told_pardons(request, records, today=localdate())


@described("pardon", "One act of clemency", "One act, with all its figures.", shapes.WholePardon, one=True)
class OnePardon(Record):
    def one(self, request: Request, slug: str) -> Any:
        found = get_object_or_404(Pardon.objects.select_related("wave"), slug=slug)
        return clemency.told_whole_pardon(request, found, today=localdate(), now=now())


@described("waves", "Waves", "Named runs of acts of clemency, with their acts.", pages.Waves)
class Waves(Records):
    def records(self) -> QuerySet[Wave]:
        return Wave.objects.prefetch_related("events")

    def told(self, request: Request, records: Sequence[Wave]) -> Sequence[Any]:
        return clemency.told_waves(request, records, today=localdate())


@described("wave", "One wave", "A wave with the figures of all its acts together.", shapes.WholeWave, one=True)
class OneWave(Record):
    def one(self, request: Request, slug: str) -> Any:
        found = get_object_or_404(Wave.objects.prefetch_related("events"), slug=slug)
        return clemency.told_whole_wave(request, found, today=localdate(), now=now())


@described("events", "Events", "Elections, statements, sanctions and the like, with their sources.", pages.Events)
class Events(Records):
    def records(self) -> QuerySet[Event]:
        return Event.objects.prefetch_related("waves")

    def told(self, request: Request, records: Sequence[Event]) -> Sequence[Any]:
        return clemency.told_events(records)


@described("event", "One event", "One event, with its sources.", shapes.Event, one=True)
class OneEvent(Record):
    def one(self, request: Request, slug: str) -> Any:
        return clemency.told_events([get_object_or_404(Event.objects.prefetch_related("waves"), slug=slug)])[0]


@described("facilities", "Places of custody", "Places where somebody who is shown by name is or was held.", pages.Facilities)
class Facilities(Records):
    def records(self) -> QuerySet[Any]:
        return nameable.facilities()


@described("facility", "One place of custody", "One place, and where letters go.", places.Facility, one=True)
class OneFacility(Record):
    def one(self, request: Request, slug: str) -> Any:
        return get_object_or_404(nameable.facilities(), slug=slug)


@described("organisations", "Organisations", "Who recognises somebody that has a page.", pages.Organisations)
class Organisations(Records):
    def records(self) -> QuerySet[Any]:
        return nameable.organisations()


@described("organisation", "One organisation", "One organisation.", places.Organisation, one=True)
class OneOrganisation(Record):
    def one(self, request: Request, slug: str) -> Any:
        return get_object_or_404(nameable.organisations(), slug=slug)


def _next(request: Request, last: Model) -> str:
    query = request.GET.copy()
    query["cursor"] = str(SlugCursor(last.slug))  # type: ignore[attr-defined]
    return str(request.build_absolute_uri(f"?{query.urlencode()}"))
