"""All waves: which of them a query asks for, and the releases of every kind beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from counts import remembered
from counts.answers import Answer
from counts.grouping import Group
from counts.models import LedgerRow
from counts.series import Point
from releases.models import LegalForm, Mechanism, Pardon, Wave

from .count_links import people_of
from .figures import Linked, ask
from .series_table import Cell
from .strict import Choice, chosen
from .wave import waves_newest_first

YEARS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form: values with their words, and the one chosen."""

    name: str
    chosen: str
    options: list[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What narrows the waves. A wave meets `year` if an act of it can have been announced then."""

    given: dict[str, str]

    @property
    def query(self) -> str:
        return urlencode(self.given)

    def waves(self) -> QuerySet[Wave]:
        """The waves that meet all of it, newest first."""
        found = waves_newest_first()
        acts = Pardon.objects.filter(wave=OuterRef("pk"))
        if year := self.given.get("year"):
            found = found.filter(Exists(acts.filter(_announced_in(int(year)))))
        if form := self.given.get("form"):
            found = found.filter(Exists(acts.filter(legal_form=form)))
        if mechanism := self.given.get("mechanism"):
            found = found.filter(Exists(_came_out().filter(wave_id=OuterRef("pk"), mechanism=mechanism)))
        return found

    def fields(self) -> list[Field]:
        """What can be chosen: of mechanisms those alone by which somebody named came out under an act."""
        found = _came_out().values_list("mechanism").distinct()
        codes = [code for (code,) in remembered.rows(*found.query.sql_with_params())]
        mechanisms = Mechanism.objects.filter(pk__in=codes, is_death=False)
        options: dict[str, list[tuple[str, Any]]] = {
            "year": [(year, year) for year in years_of_acts()],
            "mechanism": [(one.code, one) for one in mechanisms],
            "form": list(LegalForm.choices),
        }
        return [Field(name, self.given.get(name, ""), each) for name, each in options.items()]


CHOICES = (
    Choice("year", lambda: years_of_acts()),
    Choice("mechanism", lambda: Mechanism.objects.values_list("code", flat=True)),
    Choice("form", lambda: LegalForm.values),
)
NAMES = tuple(choice.name for choice in CHOICES)


def _came_out() -> QuerySet[LedgerRow]:
    """Whoever the ledger names who came out, or died, under an act of a wave."""
    return LedgerRow.objects.current().filter(visibility="named", wave_id__isnull=False).exclude(mechanism="")


def asked(query: QueryDict) -> Asked:
    """What a query asks of the list of waves. Raises InvalidQuery."""
    return Asked({name: values[0] for name, values in chosen(query, CHOICES, besides=["page"]).items()})


def _announced_in(year: int) -> Q:
    """Acts that can have been announced in a year; some day or later, or by some day, leaves one side open."""
    begun = Q(announced_on_earliest__lte=date(year, 12, 31)) | Q(announced_on_earliest=None)
    not_over = Q(announced_on_latest__gte=date(year, 1, 1)) | Q(announced_on_latest=None)
    return begun & not_over & Q(announced_on__isnull=False)


def years_of_acts() -> list[str]:
    """The years in which acts were announced, or began or ceased to be possibly, newest first."""
    years = Pardon.objects.order_by().values_list("announced_on_earliest__year", "announced_on_latest__year").distinct()
    return [f"{year:04}" for year in sorted({year for pair in years for year in pair if year}, reverse=True)]


@dataclass(frozen=True, slots=True)
class ByYear:
    """Releases of every kind, by year and mechanism; each number with the list of its people."""

    linked: Linked
    years: list[str]
    rows: list[tuple[Any, list[Cell]]]
    totals: list[Cell]


def by_year(today: date, now: datetime) -> ByYear:
    """The last years, the newest first, whether by an act of clemency or not; deaths are counted apart and aren't here."""
    first = date(max(today.year - YEARS_SHOWN + 1, 1), 1, 1)
    query: dict[str, Any] = {"measure": "releases", "by": "mechanism", "step": "year", "from": first, "to": today}
    linked = ask(today, now, recognised="any", **query)
    answer = linked.answer
    shown = [point for point in reversed(answer.series) if point.figures.is_anybody]
    names = [point.period for point in shown]
    rows = [(group.label, [_cell(answer, _at(group.series, name), group) for name in names]) for group in answer.groups]
    return ByYear(linked, names, rows, [_cell(answer, point, None) for point in shown])


def _at(points: Sequence[Point], period: str) -> Point:
    return next(point for point in points if point.period == period)


def _cell(answer: Answer, point: Point, group: Group | None) -> Cell:
    has_list = (point.figures - point.only_counted).is_anybody
    return Cell(point.figures, people_of(answer, group, point) if has_list else "")
