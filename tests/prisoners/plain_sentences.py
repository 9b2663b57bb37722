"""The end of a sentence by walking the calendar day by day. It shares no code with `prisoners.sentences`.

Here every day is known: a judgment is a plain record of one possible world.
"""

from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
STAGES = ["unknown", "first", "appeal", "cassation", "supervision"]
NOBODY = ("suspended", "fine")
FOREVER = ("life", "death")


@dataclass
class Passed:
    """A judgment whose days have all turned out. `on` is None for one that was always there."""

    on: date | None
    stage: str
    outcome: str
    kind: str
    months: int | None
    credited: int | None
    runs_from: date | None
    ends: date | None


@dataclass
class Term:
    """What somebody serves: `end` is None where no length is known."""

    kind: str
    start: date
    credited: int
    end: date | None


def end_on(day: date, began: date, judgments: list[Passed]) -> date | None:
    """The day on which the term in force on `day` ends; None for no term, for one without end, and for one not known."""
    term = None
    for judgment in (one for one in judgments if one.on is None):
        term = served_after(term, judgment, began)
    walked = min((one.on for one in judgments if one.on is not None), default=day)
    while walked <= day:
        today = [one for one in judgments if one.on == walked]
        for judgment in sorted(today, key=lambda one: STAGES.index(one.stage)):
            term = served_after(term, judgment, began)
        walked += DAY
    if term is None or term.kind in NOBODY or term.kind in FOREVER:
        return None
    return term.end


def days_left(day: date, end: date) -> int:
    left = 0
    while day < end:
        day += DAY
        left += 1
    return left


def served_after(term: Term | None, judgment: Passed, began: date) -> Term | None:
    outcome = judgment.outcome
    if outcome in ("acquitted", "quashed", "retrial"):
        return None
    if outcome == "upheld":
        if term is not None:
            return Term(term.kind, term.start, term.credited, judgment.ends or term.end)
        if (judgment.kind, judgment.months, judgment.ends) == ("unknown", None, None):
            return None
    if outcome == "added" and term is not None:
        if judgment.kind in NOBODY:
            return term
        if term.kind not in NOBODY:
            kind = judgment.kind if judgment.kind in FOREVER else term.kind
            return Term(kind, term.start, term.credited, judgment.ends or walk_on(term.end, judgment.months, judgment.credited))
    kind, start, credited = ("unknown", began, 0)
    if outcome == "changed" and term is not None:
        kind, start, credited = term.kind, term.start, term.credited
    if judgment.kind != "unknown":
        kind = judgment.kind
    start = judgment.runs_from or start
    credited = credited if judgment.credited is None else judgment.credited
    return Term(kind, start, credited, judgment.ends or walk_on(start, judgment.months, credited))


def walk_on(start: date | None, months: int | None, credited: int | None) -> date | None:
    """Month by month along the calendar, then back by the credited days, but never before the start."""
    if start is None or months is None:
        return None
    day = start
    for _ in range(months):
        day += DAY
        while not is_same_day_of_month(day, start):
            day += DAY
    for _ in range(credited or 0):
        day = max(start, day - DAY)
    return day


def is_same_day_of_month(day: date, start: date) -> bool:
    is_last_of_month = (day + DAY).month != day.month
    return day.day == start.day or (is_last_of_month and day.day < start.day)
