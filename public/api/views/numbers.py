"""Counts, by the same code as `/counts.json`; and what there is."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from counts.asking import CountFilters

from ...views.counts import count_document
from .. import parameters
from ..asking import nothing_asked
from ..resource import Resource
from ..shapes import counts, pages

RESOURCES = (
    *("prisoners", "arrests", "releases", "pardons", "waves"),
    *("facilities", "events", "organisations", "counts"),
)


class Counts(Resource):
    """How many."""

    @extend_schema(
        operation_id="counts",
        summary="Numbers",
        parameters=parameters.of(CountFilters),
        responses=parameters.answers(counts.Count),
    )
    def get(self, request: Request, **kwargs: Any) -> Any:
        """How many, on which day, by which definition: the same as `/counts.json`."""
        return super().get(request, **kwargs)

    def read(self, request: Request, **kwargs: Any) -> dict[str, Any]:
        return count_document(request)


class Root(Resource):
    """What there is."""

    @extend_schema(operation_id="root", summary="What there is", responses=parameters.answers(pages.Root))
    def get(self, request: Request, **kwargs: Any) -> Any:
        """The addresses of the resources, of this description, and of the same to read."""
        return super().get(request, **kwargs)

    def read(self, request: Request, **kwargs: Any) -> dict[str, str]:
        nothing_asked(request.GET)
        names = {**{name: f"api-{name}" for name in RESOURCES}, "description": "api-schema", "documentation": "api"}
        return {name: request.build_absolute_uri(reverse(view)) for name, view in names.items()}
