"""The people of a number of the past, as far as they have a page today.

Arrests are followed, not people: an arrest is shown at whoever has it now, and each of these people is one row, however many
of their arrests were counted, and at whom. Nobody is in it of whom less is told now than then, whatever a sealed number tells
(docs/decisions/two-clocks.md).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.http import QueryDict
from django.utils.translation import gettext as _

from prisoners.models import Prisoner

from . import remembered, tally
from .asking import CountFilters
from .clock import is_sealed, parsed
from .fields import LedgerFilter, WholeNumberField
from .listing import LAST_PAGE, PAGE_SIZE, ListedCase, arrests_for_rows, people_for_rows
from .models import LedgerRow
from .problems import Problem
from .tally import Figures, Matched

# What says how a number is shown, and not whose it is.
SHOWING = ("by", "step", "cumulative", "beside", "figures")
# Newest arrests first, and in no order that tells more of people shown by initials (see counts.listing).
ORDER = ("-possible_from", "chance", "-arrest_id")


class PastPeopleFilters(CountFilters):
    """The question of a count that nothing breaks down, and a page."""

    page = LedgerFilter(WholeNumberField, lowest=1, highest=LAST_PAGE)

    def contradictions(self) -> Iterable[Problem]:
        yield from super().contradictions()
        for name in SHOWING:
            if name in self.given:
                message = _("The people of one number are one list: leave “%(name)s” out.")
                yield Problem(name, self.given[name][0], message % {"name": name})


class PastPeople:
    """Those people, page by page. Raises InvalidQuery when the query can't be followed.

    `today` and `now` are as in `counts.answering.answer`. `question` is the count whose people they are, in people.
    """

    def __init__(self, data: QueryDict, *, today: date, now: datetime) -> None:
        asked = _unsealed(data)
        self.filters = PastPeopleFilters(asked, today=today)
        self.on = self.filters.day
        self.page = self.filters.value("page") or 1
        # Whatever was promised of the number, people are told of as today.
        self.clock = self.filters.clock(now).now
        self.question = _question(asked)

    @cached_property
    def matched(self) -> Matched:
        """The people of lists among those counted."""
        narrowed = self.filters.narrowed() & self.filters.asked.narrow(self.filters.first, self.on)
        return Matched(narrowed, clock=self.clock)

    @cached_property
    def total(self) -> Figures:
        """How many people have the arrests now; `at_most` is the number of rows."""
        if not self._was_moved:
            return self.counted
        rows, params = self.matched.sql(["arrest_id", "is_certain"])
        counts = ", ".join(tally.count_sql(tally.PEOPLE, each) for each in ("m.is_certain", "true"))
        sql = f"""SELECT {counts} FROM (SELECT now.prisoner_id, now.siblings, was.is_certain FROM ({rows}) AS was
                  JOIN counts_ledgerrow AS now ON now.arrest_id = was.arrest_id AND now.known_until IS NULL) AS m"""
        ((at_least, at_most),) = remembered.rows(sql, params)
        return Figures(at_least, at_most)

    @cached_property
    def counted(self) -> Figures:
        """How many people were counted by these arrests: not so many as have them now, if an arrest was moved since."""
        return replace(tally.total(self.matched), not_confirmed=0)

    @cached_property
    def _was_moved(self) -> bool:
        """Whether an arrest of these is somebody else's now; nearly never, and then nobody need be looked for anew."""
        elsewhere = LedgerRow.objects.current().exclude(prisoner_id=OuterRef("prisoner_id"))
        closed = self.matched.rows.filter(self.matched.bounds.possible, known_until__isnull=False)
        return closed.filter(Exists(elsewhere.filter(arrest_id=OuterRef("arrest_id")))).exists()

    def ledger_rows(self) -> QuerySet[LedgerRow]:
        """One row a person of today, the latest arrest that matches, in order; with `is_certain`."""
        rows = self.matched.rows.filter(self.matched.bounds.possible)
        # Whoever is in a list has a row of today; only who has several can have two of these.
        several = LedgerRow.objects.current().filter(siblings__gt=1)
        theirs = several.filter(arrest_id__in=rows.values("arrest_id"))
        latest = theirs.order_by("prisoner_id", "-ordinal").distinct("prisoner_id").values("arrest_id")
        has_others = Exists(several.filter(arrest_id=OuterRef("arrest_id")))
        code = Prisoner.objects.filter(pk=OuterRef("prisoner_id")).values("code")
        chance = Case(When(visibility="initials", then=Subquery(code)), default=Value(""))
        annotated = rows.annotate(is_certain=tally.flag(self.matched.bounds.certain_of_possible), chance=chance)
        return annotated.filter(~has_others | Q(arrest_id__in=latest)).order_by(*ORDER)

    @cached_property
    def rows(self) -> list[ListedCase]:
        """The people of this page, as they are published today."""
        first = (self.page - 1) * PAGE_SIZE
        rows = self.ledger_rows()[first : first + PAGE_SIZE]
        found: dict[int, bool] = dict(rows.values_list("arrest_id", "is_certain"))  # type: ignore[misc]
        arrests = arrests_for_rows(found)
        people = people_for_rows({arrest.prisoner_id for arrest in arrests.values()})
        return [
            ListedCase(people[arrests[pk].prisoner_id], arrests[pk], is_certain)
            for pk, is_certain in found.items()
            if pk in arrests and arrests[pk].prisoner_id in people
        ]

    @property
    def last_page(self) -> int:
        return max(1, min(LAST_PAGE, -(-self.total.at_most // PAGE_SIZE)))

    @property
    def is_cut(self) -> bool:
        """Whether there are more people than pages may be turned."""
        return self.total.at_most > LAST_PAGE * PAGE_SIZE

    def page_query(self, page: int) -> str:
        """This query on another page."""
        out = QueryDict(mutable=True)
        for name, values in {**self.filters.given, "page": [str(page)] if page > 1 else []}.items():
            out.setlist(name, values)
        return out.urlencode()


def _unsealed(data: QueryDict) -> QueryDict:
    """A seal lets a number be told as it was, and opens no list: of a sealed `known` the revision alone is read."""
    out = data.copy()
    known = [one.strip() for one in data.getlist("known")]
    out.setlist("known", [str(parsed(one).revision) if is_sealed(one) else one for one in known])
    return out


def _question(data: QueryDict) -> QueryDict:
    """The count, in people: the rows are people whatever was counted."""
    out = data.copy()
    out["unit"] = tally.PEOPLE
    out.pop("page", None)
    return out
