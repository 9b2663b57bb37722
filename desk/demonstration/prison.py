"""Where people are kept during a custody, and what is done to them there."""

import random
from datetime import date, timedelta

from prisoners.dates import UncertainDate
from prisoners.models import Arrest, Stay, Treatment
from prisoners.models.treatment import Severity

from .chance import day_within, days_after, weighted
from .court import Trial
from .people import Custody
from .records import Records

_TREATMENTS = {
    "torture": 14,
    "denied_medical_care": 18,
    "solitary": 20,
    "prolonged_solitary": 8,
    "incommunicado": 12,
    "denied_letters": 20,
    "forced_labour": 6,
    "hunger_strike": 3,
    "harsher_regime": 8,
}
_ACCOUNTS = {
    "torture": "Tells of being beaten on the first night and of bright light round the clock.",
    "denied_medical_care": "Asked for a doctor in writing and got no answer; medicine from home was sent back.",
    "solitary": "Kept in a punishment cell without a mattress by day.",
    "prolonged_solitary": "Kept in a punishment cell again and again, with a day between the terms.",
    "incommunicado": "No letters, calls, parcels or visits; the lawyer is not let in.",
    "denied_letters": "Letters from all but the nearest family don’t arrive.",
    "forced_labour": "Made to work in the sawmill for a few coins a month.",
    "hunger_strike": "Refused food to protest against the punishment cell.",
    "harsher_regime": "Moved to a stricter regime by a court inside the colony.",
}
_LASTING = {"incommunicado", "denied_letters", "forced_labour", "harsher_regime"}
_SEVERITIES = {
    "torture": {Severity.LIGHT: 20, Severity.SERIOUS: 55, Severity.LIFE: 5, Severity.UNKNOWN: 20},
    "denied_medical_care": {Severity.LIGHT: 15, Severity.SERIOUS: 45, Severity.LIFE: 15, Severity.UNKNOWN: 25},
    "hunger_strike": {Severity.LIGHT: 30, Severity.SERIOUS: 30, Severity.LIFE: 15, Severity.UNKNOWN: 25},
}


def stays(chance: random.Random, custody: Custody, arrest: Arrest, is_woman: bool, trial: Trial, records: Records) -> list[Stay]:
    """Stays that follow each other without a gap, from the arrest to its end."""
    if arrest.is_home_confinement:
        return []
    if not custody.is_prosecuted:
        cells = records.facility(chance, "police", arrest.region)
        return [
            Stay(arrest=arrest, facility=cells, regime_id="administrative", began=custody.known_began, ended=custody.known_ended)
        ]
    remand = Stay(arrest=arrest, facility=records.facility(chance, "remand", arrest.region), regime_id="pre_trial")
    remand.began, remand.ended = custody.known_began, custody.known_ended
    moved = _moved_on(chance, custody, trial.decided_on)
    if moved is None:
        return [remand]
    remand.ended = UncertainDate.on(moved)
    after = _after_trial(chance, arrest, is_woman, trial, records)
    after.began, after.ended = UncertainDate.on(moved), custody.known_ended
    return [remand, after]


def _moved_on(chance: random.Random, custody: Custody, decided_on: date | None) -> date | None:
    if decided_on is None:
        return None
    moved = days_after(chance, decided_on, 20, 120)
    return moved if custody.ended is None or moved < custody.ended - timedelta(days=7) else None


def _after_trial(chance: random.Random, arrest: Arrest, is_woman: bool, trial: Trial, records: Records) -> Stay:
    """To a colony where the court named one; else, and now and then all the same, elsewhere."""
    kind = weighted(chance, {"colony": 88, "prison": 7, "open": 4, "psychiatric": 1})
    if kind != "colony":
        return Stay(arrest=arrest, facility=records.facility(chance, kind, arrest.region), regime_id=kind)
    return Stay(arrest=arrest, facility=records.colony(chance, is_woman), regime_id=trial.regime)


def treatments(chance: random.Random, custody: Custody, arrest: Arrest, until: date) -> list[Treatment]:
    """None for most; for the others, one to three things done on days inside the custody."""
    if chance.random() >= (0.3 if custody.is_prosecuted else 0.12):
        return []
    last = (custody.ended or until) - timedelta(days=1)
    kinds = dict.fromkeys(weighted(chance, _TREATMENTS) for _ in range(weighted(chance, {1: 70, 2: 22, 3: 8})))
    return [_treatment(chance, kind, arrest, custody.began, max(custody.began, last)) for kind in kinds]


def _treatment(chance: random.Random, kind: str, arrest: Arrest, first: date, last: date) -> Treatment:
    began = day_within(chance, first, min(last, first + timedelta(days=5)) if kind == "torture" else last)
    ended = None if kind in _LASTING or kind == "torture" else min(last, days_after(chance, began, 1, 30))
    form = UncertainDate.parse(f"{began:%Y-%m}") if chance.random() < 0.4 else UncertainDate.on(began)
    return Treatment(
        arrest=arrest,
        kind_id=kind,
        began=form,
        ended=UncertainDate.on(ended) if ended else None,
        severity=weighted(chance, _SEVERITIES[kind]) if kind in _SEVERITIES else Severity.UNKNOWN,
        account=_ACCOUNTS[kind],
    )
