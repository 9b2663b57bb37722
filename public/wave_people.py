"""The people of an act of clemency or of a wave, and what narrows their list: each figure of the page is one such list."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Prefetch
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from counts.clemency import Identified, people
from prisoners.models import Arrest, Prisoner
from prisoners.sentences import Remaining
from releases.models import Condition, LibertyAfter, Mechanism, Pardon, Verification
from releases.outcomes import Outcome

from .faces import Face, face_of
from .remaining import SHORT
from .strict import Choice, chosen

NONE, UNKNOWN, UNDER, OVER, YES = "none", "unknown", "under-90", "90-or-more", "yes"
assert f"under-{SHORT}" == UNDER


def _codes(model: type[Any], *besides: str) -> Callable[[], Iterable[str]]:
    return lambda: [*model.objects.order_by("code").values_list("code", flat=True), *besides]


CHOICES = (
    Choice("outcome", lambda: Outcome.values),
    Choice("mechanism", _codes(Mechanism, NONE)),
    Choice("condition", _codes(Condition, NONE)),
    Choice("liberty", lambda: LibertyAfter.values),
    Choice("verification", lambda: Verification.values),
    Choice("left", lambda: (UNDER, OVER, UNKNOWN)),
    Choice("again", lambda: (YES,)),
)
NAMES = tuple(choice.name for choice in CHOICES)


def _lefts(one: Identified) -> tuple[str, ...]:
    """How much of the sentence can have been left; where dates leave it open both."""
    if one.remaining is None:
        return (UNKNOWN,)
    can_be = {UNDER: one.remaining.at_least < SHORT, OVER: one.remaining.at_most >= SHORT}
    return tuple(left for left, is_so in can_be.items() if is_so)


# The values of each parameter under which somebody is.
_VALUES: dict[str, Callable[[Identified], Sequence[str]]] = {
    "outcome": lambda one: (one.outcome.value,),
    "mechanism": lambda one: (one.mechanism or NONE,),
    "condition": lambda one: one.conditions or (NONE,),
    "liberty": lambda one: (one.liberty_after,),
    "verification": lambda one: (one.verification,),
    "left": _lefts,
    "again": lambda one: (YES,) if one.again is not None else (),
}


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The people that a query asks for, and the query."""

    rows: list[Identified]
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def people(self) -> int:
        return people(self.rows)

    @property
    def query(self) -> str:
        return urlencode(self.given)

    @property
    def words(self) -> list[tuple[Any, Any]]:
        return in_words(self.given)


def narrowed(rows: Sequence[Identified], **given: str) -> Narrowed:
    """Those of the rows that meet all of this."""
    found = list(rows)
    for name, value in given.items():
        values = _VALUES[name]
        found = [one for one in found if value in values(one)]
    return Narrowed(found, given)


def in_words(given: Mapping[str, str]) -> list[tuple[Any, Any]]:
    """What a query asks, as the page calls it: what each parameter is of, and its value."""
    titles: dict[str, tuple[Any, Callable[[], Mapping[str, Any]]]] = {
        "outcome": (_("What became of them"), lambda: dict(Outcome.choices)),
        "mechanism": (_("How they came out"), lambda: {NONE: _("custody goes on"), **_terms(Mechanism)}),
        "condition": (_("On what conditions"), lambda: {NONE: _("none on record"), **_terms(Condition)}),
        "liberty": (_("What liberty they have"), lambda: dict(LibertyAfter.choices)),
        "verification": (_("How well it is established"), lambda: dict(Verification.choices)),
        "left": (
            _("Left of the sentence"),
            lambda: {UNDER: _("under 90 days"), OVER: _("90 days or more"), UNKNOWN: _("not known")},
        ),
        "again": (_("Arrested again since"), lambda: {YES: _("yes")}),
    }
    return [(titles[name][0], titles[name][1]()[value]) for name, value in given.items()]


def _terms(model: type[Any]) -> dict[str, Any]:
    return {term.pk: term for term in model.objects.all()}


def by_value(rows: Iterable[Identified], name: str) -> dict[str, list[Identified]]:
    """The rows under each value of a parameter; in one pass, for there can be twenty thousand."""
    found: dict[str, list[Identified]] = defaultdict(list)
    values = _VALUES[name]
    for one in rows:
        for value in values(one):
            found[value].append(one)
    return found


def asked(rows: Sequence[Identified], query: QueryDict) -> Narrowed:
    """Those of the rows that a query asks for. Raises InvalidQuery."""
    given = chosen(query, CHOICES, besides=["page"])
    return narrowed(rows, **{name: values[0] for name, values in given.items()})


@dataclass(frozen=True, slots=True)
class Person:
    """One row of the list: an arrest, what became of it, and the act or acts that cover it."""

    face: Face
    arrest: Arrest
    known: Identified
    acts: list[Pardon]
    again: Arrest | None

    @property
    def remaining(self) -> Remaining | None:
        return self.known.remaining

    @property
    def release(self) -> Any:
        return getattr(self.arrest, "release", None)

    @property
    def outcome(self) -> str:
        return self.known.outcome.value


def people_of(rows: Iterable[Identified], acts: Sequence[Pardon]) -> list[Person]:
    """What the rows of one page print. Whoever isn't named has no row, whatever the ledger says."""
    shown = list(rows)
    keys = [one.arrest_id for one in shown] + [one.again for one in shown if one.again is not None]
    arrests = Arrest.objects.filter(pk__in=keys, prisoner__in=Prisoner.objects.named())
    found = {
        arrest.pk: arrest
        for arrest in arrests.select_related("prisoner", "release__mechanism").prefetch_related(
            "prisoner__names", Prefetch("release__conditions", Condition.objects.order_by("position", "code"))
        )
    }
    return [
        Person(
            face=face_of(found[one.arrest_id].prisoner),
            arrest=found[one.arrest_id],
            known=one,
            acts=[act for act in acts if act.pk in one.acts],
            again=found.get(one.again) if one.again is not None else None,
        )
        for one in shown
        if one.arrest_id in found
    ]
