"""How a custody ended: what the release was, what it came with, and releases that came to nothing."""

import random
from datetime import date, timedelta

from prisoners.dates import UncertainDate
from prisoners.models import Arrest
from releases.models import LibertyAfter, Release, Verification, VoidRelease

from .chance import day_within, weighted
from .people import Custody
from .records import Records
from .world import world

_OF_PARDONED = {"petition_signed": 0.75, "filmed_confession": 0.4, "silence": 0.3, "exit_ban": 0.15, "cooperation_pledge": 0.05}
_OF_EXILED = {"passport_seized": 0.4, "citizenship_stripped": 0.03}
_OF_RESTRICTED = {"supervision": 0.6, "reporting_duty": 0.5, "exit_ban": 0.3}
_OF_ANYBODY = {"listed_extremist": 0.12, "supervision": 0.05}
_FIRST_DRIVEN_OUT = date(2025, 6, 21)


def release(chance: random.Random, custody: Custody, arrest: Arrest, records: Records) -> Release:
    """The record of an end."""
    return Release(
        arrest=arrest,
        mechanism_id=custody.mechanism,
        pardon=records.pardons[custody.pardon] if custody.pardon else None,
        liberty_after=_liberty(chance, custody),
        verification=_verification(chance, custody),
    )


def conditions(chance: random.Random, custody: Custody, release: Release) -> list[str]:
    """What was asked of the person or put upon them; nothing of the dead."""
    if custody.mechanism == "death_in_custody":
        return []
    shares = {
        **_OF_ANYBODY,
        **(_OF_RESTRICTED if release.liberty_after == LibertyAfter.RESTRICTED else {}),
        **(_OF_EXILED if release.liberty_after == LibertyAfter.EXILED else {}),
        **(_OF_PARDONED if custody.mechanism == "pardon" else {}),
    }
    return [code for code, share in shares.items() if chance.random() < share]


def void_releases(chance: random.Random, custody: Custody, arrest: Arrest, until: date) -> list[VoidRelease]:
    """A few of those still held were as good as free once."""
    first = max(_FIRST_DRIVEN_OUT, custody.began + timedelta(days=200))
    last = until - timedelta(days=30)
    if custody.ended is not None or not custody.is_prosecuted or first > last or chance.random() > 0.008:
        return []
    text = chance.choice(world()["void_releases"])
    mechanism = "pardon" if "pack for home" in text else "deportation"
    day = UncertainDate.on(day_within(chance, first, last))
    return [VoidRelease(arrest=arrest, mechanism_id=mechanism, happened_on=day, because=text)]


def _liberty(chance: random.Random, custody: Custody) -> str:
    if custody.mechanism == "death_in_custody":
        return LibertyAfter.UNKNOWN
    if custody.mechanism in ("deportation", "exchange"):
        return LibertyAfter.EXILED
    if custody.mechanism == "milder_sentence":
        return LibertyAfter.RESTRICTED
    return weighted(
        chance, {LibertyAfter.FREE: 45, LibertyAfter.RESTRICTED: 25, LibertyAfter.EXILED: 10, LibertyAfter.UNKNOWN: 20}
    )


def _verification(chance: random.Random, custody: Custody) -> str:
    if custody.pardon:
        return weighted(chance, {Verification.IDENTIFIED: 40, Verification.CONFIRMED: 60})
    return weighted(
        chance,
        {Verification.ANNOUNCED: 30, Verification.IDENTIFIED: 40, Verification.CONFIRMED: 29, Verification.CONTRADICTED: 1},
    )
