"""Charges and judgments that fit what became of a custody."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from prisoners.dates import UncertainDate
from prisoners.models import Arrest, Charge, Judgment
from prisoners.models.law import ChargeStatus, Outcome, SentenceKind, Stage

from .chance import day_within, days_after, weighted
from .people import Custody
from .records import Records
from .world import world

DAYS_IN_MONTH = 30.44
_UNDECIDED = {"proceedings_dropped": ChargeStatus.DROPPED, "acquitted": ChargeStatus.ACQUITTED}
_PROTEST_ARTICLE = "by-cc-342"
_COLONY_REGIMES = {"colony_general": 55, "colony_strict": 35, "colony_special": 3}


@dataclass(slots=True)
class Trial:
    """What courts made of one custody."""

    charges: list[Charge]
    judgments: list[Judgment]

    @property
    def decided_on(self) -> date | None:
        first = self.judgments[0].decided_on if self.judgments else None
        return first.earliest if first else None

    @property
    def regime(self) -> str | None:
        """The regime that the first court named."""
        return self.judgments[0].regime_id if self.judgments else None


def try_in_court(chance: random.Random, custody: Custody, arrest: Arrest, is_woman: bool, records: Records, until: date) -> Trial:
    """Charges and judgments of a prosecuted custody; nothing for the others."""
    if not custody.is_prosecuted:
        return Trial([], [])
    judgments = _judgments(chance, custody, arrest, is_woman, until)
    articles = _articles(chance, custody, arrest, records)
    status = _status(custody, has_judgment=bool(judgments))
    since = judgments[0].decided_on if judgments else None
    charges = [Charge(arrest=arrest, statute=records.statutes[article], status=status, status_on=since) for article in articles]
    _requalify_one(chance, charges, custody)
    if judgments and judgments[-1].outcome == Outcome.ADDED:
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


def _requalify_one(chance: random.Random, charges: list[Charge], custody: Custody) -> None:
    """Now and then an article turns into another one before the judgment."""
    if len(charges) < 2 or chance.random() > 0.15:
        return
    end = charges[1].status_on.earliest if charges[1].status_on else custody.ended
    day = day_within(chance, custody.began, max(custody.began, (end or custody.began) - timedelta(days=10)))
    charges[0].status, charges[0].status_on = ChargeStatus.REQUALIFIED, UncertainDate.on(day)
    charges[0].requalified_as = charges[1].statute


def _status(custody: Custody, *, has_judgment: bool) -> str:
    if custody.mechanism in _UNDECIDED:
        return _UNDECIDED[custody.mechanism]
    return ChargeStatus.CONVICTED if has_judgment else ChargeStatus.PENDING


def _judgments(chance: random.Random, custody: Custody, arrest: Arrest, is_woman: bool, until: date) -> list[Judgment]:
    end = custody.ended or until
    if custody.mechanism == "acquitted":
        return [_judgment(chance, arrest, end, Stage.FIRST, Outcome.ACQUITTED)]
    if custody.mechanism in _UNDECIDED or (end - custody.began).days < 120:
        return []
    decided = day_within(
        chance, custody.began + timedelta(days=60), min(end - timedelta(days=45), custody.began + timedelta(days=320))
    )
    if custody.mechanism == "freed_in_court":
        kind = chance.choice((SentenceKind.FINE, SentenceKind.RESTRICTION))
        return [_judgment(chance, arrest, end, Stage.FIRST, Outcome.CONVICTED, sentence_kind=kind)]
    first = _first_judgment(chance, custody, arrest, is_woman, decided, until)
    return [first, *_later_judgments(chance, custody, first, decided, until)]


def _first_judgment(
    chance: random.Random, custody: Custody, arrest: Arrest, is_woman: bool, decided: date, until: date
) -> Judgment:
    ends = _end_of_sentence(chance, custody, until)
    # A day and a half for each day before the verdict, where the court says so.
    credited = round((decided - custody.began).days / 2) if chance.random() < 0.3 else None
    months = max(1, round(((ends - custody.began).days + (credited or 0)) / DAYS_IN_MONTH))
    is_home = arrest.is_home_confinement
    return _judgment(
        chance,
        arrest,
        decided,
        Stage.FIRST,
        Outcome.CONVICTED,
        sentence_kind=SentenceKind.HOME_CONFINEMENT if is_home else SentenceKind.IMPRISONMENT,
        sentence_months=months,
        regime_id=None if is_home else "colony_general" if is_woman else weighted(chance, _COLONY_REGIMES),
        runs_from=UncertainDate.on(custody.began) if credited else None,
        credited_days=credited,
        ends=UncertainDate.on(ends),
        is_closed_hearing=chance.random() < 0.12,
        court=chance.choice(world()["courts"]),
    )


def _later_judgments(chance: random.Random, custody: Custody, first: Judgment, decided: date, until: date) -> list[Judgment]:
    """Appeals, which change little; sentences quashed; sentences lengthened in custody."""
    end, arrest, found = custody.ended or until, first.arrest, []
    assert first.ends is not None
    assert first.ends.earliest is not None
    if custody.mechanism == "conviction_quashed":
        return [_judgment(chance, arrest, end, chance.choice((Stage.APPEAL, Stage.CASSATION)), Outcome.QUASHED)]
    later = days_after(chance, decided, 40, 100)
    if later < end and chance.random() < 0.4:
        found.append(_on_appeal(chance, custody, first, later))
    if custody.ended is None and (until - decided).days > 500 and chance.random() < 0.06:
        longer = UncertainDate.on(first.ends.earliest + timedelta(days=365))
        day = days_after(chance, decided, 300, 490)
        facts = {"sentence_kind": first.sentence_kind, "sentence_months": 12, "ends": longer, "court": "District court"}
        found.append(_judgment(chance, arrest, day, Stage.FIRST, Outcome.ADDED, **facts))
    return found


def _on_appeal(chance: random.Random, custody: Custody, first: Judgment, day: date) -> Judgment:
    """Most appeals change nothing. One in eight shortens what is still to come of a sentence that nobody has served yet."""
    same = {"sentence_kind": first.sentence_kind, "ends": first.ends, "court": "Appeal court"}
    months = first.sentence_months or 0
    if custody.ended is None or custody.mechanism == "sentence_served" or months < 18 or chance.random() > 0.12:
        return _judgment(chance, first.arrest, day, Stage.APPEAL, Outcome.UPHELD, **same)
    first.sentence_months, first.ends = months + 6, UncertainDate.on(_earliest(first) + timedelta(days=183))
    return _judgment(chance, first.arrest, day, Stage.APPEAL, Outcome.CHANGED, sentence_months=months, **same)


def _earliest(judgment: Judgment) -> date:
    assert judgment.ends is not None
    assert judgment.ends.earliest is not None
    return judgment.ends.earliest


def _judgment(chance: random.Random, arrest: Arrest, day: date, stage: str, outcome: str, **facts: Any) -> Judgment:
    judge = chance.choice(world()["judges"]) if chance.random() < 0.7 else ""
    made = {"court": "District court", "judge": judge, **facts}
    return Judgment(arrest=arrest, decided_on=UncertainDate.on(day), stage=stage, outcome=outcome, **made)


def _end_of_sentence(chance: random.Random, custody: Custody, until: date) -> date:
    if custody.ended is None:
        # A sentence that is over while nobody knows of a release: it needs time to have run.
        is_overdue = (until - custody.began).days > 540 and chance.random() < 0.01
        return days_after(chance, until, -90, -5) if is_overdue else max(custody.due, days_after(chance, until, 20, 1200))
    if custody.mechanism in ("sentence_served", "unknown"):
        return custody.ended
    # Whoever is let out early had little left, often.
    return days_after(chance, custody.ended, 5, 89) if chance.random() < 0.35 else days_after(chance, custody.ended, 90, 1100)
