"""People, their arrests, and how those ended: what the lists' query finds."""

from typing import Any

from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from counts import tally
from counts.tally import Figures
from prisoners.models import Prisoner

from ...views.people import document_or_404
from .. import entries, parameters
from ..asking import CaseFilters, CaseListing, nothing_asked
from ..people import (
    Found,
    FoundPage,
    arrests_by_id,
    arrests_matched,
    page_of,
    people_by_id,
    releases_matched,
    rows_of,
)
from ..resource import Resource
from ..shapes import pages

QUERY = parameters.of(CaseFilters)


class People(Resource):
    """What the lists' query finds, by page."""

    def read(self, request: Request, **kwargs: Any) -> dict[str, Any]:
        listing = CaseListing(request.GET, today=localdate())
        found = self.find(listing)
        return {
            "on": listing.on,
            "demonstration": Prisoner.objects.published().filter(is_fictional=True).exists(),
            # The same question on every page of a list, and the dearest part of the answer.
            "total": None if listing.after else _bounds(self.total(listing)),
            "next": _next(request, listing, found),
            "results": self.entries(request, listing, found.rows),
        }

    def find(self, listing: CaseListing) -> FoundPage:
        raise NotImplementedError

    def total(self, listing: CaseListing) -> Figures:
        raise NotImplementedError

    def entries(self, request: Request, listing: CaseListing, rows: list[Found]) -> list[dict[str, Any]]:
        raise NotImplementedError


class Prisoners(People):
    """Each person once, with the latest arrest that matches."""

    @extend_schema(operation_id="prisoners", summary="People", parameters=QUERY, responses=parameters.answers(pages.Prisoners))
    def get(self, request: Request, **kwargs: Any) -> Any:
        """People who have a page, by the query of the list: each once, with the latest arrest that matches."""
        return super().get(request, **kwargs)

    def find(self, listing: CaseListing) -> FoundPage:
        return page_of(listing, listing.ledger_rows())

    def total(self, listing: CaseListing) -> Figures:
        return listing.total

    def entries(self, request: Request, listing: CaseListing, rows: list[Found]) -> list[dict[str, Any]]:
        people = people_by_id(row.prisoner_id for row in rows)
        told = []
        for row in rows:
            if person := people.get(row.prisoner_id):
                arrest = next(arrest for arrest in person.arrests.all() if arrest.pk == row.arrest_id)
                told.append(entries.prisoner_entry(request, person, arrest, on=listing.on, is_certain=row.is_certain))
        return told


class Arrests(People):
    """Each arrest that matches."""

    @extend_schema(operation_id="arrests", summary="Arrests", parameters=QUERY, responses=parameters.answers(pages.Arrests))
    def get(self, request: Request, **kwargs: Any) -> Any:
        """Arrests of people who have a page, by the query of the list: each arrest that matches."""
        return super().get(request, **kwargs)

    def find(self, listing: CaseListing) -> FoundPage:
        return page_of(listing, rows_of(arrests_matched(listing)))

    def total(self, listing: CaseListing) -> Figures:
        return tally.total(arrests_matched(listing))

    def entries(self, request: Request, listing: CaseListing, rows: list[Found]) -> list[dict[str, Any]]:
        arrests = arrests_by_id(row.arrest_id for row in rows)
        return [
            entries.arrest_entry(request, arrests[row.arrest_id], is_certain=row.is_certain)
            for row in rows
            if row.arrest_id in arrests
        ]


class Releases(People):
    """Each custody that matches and ended otherwise than by death."""

    @extend_schema(operation_id="releases", summary="Releases", parameters=QUERY, responses=parameters.answers(pages.Releases))
    def get(self, request: Request, **kwargs: Any) -> Any:
        """Custodies that ended by the day (`on`), deaths excluded, by the query of the list, newest arrests first.

        People who were arrested again since are among them; `status=released` leaves them out.
        """
        return super().get(request, **kwargs)

    def find(self, listing: CaseListing) -> FoundPage:
        return page_of(listing, rows_of(releases_matched(listing)))

    def total(self, listing: CaseListing) -> Figures:
        return tally.total(releases_matched(listing))

    def entries(self, request: Request, listing: CaseListing, rows: list[Found]) -> list[dict[str, Any]]:
        arrests = arrests_by_id(row.arrest_id for row in rows)
        return [
            entries.release_entry(request, arrests[row.arrest_id], is_certain=row.is_certain)
            for row in rows
            if row.arrest_id in arrests
        ]


class Case(Resource):
    """The whole document of a person."""

    @extend_schema(
        operation_id="prisoner", summary="One person", parameters=[parameters.CODE], responses=parameters.answers(pages.CASE, 404)
    )
    def get(self, request: Request, **kwargs: Any) -> Any:
        """Everything that is told of a person, the same as beside the case page."""
        return super().get(request, **kwargs)

    def read(self, request: Request, **kwargs: Any) -> dict[str, Any]:
        nothing_asked(request.GET)
        return document_or_404(request, kwargs["code"])


def _bounds(figures: Figures) -> dict[str, int]:
    return {"at_least": figures.at_least, "at_most": figures.at_most}


def _next(request: Request, listing: CaseListing, found: FoundPage) -> str | None:
    """The next page, of the same day: a list read over midnight goes on as it began."""
    if found.following is None:
        return None
    return str(request.build_absolute_uri(f"?{listing.query(on=[listing.on.isoformat()], cursor=[str(found.following)])}"))
