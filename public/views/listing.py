"""The list of people."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from counts.listing import BEST, SORTS, Facet, ListedCase, Listing
from prisoners.models import Arrest
from prisoners.models.person import age_between

from .. import wording
from ..coarse import CoarseArrest, articles_of, coarse_dates, coarse_person, recognitions_of
from ..faces import Face, face_of
from ..paging import refuse_page_past
from ..reading import reading
from ..standing import Standing, standing_of

OPEN_FACETS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the list, as of its day."""

    face: Face
    age: str
    standing: Standing | None
    place: str
    article: str
    organisations: list[str]
    is_certain: bool
    earlier_arrest: Arrest | CoarseArrest | None


class Listed(Protocol):
    """What is read here of a list: its day, and the people of its page."""

    @property
    def on(self) -> datetime.date: ...
    @property
    def rows(self) -> list[ListedCase]: ...


@reading
def prisoners(request: HttpRequest) -> HttpResponse:
    """Search, facets and rows."""
    listing = Listing(request.GET, today=localdate())
    listing.count()
    refuse_page_past(listing.last_page, listing.page)
    context = {
        "listing": listing,
        "rows": rows_of(listing),
        "facets": _facets(listing),
        "sorts": _sorts(listing),
        "kept": _kept(listing),
        "previous": listing.page_query(listing.page - 1),
        "next": listing.page_query(listing.page + 1),
        "instead": [] if listing.rows else _instead(listing),
        "download_query": f"?{query}" if (query := listing.query()) else "",
    }
    return render(request, "public/prisoners.html", context)


def rows_of(listing: Listed) -> list[Row]:
    """What each row prints; two queries more than the listing's own, whatever their number.

    A row says how the person stands, whichever arrest matched: somebody who came out and was arrested again is held.
    """
    cases: Sequence[ListedCase] = listing.rows
    arrests = Arrest.objects.select_related("release__mechanism").prefetch_related("judgments")
    prefetch_related_objects([case.prisoner for case in cases], Prefetch("arrests", arrests))
    faces = [face_of(case.prisoner) for case in cases]
    return [
        _row(case, face, listing) if face.is_named else _coarse_row(case, face, listing)
        for case, face in zip(cases, faces, strict=True)
    ]


def _row(case: ListedCase, face: Face, listing: Listed) -> Row:
    person, arrest = case.prisoner, case.arrest
    charges = list(arrest.charges.all())
    recognised = [recognition for recognition in arrest.recognitions.all() if recognition.withdrawn_on is None]
    standing = standing_of(person, list(person.arrests.all()), listing.on)
    return Row(
        face=face,
        age=wording.age_words(age_between(person.born, listing.on)) if person.died is None else "",
        standing=standing,
        place=arrest.place or (wording.region(arrest.region) if arrest.region else wording.country(arrest.country)),
        article=charges[0].statute.citation if charges else "",
        organisations=list(dict.fromkeys(str(recognition.organisation) for recognition in recognised)),
        is_certain=case.is_certain,
        earlier_arrest=arrest if standing and standing.arrest != arrest else None,
    )


def _coarse_row(case: ListedCase, face: Face, listing: Listed) -> Row:
    """Of somebody shown by their initials."""
    person, matched = coarse_person(case.prisoner), coarse_dates(case.prisoner, case.arrest)
    articles = articles_of(case.arrest)
    dated = [coarse_dates(case.prisoner, arrest) for arrest in case.prisoner.arrests.all()]
    standing = standing_of(person, dated, listing.on)
    recognised = [str(one.organisation) for one in recognitions_of(case.arrest) if one.withdrawn_on is None]
    return Row(
        face=face,
        age=wording.age_words(age_between(person.born, listing.on)) if person.died is None else "",
        standing=standing,
        place=wording.region(matched.region) if matched.region else wording.country(matched.country),
        article=articles[0].citation if articles else "",
        organisations=list(dict.fromkeys(recognised)),
        is_certain=case.is_certain,
        earlier_arrest=matched if standing and standing.arrest.pk != matched.pk else None,
    )


def _facets(listing: Listing) -> list[tuple[Facet, bool]]:
    """Facets that have something to choose, and whether each is open: the first ones, and those with a choice."""
    facets = [facet for facet in listing.facets if facet.options]
    return [
        (facet, place < OPEN_FACETS or any(option.is_chosen for option in facet.options)) for place, facet in enumerate(facets)
    ]


def _sorts(listing: Listing) -> list[tuple[str, str, bool]]:
    """Label, query and whether it is the present one, of each order."""
    best = [(_("best matches first"), listing.query(sort=None), listing.sort == BEST)] if listing.search else []
    return [*best, *((str(label), listing.query(sort=[name]), name == listing.sort) for name, (label, _columns) in SORTS.items())]


def _instead(listing: Listing) -> list[tuple[str, str]]:
    """Names like the one that found nobody, each with its search among everybody."""
    found = listing.search.instead() if listing.search else []
    return [(name, urlencode({"q": name})) for name in found]


def _kept(listing: Listing) -> list[tuple[str, str]]:
    """What a new search keeps of this query, as hidden fields."""
    given = listing.filters.given
    return [(name, value) for name, values in given.items() if name not in ("q", "on", "page") for value in values]
