"""Charges and judgments that fit what became of a custody."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from prisoners.dates import UncertainDate
from prisoners.models import Arrest, Charge, Judgment
from prisoners.models.law import ChargeStatus, SentenceKind

from .chance import day_within, days_after, weighted
from .people import Custody
from .records import Records
from .world import world

DAYS_IN_MONTH = 30.44
_UNDECIDED = {"proceedings_dropped": ChargeStatus.DROPPED, "acquitted": ChargeStatus.ACQUITTED}
_PROTEST_ARTICLE = "by-cc-342"


@dataclass(slots=True)
class Trial:
    """What a court made of one custody."""

    charges: list[Charge]
    judgments: list[Judgment]

    @property
    def decided_on(self) -> date | None:
        first = self.judgments[0].decided_on if self.judgments else None
        return first.earliest if first else None


def try_in_court(chance: random.Random, custody: Custody, arrest: Arrest, records: Records, until: date) -> Trial:
    """Charges and judgments of a prosecuted custody; nothing for the others."""
    if not custody.is_prosecuted:
        return Trial([], [])
    judgments = _judgments(chance, custody, arrest, until)
    articles = _articles(chance, custody, arrest, records)
    status = _status(custody, has_judgment=bool(judgments))
    since = judgments[0].decided_on if judgments else None
    charges = [Charge(arrest=arrest, statute=records.statutes[article], status=status, status_on=since) for article in articles]
    if len(judgments) > 1 and judgments[-1].sentence_months != judgments[0].sentence_months:
        added = records.statutes[world()["added_in_custody"]["slug"]]
        charges.append(Charge(arrest=arrest, statute=added, status=status, status_on=judgments[-1].decided_on))
    return Trial(charges, judgments)


def _articles(chance: random.Random, custody: Custody, arrest: Arrest, records: Records) -> list[str]:
    known = {row["slug"]: row["weight"] for row in world()["statutes"] if row.get("from", "") <= custody.began.isoformat()}
    first = records.article_of_case.get(arrest.case_id or 0) or weighted(chance, known)
    if arrest.context == records.contexts["2020-election-protests"] and chance.random() < 0.5:
        first = _PROTEST_ARTICLE
    more = [weighted(chance, known) for _ in range(weighted(chance, {0: 62, 1: 28, 2: 10}))]
    return list(dict.fromkeys([first, *more]))


def _status(custody: Custody, *, has_judgment: bool) -> str:
    if custody.mechanism in _UNDECIDED:
        return _UNDECIDED[custody.mechanism]
    return ChargeStatus.CONVICTED if has_judgment else ChargeStatus.PENDING


def _judgments(chance: random.Random, custody: Custody, arrest: Arrest, until: date) -> list[Judgment]:
    end = custody.ended or until
    if custody.mechanism in _UNDECIDED or (end - custody.began).days < 120:
        return []
    decided = day_within(
        chance, custody.began + timedelta(days=60), min(end - timedelta(days=45), custody.began + timedelta(days=320))
    )
    if custody.mechanism == "freed_in_court":
        return [_judgment(arrest, end, chance.choice((SentenceKind.FINE, SentenceKind.RESTRICTION)), None, custody.began)]
    ends = _end_of_sentence(chance, custody, until)
    kind = SentenceKind.HOME_CONFINEMENT if arrest.is_home_confinement else SentenceKind.IMPRISONMENT
    judgments = [_judgment(arrest, decided, kind, ends, custody.began, chance.choice(world()["courts"]))]
    later = days_after(chance, decided, 40, 100)
    if later < end and chance.random() < 0.4:
        judgments.append(_judgment(arrest, later, kind, ends, custody.began, "Appeal court"))
    if custody.ended is None and (until - decided).days > 500 and chance.random() < 0.06:
        longer = ends + timedelta(days=365)
        judgments.append(_judgment(arrest, days_after(chance, decided, 300, 490), kind, longer, custody.began))
    return judgments


def _judgment(arrest: Arrest, day: date, kind: str, ends: date | None, began: date, court: str = "District court") -> Judgment:
    return Judgment(
        arrest=arrest,
        decided_on=UncertainDate.on(day),
        court=court,
        sentence_kind=kind,
        sentence_months=max(1, round((ends - began).days / DAYS_IN_MONTH)) if ends else None,
        ends=UncertainDate.on(ends) if ends else None,
    )


def _end_of_sentence(chance: random.Random, custody: Custody, until: date) -> date:
    if custody.ended is None:
        # A sentence that is over while nobody knows of a release: it needs time to have run.
        is_overdue = (until - custody.began).days > 540 and chance.random() < 0.01
        return days_after(chance, until, -90, -5) if is_overdue else max(custody.due, days_after(chance, until, 20, 1200))
    if custody.mechanism in ("sentence_served", "unknown"):
        return custody.ended
    # Whoever is let out early had little left, often.
    return days_after(chance, custody.ended, 5, 89) if chance.random() < 0.35 else days_after(chance, custody.ended, 90, 1100)
