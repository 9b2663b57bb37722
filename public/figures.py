"""Counts as pages show them: each number with the words for it and the list of exactly those people."""

import datetime
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict

from counts.answering import answer
from counts.answers import Answer
from counts.around import Stretch, after, before
from counts.tally import Figures
from counts.wording import citation

CHANGES_DAYS = 30
YEARS_BACK = 6


@dataclass(frozen=True, slots=True)
class Linked:
    """A number and the queries that give it: of the count, and of the list of the people counted."""

    answer: Answer
    count_query: str
    list_query: str

    @property
    def figures(self) -> Figures:
        return self.answer.total


def ask(today: datetime.date, now: datetime.datetime, **query: str | datetime.date) -> Linked:
    """A count asked by a page itself."""
    asked = answer(QueryDict(urlencode(query)), today=today, now=now)
    return Linked(asked, asked.exact_query, asked.list_query() or "")


def changes(today: datetime.date, now: datetime.datetime) -> dict[str, Linked]:
    """Arrests, releases and deaths of the last days, today included, of everybody documented."""
    first = today - datetime.timedelta(days=CHANGES_DAYS - 1)
    period: dict[str, str | datetime.date] = {"from": first, "to": today, "recognised": "any"}
    return {measure: ask(today, now, measure=measure, **period) for measure in ("arrests", "releases", "deaths")}


def over_time(today: datetime.date, now: datetime.datetime, *, recognised: str) -> Answer:
    """Who was held at the end of each month of the last years, and today."""
    first = today.replace(year=max(today.year - YEARS_BACK, 1), month=1, day=1)
    query: dict[str, str | datetime.date] = {"measure": "held", "step": "month", "from": first, "to": today}
    return ask(today, now, recognised=recognised, **query).answer


def around(
    first_act: datetime.date, last_act: datetime.date, today: datetime.date, now: datetime.datetime
) -> tuple[Linked, Linked | None]:
    """Arrests of the days before the first act and after the last one; None when no day after it has come yet."""
    stretch = after(last_act, today)
    return arrested_in(before(first_act), today, now), arrested_in(stretch, today, now) if stretch else None


def arrested_in(stretch: Stretch, today: datetime.date, now: datetime.datetime) -> Linked:
    """Everybody documented who was arrested in these days, recognised or not."""
    days: dict[str, str | datetime.date] = {"from": stretch.first, "to": stretch.last}
    return ask(today, now, measure="arrests", recognised="any", **days)


def cited(asked: Answer, base_url: str) -> dict[str, str]:
    """How to cite a count: an address that is answered in just this way for ever, and the words."""
    url = f"{base_url}?{asked.cited_query}"
    return {"url": url, "text": citation(asked, site_name=settings.SITE_NAME, url=url)}
