"""What a person belongs to, what makes custody harder on them, and what of it they agreed to have published."""

import random
from datetime import date, timedelta

from prisoners.models import Consent, Prisoner
from prisoners.models.consent import Scope, Speaker
from prisoners.models.person import age_between

from .chance import days_after, weighted
from .people import Person
from .world import world

_HEALTH = {"serious_illness": 0.05, "disability": 0.02}
_FAMILY = {"small_children": 0.09, "relative_held": 0.05}
_SPEAKERS = {Speaker.FAMILY: 60, Speaker.SELF: 20, Speaker.LAWYER: 20}
_SHARE_OF_AFFILIATED = 0.18
_SHARE_AGREEING_ON_HEALTH = 0.55


def affiliations(chance: random.Random) -> list[str]:
    """None for most."""
    if chance.random() >= _SHARE_OF_AFFILIATED:
        return []
    weights = {row["code"]: row["weight"] for row in world()["affiliations"]}
    return list(dict.fromkeys(weighted(chance, weights) for _ in range(weighted(chance, {1: 85, 2: 15}))))


def vulnerabilities(chance: random.Random, person: Person, record: Prisoner) -> list[str]:
    """By age where the birth says so for certain, else by lot."""
    ages = age_between(record.born, person.custodies[0].began)
    of_age = ["minor"] * bool(ages and ages[1] < 18) + ["over_60"] * bool(ages and ages[0] >= 60)
    shares = {**_HEALTH, **_FAMILY, **({"pregnancy": 0.01} if person.is_woman else {})}
    return of_age + [code for code, share in shares.items() if chance.random() < share]


def consents(chance: random.Random, person: Person, record: Prisoner, codes: list[str], until: date) -> list[Consent]:
    """Some agree to their health being known, some of them take it back; a few agreements concern the rest of the case."""
    began = person.custodies[0].began
    found = []
    tells_of_health = bool({*_HEALTH, "pregnancy"} & set(codes))
    if chance.random() < (_SHARE_AGREEING_ON_HEALTH if tells_of_health else 0.02):
        found.append(_consent(chance, record, Scope.HEALTH, began, until))
    if chance.random() < 0.15:
        found.append(_consent(chance, record, chance.choice((Scope.NAME, Scope.CONTACT)), began, until))
    return found


def _consent(chance: random.Random, record: Prisoner, scope: str, began: date, until: date) -> Consent:
    given = min(until, days_after(chance, began, 10, 300))
    withdrawn = min(until, given + timedelta(days=chance.randint(30, 500))) if chance.random() < 0.1 else None
    return Consent(prisoner=record, scope=scope, given_by=weighted(chance, _SPEAKERS), given_on=given, withdrawn_on=withdrawn)
