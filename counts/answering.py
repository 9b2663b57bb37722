"""Answering a count as a query asks it: the same for pages, files, programs and the prompt."""

from dataclasses import replace
from datetime import date, datetime

from django.http import QueryDict

from prisoners.models import Prisoner

from . import bounds, counted, nameable, tally
from .answers import Answer
from .asking import CountFilters
from .dimensions import DIMENSIONS, Dimension
from .ledger import newest_revision
from .tally import NOBODY, PEOPLE, Cells, Figures, Matched

# Dimensions whose values are records, with the readers' way of naming those.
NAMED_RECORDS = {"article": nameable.statutes, "context": nameable.contexts, "case": nameable.cases}


def answer(data: QueryDict, *, today: date, now: datetime) -> Answer:
    """Count what the query asks. Raises InvalidQuery when it can't be followed.

    `today` is the day counted where the query names none; `now` is the moment of knowledge of an empty ledger.
    """
    filters = CountFilters(data, today=today)
    by = DIMENSIONS.get(filters.one("by", ""))
    # The revision is read first: what is counted after it has at least what the answer cites.
    revision, known_at = newest_revision()
    listed, days = _matched(filters), {"on": filters.day, "first": filters.first, "last": filters.day}
    only_counted = _only_counted(filters, by, days)
    found = tally.cells(listed, by, days) if by else {}
    beside = _cells_beside(filters, by, days, found) if by else {}
    return Answer(
        measure=filters.asked,
        unit=listed.unit,
        on=filters.day,
        first=filters.first,
        recognised=filters.recognition,
        recogniser_name=filters.recogniser_name(),
        filters={name: filters.given[name] for name in filters.narrowing},
        total=tally.total(listed) + only_counted,
        only_counted=only_counted,
        by=by,
        groups=tally.labelled(by, found, beside) if by else [],
        not_broken_down=_not_broken_down(only_counted, by, beside),
        revision=revision,
        known_at=known_at or now,
        has_fiction=Prisoner.objects.in_numbers().filter(is_fictional=True).exists(),
        query=data,
    )


def _matched(filters: CountFilters, *, without: str = "") -> Matched:
    """What is counted; `without` one filter."""
    measure, on, first = filters.asked, filters.day, filters.first
    return Matched(
        filters.narrowed(without=without) & measure.narrow(first, on),
        unit=filters.one("unit", PEOPLE),
        unconfirmed=bounds.unconfirmed(on).certain if measure.name == "held" else None,
        flow=measure.flow,
    )


def _only_counted(filters: CountFilters, by: Dimension | None, days: counted.Days) -> Figures:
    """Those in the total who are only counted: all where nothing narrows it, fives where one value does, else nobody."""
    if filters.is_of_one_organisation:
        return NOBODY
    match filters.narrowing:
        case []:
            return counted.total(_matched(filters))
        case [name] if by is None and name in DIMENSIONS:
            dimension = DIMENSIONS[name]
            values = list(filters.keys_of(name)) if dimension.counts_fives else []
            return counted.of_values(_matched(filters, without=name), dimension, days, values)
    return NOBODY


def _cells_beside(filters: CountFilters, by: Dimension, days: counted.Days, found: Cells) -> Cells:
    """Those who are only counted, under the values of a breakdown; of records, those alone that a reader may name."""
    if filters.narrowing or filters.is_of_one_organisation:
        return {}
    cells = counted.cells(_matched(filters), by, days)
    if by.name not in NAMED_RECORDS or cells.keys() <= found.keys():
        return cells
    nameable_keys = {None, *map(str, NAMED_RECORDS[by.name]().values_list("pk", flat=True))}
    return {key: figures for key, figures in cells.items() if key in nameable_keys}


def _not_broken_down(only_counted: Figures, by: Dimension | None, cells: Cells) -> Figures | None:
    """Those who are only counted and under no group. Where groups overlap it would tell how many are under two."""
    if by is None or (by.is_overlapping and by.counts_fives):
        return None
    if by.is_told_by_totals:
        return NOBODY
    return replace(only_counted - sum(cells.values(), start=NOBODY), not_confirmed=0)
