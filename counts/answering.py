"""Answering a count as a query asks it: the same for pages, files, programs and the prompt."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, F, Func
from django.http import QueryDict

from prisoners.models import Prisoner

from . import bounds, counted, tally
from .answers import Answer
from .asking import CountFilters
from .clock import Clock, sealed
from .dimensions import DIMENSIONS, Dimension
from .models import LedgerRow
from .tally import NOBODY, PEOPLE, Cells, Figures, Matched, Whom

# Dimensions whose values are records of which readers may hear only beside somebody who has a page, with their columns.
NAMED_RECORDS = {"article": "articles", "context": "context_id", "case": "case_id"}


def answer(data: QueryDict, *, today: date, now: datetime) -> Answer:
    """Count what the query asks. Raises InvalidQuery when it can't be followed.

    `today` is the day counted where the query names none; `now` is the moment of knowledge of an empty ledger.
    """
    filters = CountFilters(data, today=today)
    by = DIMENSIONS.get(filters.one("by", ""))
    # The revision is read first: where the database is not read as of one moment, what is counted has at least what is cited.
    clock = filters.clock(now)
    listed, days = _matched(filters, clock), {"on": filters.day, "first": filters.first, "last": filters.day}
    listed_total = tally.total(listed)
    only_counted = _only_counted(filters, clock, by, days, listed_total)
    found = tally.cells(listed, by, days) if by else {}
    beside = _cells_beside(filters, clock, by, days, found) if by else {}
    return Answer(
        measure=filters.asked,
        unit=listed.unit,
        on=filters.day,
        first=filters.first,
        recognised=filters.recognition,
        recogniser_name=filters.recogniser_name(),
        filters={name: filters.given[name] for name in filters.narrowing},
        total=listed_total + only_counted,
        only_counted=only_counted,
        by=by,
        groups=tally.labelled(by, found, beside) if by else [],
        not_broken_down=_not_broken_down(only_counted, by, beside),
        clock=clock,
        not_published=only_counted + _receded_since(listed, clock),
        has_fiction=Prisoner.objects.in_numbers().filter(is_fictional=True).exists(),
        exact=filters.exact,
        sealed=_sealed(filters, clock),
    )


def _sealed(filters: CountFilters, at: Clock) -> str:
    """None of words: a search is asked of the names that people have now."""
    if "q" in filters.given:
        return ""
    return sealed(at, [(name, value) for name, values in filters.exact.items() for value in values])


def _receded_since(listed: Matched, at: Clock) -> Figures:
    """How many of the people of lists are in none now; a sealed question counts them as it did."""
    if at.told == at.newest:
        return NOBODY
    return tally.total(replace(listed, whom=Whom.RECEDED))


def _matched(filters: CountFilters, clock: Clock, *, without: str = "") -> Matched:
    """What is counted; `without` one filter."""
    measure, on, first = filters.asked, filters.day, filters.first
    return Matched(
        filters.narrowed(without=without) & measure.narrow(first, on),
        unit=filters.one("unit", PEOPLE),
        unconfirmed=bounds.unconfirmed(on).certain if measure.name == "held" else None,
        flow=measure.flow,
        clock=clock,
    )


def _only_counted(filters: CountFilters, clock: Clock, by: Dimension | None, days: counted.Days, listed: Figures) -> Figures:
    """Those in the total who are only counted: all where nothing narrows it, fives where one value does, else nobody."""
    if filters.is_of_one_organisation:
        return NOBODY
    match filters.narrowing:
        case []:
            return counted.total(_matched(filters, clock), listed)
        case [name] if by is None and name in DIMENSIONS:
            dimension = DIMENSIONS[name]
            values = list(filters.keys_of(name)) if dimension.counts_fives else []
            return counted.of_values(_matched(filters, clock, without=name), dimension, days, values)
    return NOBODY


def _cells_beside(filters: CountFilters, clock: Clock, by: Dimension, days: counted.Days, found: Cells) -> Cells:
    """Those who are only counted, under the values of a breakdown; of records, those alone that a reader may name."""
    if filters.narrowing or filters.is_of_one_organisation:
        return {}
    cells = counted.cells(_matched(filters, clock), by, days)
    if by.name not in NAMED_RECORDS or cells.keys() <= found.keys():
        return cells
    told = {None, *_told_of(NAMED_RECORDS[by.name], [int(key) for key in cells if key is not None], clock)}
    return {key: figures for key, figures in cells.items() if key in told}


def _told_of(column: str, keys: list[int], clock: Clock) -> Iterable[str]:
    """The records among these to which some arrest leads of somebody who has, or had, a page."""
    listed = LedgerRow.objects.known(clock.telling).listed()
    is_array = column == "articles"
    found = listed.filter(**{f"{column}__overlap" if is_array else f"{column}__in": keys}).order_by()
    value: Any = Func(F(column), function="unnest", output_field=BigIntegerField()) if is_array else F(column)
    return map(str, found.annotate(value=value).values_list("value", flat=True).distinct())


def _not_broken_down(only_counted: Figures, by: Dimension | None, cells: Cells) -> Figures | None:
    """Those who are only counted and under no group. Where groups overlap it would tell how many are under two."""
    if by is None or (by.is_overlapping and by.counts_fives):
        return None
    if by.is_told_by_totals:
        return NOBODY
    return replace(only_counted - sum(cells.values(), start=NOBODY), not_confirmed=0)
