"""The form in which a count is asked: plain fields, no script, and what was asked before still in them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from counts import nameable
from counts.asking import UNITS
from counts.clock import is_sealed, parsed
from counts.dimensions import DIMENSIONS
from counts.durations import FIGURES, SENTENCE, SERVED
from counts.fields import DayField
from counts.filters import ANY, EVER, THEN
from counts.measures import MEASURES
from counts.periods import STEPS
from counts.problems import Problem
from counts.tally import ARRESTS, PEOPLE

from .counts_choices import AGES, GROUPED, Choice, Group, Kept, choices, chosen, given, groups, kept

# What the form asks by fields of its own. Its day is named `until` and becomes `on` or `to`, as the measure takes it.
OWN = ("measure", "by", "unit", "recognised", "on", "from", "to", "known", "step", "cumulative", "beside", "figures")
UNTIL = "until"
ORGANISATIONS_AT_MOST = 60


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form: of what kind, what stands in it, and what is wrong with that.

    `kind` is `select`, with its `options`, or the type of an input.
    """

    name: str
    kind: str
    label: Any
    value: str = ""
    options: Sequence[Choice] = ()
    hint: Any = ""
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class CountForm:
    """The whole form: what is counted, when, of whom. `kept` are filters that it doesn't offer, and keeps."""

    what: list[Field]
    when: list[Field]
    besides: list[Group]
    ages: list[Field]
    groups: list[Group]
    kept: list[Kept]

    @property
    def has_besides(self) -> bool:
        """Whether something is asked beside the number, or wrong there."""
        return any(group.chosen or group.problems for group in self.besides)

    @property
    def is_narrowed(self) -> bool:
        """Whether something is chosen among the filters, or wrong there."""
        return any(group.chosen or group.problems for group in self.groups) or any(age.value for age in self.ages)


def count_form(query: QueryDict, *, problems: Sequence[Problem] = ()) -> CountForm:
    """The form as it was asked, or as it is by default; `problems` are said at their fields."""
    wrong = _by_parameter(problems)
    what = [
        _select("measure", _("Count who was"), _measures(query), wrong),
        _select("recognised", _("And"), bases(chosen(query, "recognised", THEN)), wrong),
        _select("unit", _("Counting"), _units(query), wrong),
        _select("by", _("Broken down by"), _breakdowns(query), wrong),
    ]
    kept_beside = list(kept(query, (*OWN, *GROUPED, *AGES)))
    return CountForm(what, _when(query, wrong), _besides(query, wrong), _ages(query, wrong), groups(query, wrong), kept_beside)


def canonical(asked: QueryDict) -> QueryDict:
    """What the form asks, as a query of a count: without its empty fields, and its day as the measure takes it."""
    query = QueryDict(mutable=True)
    for name, values in asked.lists():
        if name != UNTIL and (given := [value for value in values if value.strip()]):
            query.setlist(name, given)
    days = [value for value in asked.getlist(UNTIL) if value.strip()]
    if days:
        name = _day_of(asked)
        query.setlist(name, [*query.getlist(name), *days])
    return query


def _day_of(query: QueryDict) -> str:
    """The parameter of the day counted, or of the last one of a period."""
    measure = MEASURES.get(query.get("measure", ""))
    return "to" if query.get("step") or (measure and measure.is_flow) else "on"


def _by_parameter(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.parameter, []).append(problem)
    return found


def _select(name: str, label: Any, options: list[Choice], wrong: dict[str, list[Problem]]) -> Field:
    return Field(name, "select", label, options=options, problems=wrong.get(name, ()))


def _when(query: QueryDict, wrong: dict[str, list[Problem]]) -> list[Field]:
    of_period = _("For a period, and over time. Empty: from the beginning.")
    last = query.get("on", "") or query.get("to", "")
    of_day = [*wrong.get("on", ()), *wrong.get("to", ())]
    known = _("A day, or the number of a revision. Empty: what is known now.")
    return [
        _select("step", _("Over time"), _steps(query), wrong),
        Field(
            "from", _kind(query.get("from", "")), _("From"), query.get("from", ""), hint=of_period, problems=wrong.get("from", ())
        ),
        Field(UNTIL, _kind(last), _("On the day, or until"), last, hint=_("Empty: today."), problems=of_day),
        Field("known", "text", _("As known on"), _known(query), hint=known, problems=wrong.get("known", ())),
    ]


def _steps(query: QueryDict) -> list[Choice]:
    titles = {"month": _("month by month"), "quarter": _("quarter by quarter"), "year": _("year by year")}
    return choices([("", _("one number")), *((step, titles[step]) for step in STEPS)], chosen(query, "step", ""))


def _besides(query: QueryDict, wrong: dict[str, list[Problem]]) -> list[Group]:
    """What can be asked beside the number: other measures over time, a sum, how long."""
    durations = {SERVED: _("time served"), SENTENCE: _("sentences")}
    offered = [
        ("beside", _("Over time, beside it"), [(name, measure.title) for name, measure in MEASURES.items()]),
        ("cumulative", _("Over time, added up"), [("1", _("from the first day on"))]),
        ("figures", _("How long"), [(name, durations[name]) for name in FIGURES]),
    ]
    return [Group(name, title, choices(own, given(query, name)), False, wrong.get(name, ())) for name, title, own in offered]


def _kind(value: str) -> str:
    """A field for days drops what is no day, and the reader wouldn't see what was wrong; a text field keeps it."""
    try:
        DayField().to_python(value)
    except ValidationError:
        return "text"
    return "date"


def _known(query: QueryDict) -> str:
    """A seal is of one question alone: whoever changes the question asks anew what was known at that revision."""
    known = query.get("known", "").strip()
    return str(parsed(known).revision) if is_sealed(known) else known


def _ages(query: QueryDict, wrong: dict[str, list[Problem]]) -> list[Field]:
    labels = {"age_min": _("Youngest"), "age_max": _("Oldest")}
    return [Field(name, "text", label, query.get(name, ""), problems=wrong.get(name, ())) for name, label in labels.items()]


def _measures(query: QueryDict) -> list[Choice]:
    return choices([(name, measure.title) for name, measure in MEASURES.items()], chosen(query, "measure", "held"))


def _breakdowns(query: QueryDict) -> list[Choice]:
    options = [("", _("nothing")), *((d.name, d.title) for d in DIMENSIONS.values())]
    return choices(options, chosen(query, "by", ""))


def _units(query: QueryDict) -> list[Choice]:
    titles = {PEOPLE: _("people"), ARRESTS: _("arrests")}
    return choices([(unit, titles[unit]) for unit in UNITS], chosen(query, "unit", PEOPLE))


def bases(asked: Collection[str]) -> list[Choice]:
    """The bases of recognition: the words, and the organisations that readers may name."""
    recognisers = nameable.organisations().order_by("name").values_list("slug", "name")[:ORGANISATIONS_AT_MOST]
    options = [
        (THEN, _("recognised by then")),
        (EVER, _("recognised at any time")),
        (ANY, _("recognised or not")),
        *((slug, _("recognised by %(name)s") % {"name": name}) for slug, name in recognisers),
    ]
    return choices(options, asked)
