"""Answering a count as a query asks it: the same for pages, files, programs and the prompt."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from prisoners.models import Prisoner

from . import counted, tally
from .answers import Answer, Beside
from .asking import CountFilters
from .clock import Clock, sealed
from .dimensions import DIMENSIONS, Dimension
from .durations import durations
from .matching import matched, told_keys
from .problems import InvalidQuery, Problem
from .series_told import told_series
from .tally import NOBODY, Cells, Figures, Matched, Whom

# An answer is put together whole; files hold all of its groups, so there is an end to them.
GROUPS_AT_MOST = 10_000


def answer(data: QueryDict, *, today: date, now: datetime) -> Answer:
    """Count what the query asks. Raises InvalidQuery when it can't be followed.

    `today` is the day counted where the query names none; `now` is the moment of knowledge of an empty ledger.
    """
    filters = CountFilters(data, today=today)
    by = DIMENSIONS.get(filters.one("by", ""))
    # The revision is read first: where the database is not read as of one moment, what is counted has at least what is cited.
    clock = filters.clock(now)
    listed, days = matched(filters, clock), filters.days
    listed_total, found = tally.total_and_cells(listed, by, days, GROUPS_AT_MOST + 1) if by else (tally.total(listed), {})
    only_counted = _only_counted(filters, clock, by, days, listed_total)
    beside = _cells_beside(filters, clock, by, days, found) if by else {}
    _refuse_too_many(by, {*found, *beside})
    series = told_series(filters, clock, by)
    lengths = filters.value("figures") or []
    long_by = durations(listed, lengths, filters.day, tally.on_days(by.groups, days)) if by else {}
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
        groups=tally.labelled(by, found, beside, series.with_groups([*found, *beside]), long_by) if by else [],
        not_broken_down=_not_broken_down(only_counted, by, beside),
        clock=clock,
        not_published=only_counted + _receded_since(listed, clock),
        has_fiction=Prisoner.objects.in_numbers().filter(is_fictional=True).exists(),
        exact=filters.exact,
        sealed=_sealed(filters, clock),
        step=filters.pace,
        is_cumulative="cumulative" in filters.given,
        series=series.points,
        durations=durations(listed, lengths, filters.day).get(None, {}),
        beside=[_beside(filters, name, clock) for name in filters.value("beside") or []],
    )


def _refuse_too_many(by: Dimension | None, keys: Collection[str | None]) -> None:
    """No group is ever left out without a word: rather there is no answer."""
    if by is None or len(keys) <= GROUPS_AT_MOST:
        return
    message = _("That would be more than %(most)s groups: narrow the count down, or break it down by something else.")
    raise InvalidQuery([Problem("by", by.name, message % {"most": GROUPS_AT_MOST})])


def _beside(filters: CountFilters, name: str, clock: Clock) -> Beside:
    """The series of another measure, asked in the same way."""
    other = filters.of_measure(name)
    listed, days = matched(other, clock), other.days
    total = tally.total(listed)
    total += _only_counted(other, clock, None, days, total)
    return Beside(other.asked, total, told_series(other, clock, None).points)


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


def _only_counted(filters: CountFilters, clock: Clock, by: Dimension | None, days: counted.Days, listed: Figures) -> Figures:
    """Those in the total who are only counted: all where nothing narrows it, fives where one value does, else nobody."""
    if filters.is_of_one_organisation:
        return NOBODY
    match filters.narrowing:
        case []:
            return counted.total(matched(filters, clock), listed)
        case [name] if by is None and name in DIMENSIONS:
            dimension = DIMENSIONS[name]
            values = list(filters.keys_of(name)) if dimension.counts_fives else []
            return counted.of_values(matched(filters, clock, without=name), dimension, days, values)
    return NOBODY


def _cells_beside(filters: CountFilters, clock: Clock, by: Dimension, days: counted.Days, found: Cells) -> Cells:
    """Those who are only counted, under the values of a breakdown; of records, those alone that a reader may name."""
    if filters.narrowing or filters.is_of_one_organisation:
        return {}
    cells = counted.cells(matched(filters, clock), by, days)
    return {key: cells[key] for key in told_keys(by, cells, found, clock)}


def _not_broken_down(only_counted: Figures, by: Dimension | None, cells: Cells) -> Figures | None:
    """Those who are only counted and under no group. Where groups overlap it would tell how many are under two."""
    if by is None or (by.is_overlapping and by.counts_fives):
        return None
    if by.is_told_by_totals:
        return NOBODY
    return replace(only_counted - sum(cells.values(), start=NOBODY), not_confirmed=0)
