"""Finding a page of people or arrests by the ledger, in an order with an index and without numbers of records.

The order is by the first possible day, then by code, which is chance, then by arrest: so neither a place nor a cursor tells
in which order people were entered, and nobody shown in years stands where their day would be.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import DateField, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast

from counts import bounds, tally
from counts.models import LedgerRow
from counts.tally import ARRESTS, Matched
from prisoners.models import Arrest, Charge, Prisoner, Recognition, Stay, Treatment

from .asking import CaseListing
from .cursors import CaseCursor


@dataclass(frozen=True, slots=True)
class Found:
    """One row: whose arrest, and whether the filters certainly match."""

    prisoner_id: int
    arrest_id: int
    is_certain: bool


@dataclass(frozen=True, slots=True)
class FoundPage:
    """The rows of a page, and where the next one begins; None after the last."""

    rows: list[Found]
    following: CaseCursor | None


def arrests_matched(listing: CaseListing) -> Matched:
    """Every arrest that matches, in place of the latest of each person."""
    return replace(listing.matched, unit=ARRESTS)


def releases_matched(listing: CaseListing) -> Matched:
    """Every custody that matches and had ended by the day, deaths excluded, also of people arrested again since."""
    matched = arrests_matched(listing)
    return replace(matched, bounds=matched.bounds & bounds.released_within(None, listing.on))


def rows_of(matched: Matched) -> QuerySet[LedgerRow]:
    """The ledger's rows of what possibly matches, with `is_certain`."""
    is_certain = tally.flag(matched.bounds.certain_of_possible)
    return matched.rows.filter(matched.bounds.possible).annotate(is_certain=is_certain)


def page_of(listing: CaseListing, rows: QuerySet[LedgerRow]) -> FoundPage:
    """The page asked for; one row more than it holds is read, to know whether another follows."""
    code = Subquery(Prisoner.objects.filter(pk=OuterRef("prisoner_id")).values("code"))
    placed: QuerySet[Any] = rows.annotate(day=Cast("possible_from", TextField()), code=code)
    placed = placed.filter(_behind(listing.after)) if listing.after else placed
    day = "possible_from" if listing.sort == "arrested" else "-possible_from"
    columns = ("prisoner_id", "arrest_id", "is_certain", "day", "code", "ordinal")
    read = list(placed.order_by(day, "code", "ordinal").values_list(*columns)[: listing.limit + 1])
    kept = read[: listing.limit]
    following = CaseCursor(listing.sort, *kept[-1][3:]) if len(read) > len(kept) else None
    return FoundPage([Found(prisoner_id, arrest_id, bool(sure)) for prisoner_id, arrest_id, sure, *_place in kept], following)


def _behind(cursor: CaseCursor) -> Q:
    """Rows behind the cursor. The first condition says nothing new; it is the one that the index answers."""
    day = Cast(Value(cursor.day), DateField())
    same_day = Q(possible_from=day) & (Q(code__gt=cursor.code) | Q(code=cursor.code, ordinal__gt=cursor.ordinal))
    if cursor.sort == "arrested":
        return Q(possible_from__gte=day) & (Q(possible_from__gt=day) | same_day)
    return Q(possible_from__lte=day) & (Q(possible_from__lt=day) | same_day)


def people_by_id(ids: Iterable[int]) -> dict[int, Prisoner]:
    """Published people with what their entries say, and all their arrests, which say how they stand."""
    people = Prisoner.objects.published().filter(pk__in=list(ids)).prefetch_related("names", "occupations")
    return {person.pk: person for person in people.prefetch_related(Prefetch("arrests", _arrests()))}


def arrests_by_id(ids: Iterable[int]) -> dict[int, Arrest]:
    """Arrests of published people, with the person and what an entry says of them."""
    arrests = _arrests().filter(pk__in=list(ids), prisoner__in=Prisoner.objects.published())
    return {arrest.pk: arrest for arrest in arrests.select_related("prisoner")}


def _arrests() -> QuerySet[Arrest]:
    one = ("agency", "context", "case", "release__mechanism", "release__pardon__wave")
    return Arrest.objects.select_related(*one).prefetch_related(
        "judgments",
        "release__conditions",
        Prefetch("stays", Stay.objects.select_related("facility")),
        Prefetch("charges", Charge.objects.select_related("statute")),
        Prefetch("treatments", Treatment.objects.select_related("kind")),
        Prefetch("recognitions", Recognition.objects.select_related("organisation")),
    )
