"""A list of people: which, in what order, how many, and what would narrow it further."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prisoners.models import Arrest, Charge, Name, Prisoner, Recognition, Stay

from . import bounds, tally
from .dimensions import DIMENSIONS, Dimension
from .fields import ChosenField, LedgerFilter, SearchText, WholeNumberField
from .filters import ANY, EVER, THEN, RecordFilters
from .models import LedgerRow
from .tally import Figures, Matched

PAGE_SIZE = 50
# Paging by number reads all pages before; past this, narrowing the list or downloading it serves better.
LAST_PAGE = 500
FACET_OPTIONS = 15
FACETS = ("status", "gender", "region", "occupation", "article", "context", "facility", "treatment", "mechanism", "organisation")
# People shown by initials stand behind the named of the same day, and behind all names, in the order of their codes, which is
# chance: a place between two names would tell how the hidden one begins, and the order of entry when somebody was arrested.
SORTS: dict[str, tuple[Any, list[Any]]] = {
    "-arrested": (gettext_lazy("newest arrests first"), ["-possible_from", "chance", "-arrest_id"]),
    "arrested": (gettext_lazy("oldest arrests first"), ["possible_from", "chance", "arrest_id"]),
    "name": (gettext_lazy("by name"), [F("heading").asc(nulls_last=True), "chance", "arrest_id"]),
}
DEFAULT_SORT = "-arrested"
# The order of a search, unless another is asked for: the likest names, then the others in the order of any list.
BEST = "best"
BEST_ORDER = [F("likeness").asc(nulls_last=True), *SORTS[DEFAULT_SORT][1]]
# What the words for a basis of recognition say on a chip, behind “Recognised by”.
BASES = {
    ("organisation", THEN): gettext_lazy("somebody by that day"),
    ("organisation", EVER): gettext_lazy("somebody at any time"),
    ("organisation", ANY): gettext_lazy("anybody or nobody"),
}


class ListFilters(RecordFilters):
    """The filters of a list, its order and its page."""

    sort = LedgerFilter(ChosenField, choices=lambda: SORTS)
    page = LedgerFilter(WholeNumberField, lowest=1, highest=LAST_PAGE)


@dataclass(frozen=True)
class ListedCase:
    """One person of a list, with the arrest that matches (the latest of several) and whether it certainly does."""

    prisoner: Prisoner
    arrest: Arrest
    is_certain: bool


@dataclass(frozen=True)
class Option:
    """One value of a facet. `figures.at_most` is the number of rows that the list shows once it is chosen.

    `query` chooses it, or takes the choice away; None for people whom no organisation recognises, whom no parameter names.
    """

    slug: str
    label: Any
    figures: Figures
    is_chosen: bool
    query: str | None


@dataclass(frozen=True)
class Facet:
    """What narrows a list: values with their numbers. `is_cut` says that rarer values are left out."""

    name: str
    title: Any
    options: list[Option]
    is_overlapping: bool
    is_cut: bool


@dataclass(frozen=True)
class Chip:
    """A chosen value, with the query that takes it away."""

    title: Any
    label: Any
    query: str


class Listing:
    """A list of people as a query asks for it. Raises InvalidQuery when the query can't be followed."""

    filters_class: type[RecordFilters] = ListFilters
    # Whether a search without an order puts the likest first.
    ranks_searches = True

    def __init__(self, data: QueryDict, *, today: date) -> None:
        self.filters = self.filters_class(data, today=today)
        self.on = self.filters.day
        self.recognised = self.filters.recognition
        found: SearchText | None = self.filters.value("q")
        self.search = found.search if found else None
        self.sort = next(iter(self.filters.value("sort") or []), BEST if self.search and self.ranks_searches else DEFAULT_SORT)
        self.page = self.filters.value("page") or 1

    @cached_property
    def matched(self) -> Matched:
        return self._matched(without="")

    def _matched_without(self, name: str) -> Matched:
        """What matches all filters but this one; the very same object where it isn't given, for facets share its rows."""
        return self._matched(without=name) if name in self.filters.given else self.matched

    def _matched(self, without: str) -> Matched:
        begun = bounds.begun_by(self.on)
        return Matched(self.filters.narrowed(without=without) & begun, unconfirmed=bounds.unconfirmed(self.on).certain)

    @cached_property
    def total(self) -> Figures:
        """How many people; `at_most` is the number of rows."""
        return tally.total(self.matched)

    def count(self) -> None:
        """Count the total and the facets together, as a page needs them: they share the rows that match."""
        wanted = {name: (self._matched_without(_parameter(name)), DIMENSIONS[name]) for name in FACETS}
        days = {"on": self.on, "first": None, "last": None}
        self.total, found = tally.total_and_groups(self.matched, wanted, days, limit=FACET_OPTIONS + 1)
        self.facets = [self._facet(DIMENSIONS[name], groups) for name, groups in found.items()]

    def ledger_rows(self) -> QuerySet[LedgerRow]:
        """One row a person, the latest arrest that matches, in order; with `is_certain`."""
        rows = self.matched.rows.filter(self.matched.bounds.possible)
        # Of one person the search says the same each time, and each time it would be put together anew.
        unsearched = self._matched_without("q")
        of_all = unsearched.rows.filter(unsearched.bounds.possible)
        later = of_all.filter(prisoner_id=OuterRef("prisoner_id"), ordinal__gt=OuterRef("ordinal"))
        code = Prisoner.objects.filter(pk=OuterRef("prisoner_id")).values("code")
        chance = Case(When(visibility="initials", then=Subquery(code)), default=Value(""))
        annotated = rows.annotate(is_certain=tally.flag(self.matched.bounds.certain_of_possible), chance=chance)
        if self.sort == "name":
            heading = Name.objects.filter(prisoner_id=OuterRef("prisoner_id"), is_heading=True).values("text")[:1]
            annotated = annotated.annotate(heading=Case(When(visibility="named", then=Subquery(heading))))
        listed = annotated.filter(Q(siblings=1) | ~Exists(later))
        if self.sort != BEST or self.search is None:
            return listed.order_by(*SORTS[self.sort][1])
        ranked = Value(self.search.ranked, output_field=ArrayField(BigIntegerField()))
        place = Func(ranked, F("prisoner_id"), function="array_position", output_field=IntegerField())
        return listed.annotate(likeness=place).order_by(*BEST_ORDER)

    @cached_property
    def rows(self) -> list[ListedCase]:
        """The people of this page, with all that a row of the list prints."""
        first = (self.page - 1) * PAGE_SIZE
        rows = self.ledger_rows()[first : first + PAGE_SIZE]
        found: list[tuple[int, int, bool]] = list(rows.values_list("prisoner_id", "arrest_id", "is_certain"))  # type: ignore[misc]
        people = people_for_rows([prisoner_id for prisoner_id, _arrest, _certain in found])
        arrests = arrests_for_rows([arrest_id for _prisoner, arrest_id, _certain in found])
        # Somebody withdrawn between the two queries is in the ledger still, but not among the published.
        return [
            ListedCase(people[prisoner_id], arrests[arrest_id], bool(is_certain))
            for prisoner_id, arrest_id, is_certain in found
            if prisoner_id in people and arrest_id in arrests
        ]

    @property
    def last_page(self) -> int:
        return max(1, min(LAST_PAGE, -(-self.total.at_most // PAGE_SIZE)))

    @property
    def is_cut(self) -> bool:
        """Whether there are more people than pages may be turned."""
        return self.total.at_most > LAST_PAGE * PAGE_SIZE

    def query(self, **changes: list[str] | None) -> str:
        """This query with some parameters replaced (None: removed), back on the first page."""
        values = {**self.filters.given, "page": None, **changes}
        out = QueryDict(mutable=True)
        for name, each in values.items():
            if each:
                out.setlist(name, list(each))
        return out.urlencode()

    def page_query(self, page: int) -> str:
        """This query on another page."""
        return self.query(page=[str(page)] if page > 1 else None)

    @cached_property
    def facets(self) -> list[Facet]:
        """The facets, each counted under all filters but its own, in one query and one for the labels of each."""
        self.count()
        return self.facets

    def _facet(self, dimension: Dimension, groups: list[tally.Group]) -> Facet:
        chosen = self.filters.given.get(dimension.parameter, [])
        options = [self._option(dimension, group, chosen) for group in groups[:FACET_OPTIONS]]
        return Facet(dimension.name, dimension.title, options, dimension.is_overlapping, len(groups) > FACET_OPTIONS)

    def _option(self, dimension: Dimension, group: tally.Group, chosen: list[str]) -> Option:
        if dimension.parameter == "recognised" and group.is_missing:
            return Option(group.slug, group.label, group.figures, False, None)
        is_chosen = group.slug in chosen
        others = [slug for slug in chosen if slug != group.slug]
        is_single = not self.filters.base_filters[dimension.parameter].is_many
        values = others if is_chosen else [group.slug] if is_single else [*others, group.slug]
        return Option(group.slug, group.label, group.figures, is_chosen, self.query(**{dimension.parameter: values}))

    @cached_property
    def chips(self) -> list[Chip]:
        """Each chosen value, to be taken away."""
        labels = {(f.name, o.slug): o.label for f in self.facets for o in f.options} | BASES
        chips = []
        for name, values in self.filters.given.items():
            if name in ("page", "sort"):
                continue
            for value in values:
                rest = [other for other in values if other != value]
                chips.append(Chip(parameter_title(name), labels.get((_facet_of(name), value), value), self.query(**{name: rest})))
        return chips


def _parameter(facet: str) -> str:
    return DIMENSIONS[facet].parameter


def _facet_of(parameter: str) -> str:
    return "organisation" if parameter == "recognised" else parameter


def parameter_title(name: str) -> str:
    """What a parameter is called on pages."""
    titles = {
        "q": _("Name"),
        "on": _("On"),
        "country": _("Country"),
        "age_min": _("Youngest"),
        "age_max": _("Oldest"),
        "case": _("Case"),
        "pardon": _("Pardon"),
        "wave": _("Wave"),
        "arrested_from": _("Arrested from"),
        "arrested_to": _("Arrested to"),
        "released_from": _("Released from"),
        "released_to": _("Released to"),
        "died_from": _("Died from"),
        "died_to": _("Died to"),
    }
    dimension = DIMENSIONS.get(_facet_of(name))
    return str(dimension.title) if dimension else titles[name]


def people_for_rows(ids: Iterable[int]) -> dict[int, Prisoner]:
    """Published people with their names."""
    people = Prisoner.objects.published().filter(pk__in=list(ids)).prefetch_related("names")
    return {person.pk: person for person in people}


def arrests_for_rows(ids: Iterable[int]) -> dict[int, Arrest]:
    """Arrests with what a row of a list says of them."""
    arrests = Arrest.objects.filter(pk__in=list(ids)).select_related("release__mechanism", "release__pardon")
    prefetched = arrests.prefetch_related(
        Prefetch("charges", Charge.objects.select_related("statute")),
        Prefetch("recognitions", Recognition.objects.select_related("organisation")),
        Prefetch("stays", Stay.objects.select_related("facility")),
    )
    return {arrest.pk: arrest for arrest in prefetched}
