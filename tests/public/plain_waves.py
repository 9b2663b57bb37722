"""Every figure of a wave, counted slowly from the records: it shares no code with the pages, so it can contradict them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor
from statistics import median
from typing import Any

from prisoners.sentences import Remaining, remaining
from releases.models import Pardon, PardonLine, Release, VoidRelease
from tests.counts import plain

MONTH = timedelta(days=30)


@dataclass
class Covered:
    """One arrest of somebody named whom acts cover."""

    custody: plain.Custody
    acts: set[int]
    outcome: str
    release: Release | None
    left: Remaining | None
    is_again: bool

    @property
    def person(self) -> int:
        return self.custody.prisoner


def covered(acts: Sequence[Pardon], today: date) -> list[Covered]:
    """Everybody named whom a line, a release or a void release ties to one of the acts."""
    ties: dict[int, set[int]] = defaultdict(set)
    for model in (PardonLine, Release, VoidRelease):
        for record in model.objects.filter(pardon__in=acts):
            if record.arrest_id is not None:
                ties[record.arrest_id].add(record.pardon_id)
    named = [one for one in plain.custodies() if not one.is_coarse]
    return [_covered(one, ties[one.arrest.pk], acts, named, today) for one in named if one.arrest.pk in ties]


def _covered(one: plain.Custody, by: set[int], acts: Sequence[Pardon], named: list[plain.Custody], today: date) -> Covered:
    arrest = one.arrest
    release = Release.objects.filter(arrest=arrest).first()
    has_ended = one.has_ended and one.certain_until <= today
    if one.is_death and has_ended:
        outcome = "died"
    elif has_ended and release and release.pardon in acts:
        outcome = "released"
    elif VoidRelease.objects.filter(arrest=arrest, pardon__in=acts).exists():
        outcome = "void"
    else:
        outcome = "otherwise" if has_ended else "held"
    left = None
    if has_ended and arrest.ended and outcome != "died":
        left = remaining(arrest.judgments.all(), arrest.began, arrest.ended)
    later = [other for other in named if other.prisoner == one.prisoner and other is not one]
    is_again = one.has_ended and any(other.possible_from >= one.possible_until and other.certain_from <= today for other in later)
    return Covered(one, by, outcome, release, left, is_again)


def people(rows: Iterable[Covered]) -> int:
    return len({row.person for row in rows})


def figures(acts: Sequence[Pardon], today: date) -> dict[str, Any]:
    """What the document of a wave says of all these acts together."""
    rows = covered(acts, today)
    out = [row for row in rows if row.outcome == "released"]
    places = [place(act, people(row for row in rows if act.pk in row.acts)) for act in acts]
    announced = [act.announced_number for act in acts if act.announced_number is not None]
    is_minimum = any(act.announced_number is None or act.is_announced_minimum for act in acts)
    times = Counter(row.person for row in rows for _act in row.acts)
    return {
        "announced_number": sum(announced) if announced else None,
        "is_announced_minimum": bool(announced) and is_minimum,
        "listed": PardonLine.objects.filter(pardon__in=acts).count(),
        "identified": people(rows),
        "unidentified": sum(places),
        "is_unidentified_minimum": is_minimum,
        "released": {
            "at_least": people(row for row in out if row.custody.possible_until <= today),
            "at_most": people(out),
        },
        "outcomes": by(rows, lambda row: [row.outcome]),
        "conditions": by(out, lambda row: [code.pk for code in row.release.conditions.all()] or ["none"]),
        "liberty_after": by(out, lambda row: [row.release.liberty_after]),
        "verification": by(out, lambda row: [row.release.verification]),
        "mechanisms": by(out, lambda row: [row.release.mechanism_id]),
        "remaining": sentences(out),
        "arrested_again": people(row for row in rows if row.is_again),
        "named_several_times": sum(number > 1 for number in times.values()),
        "arrests_around": around(acts, people(out), today),
    }


def place(act: Pardon, identified: int) -> int:
    """How many places of an act nobody known takes."""
    return max(0, max(act.announced_number or 0, act.lines.count()) - identified)


def by(rows: Iterable[Covered], keys: Any) -> dict[str, int]:
    found: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        for key in keys(row):
            found[key].add(row.person)
    return {key: len(each) for key, each in found.items()}


def sentences(out: list[Covered]) -> dict[str, Any]:
    known = [row.left for row in out if row.left is not None]
    least, most = [one.at_least for one in known], [one.at_most for one in known]
    return {
        "people": len(out),
        "known": len(known),
        "median": {"at_least": floor(median(least)), "at_most": ceil(median(most))} if known else None,
        "total": {"at_least": sum(least), "at_most": sum(most)},
        "short": {"at_least": sum(one < 90 for one in most), "at_most": sum(one < 90 for one in least)},
    }


def around(acts: Sequence[Pardon], released: int, today: date) -> dict[str, Any] | None:
    """Everybody arrested in the 30 days before the first act and after the last one; None where no act has a day."""
    days = [act.announced_on for act in acts if act.announced_on]
    if not days:
        return None
    first = min(day.earliest or day.latest for day in days)
    last = max(day.latest or day.earliest for day in days)
    before = arrested(first - MONTH, first - plain.DAY)
    after = arrested(last + plain.DAY, min(last + MONTH, today)) if last < today else None
    both = [before, after] if after else [before]
    ratio = [round(10 * sum(one[bound] for one in both) / released) for bound in ("at_least", "at_most")] if released else None
    return {"before": before, "after": after, "released": released, "for_ten_released": ratio}


def arrested(first: date, last: date) -> dict[str, int]:
    everybody = list(plain.custodies())
    return {
        bound: plain.people(one for one in everybody if one.began_within(first, last, sure))
        for bound, sure in (("at_least", True), ("at_most", False))
    }
