"""People as an import sees them: what is known of each, and what a row would add."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from prisoners.dates import UncertainDate
from prisoners.models.person import Gender, Visibility

from .checks import Finding, life_and_custody
from .custody import Span
from .rows import Row
from .values import date

COLUMNS = ("gender", "born", "died", "home_region", "visibility")  # facts that stand on the person's own record
FACTS = (*COLUMNS, "summary")
SUMMARY_LANGUAGE = "und"  # a file doesn't say in which language it sums a case up
_WIDTH = {Visibility.INTERNAL: 0, Visibility.COUNTED: 1, Visibility.INITIALS: 2, Visibility.NAMED: 3}


@dataclass(frozen=True, slots=True)
class Custody:
    """The certain days of an arrest, and the line of the file that brought it; 0 when it was known before."""

    arrest: int
    span: Span | None
    confirmed: datetime.date | None
    line: int = 0

    @property
    def where(self) -> str:
        return _("line %(line)s") % {"line": self.line} if self.line else _("recorded before")


@dataclass(slots=True)
class Person:
    """One person; `facts` as texts, empty when not known."""

    pk: int
    country: str
    is_new: bool = False
    is_public: bool = False
    facts: dict[str, str] = field(default_factory=lambda: dict.fromkeys(FACTS, ""))
    heading: str = ""
    names: set[str] = field(default_factory=set)
    primary_in: set[str] = field(default_factory=set)
    occupations: set[str] = field(default_factory=set)
    custodies: list[Custody] = field(default_factory=list)

    def date(self, fact: str) -> UncertainDate | None:
        return _date(self.facts[fact])


def changes(person: Person, row: Row, before: dict[str, str]) -> tuple[dict[str, str], list[Finding]]:
    """The facts that the row would change, by their new value, and what stands against it.

    `before` is what the same case said the last time: a fact that still is as the import wrote it may change; one that
    somebody else wrote may not.
    """
    changed: dict[str, str] = {}
    findings: list[Finding] = []
    if row.country != person.country:
        findings.append(("country", _("This person's country is %(country)s.") % {"country": person.country}))
    for fact in FACTS:
        new, current = row.values.get(fact, ""), person.facts[fact]
        if not new or new in (current, before.get(fact), Gender.UNKNOWN):
            continue
        if not current or current == Gender.UNKNOWN or _may_replace(fact, new, current, before):
            changed[fact] = new
        else:
            findings.append((fact, _says_otherwise(fact, current)))
    born, died = (_date(changed.get(fact, person.facts[fact])) for fact in ("born", "died"))
    findings.extend(life_and_custody(row, born, died))
    if "died" in changed and died:
        findings.extend(_confirmed_dead(person, died))
    return changed, list(dict.fromkeys(findings))


def _date(text: str) -> UncertainDate | None:
    return date(text) if text else None


def _may_replace(fact: str, new: str, current: str, before: dict[str, str]) -> bool:
    if fact == "visibility":
        return _WIDTH[Visibility(new)] < _WIDTH[Visibility(current)]
    return before.get(fact) == current


def _says_otherwise(fact: str, current: str) -> str:
    if fact == "visibility":
        return _("This person is “%(current)s”: only an editor can make them more visible.") % {"current": current}
    return _("This person's record says “%(current)s”, and that isn't from an earlier import of this case.") % {
        "current": current
    }


def _confirmed_dead(person: Person, died: UncertainDate) -> Iterator[Finding]:
    for custody in person.custodies:
        if died.earliest and custody.confirmed and custody.confirmed > died.earliest:
            reason = _("Custody was confirmed on %(day)s (%(where)s). Fill in the death on every row of this person.")
            yield "died", reason % {"day": custody.confirmed, "where": custody.where}


def overlap(person: Person, arrest: int, span: Span | None) -> Custody | None:
    """Another custody of this person on certain days of this one."""
    if span is None:
        return None
    others = (custody for custody in person.custodies if custody.span and custody.arrest != arrest)
    return next((custody for custody in others if custody.span and custody.span.overlaps(span)), None)
