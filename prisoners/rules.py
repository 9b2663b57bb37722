"""What two records can't say together, by the names under which the database refuses it; for forms, which speak earlier.

Each rule holds dates of a record against dates of what it belongs to, and is broken only where one certainly comes before
the other. The database has the same rules in SQL (a migration of this app); tests hold the two together.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .dates import UncertainDate
from .models import Arrest, Consent, Judgment, Recognition, Stay, Treatment

Held = tuple[str, str, str]  # a field, “after” or “before”, and the field of the owner that it is held against


@dataclass(frozen=True)
class Rule:
    """`owner` is the link from the record to what it is held against; `exempt` a field that frees the record from the rule."""

    name: str
    model: type[models.Model]
    owner: str
    words: Promise | str
    held: tuple[Held, ...]
    exempt: str = ""

    def broken_by(self, record: Any) -> Held | None:
        """The dates that break the rule; None where it is kept."""
        if self.exempt and getattr(record, self.exempt):
            return None
        owner = getattr(record, self.owner)
        return next((held for held in self.held if _contradicts(record, held, owner)), None)


def _contradicts(record: Any, held: Held, owner: Any) -> bool:
    date, side, other = getattr(record, held[0]), held[1], getattr(owner, held[2])
    return certainly_before(date, other) if side == "after" else certainly_before(other, date)


def certainly_before(one: UncertainDate | datetime.date | None, other: UncertainDate | datetime.date | None) -> bool:
    """Whether the latest day of one comes before the earliest day of the other."""
    latest = one.latest if isinstance(one, UncertainDate) else one
    earliest = other.earliest if isinstance(other, UncertainDate) else other
    return latest is not None and earliest is not None and latest < earliest


SPAN_WITHIN: tuple[Held, ...] = (
    ("began", "after", "began"),
    ("began", "before", "ended"),
    ("ended", "after", "began"),
    ("ended", "before", "ended"),
)

RULES = [
    Rule(
        "judgment_after_arrest",
        Judgment,
        "arrest",
        _("The judgment was passed before the arrest, and not in absentia."),
        (("decided_on", "after", "began"),),
        exempt="is_in_absentia",
    ),
    Rule("stay_within_arrest", Stay, "arrest", _("The stay lies outside its arrest."), SPAN_WITHIN),
    Rule("treatment_within_arrest", Treatment, "arrest", _("The treatment lies outside its arrest."), SPAN_WITHIN),
    Rule(
        "recognition_after_arrest",
        Recognition,
        "arrest",
        _("The arrest was recognised before it happened."),
        (("made_on", "after", "began"),),
    ),
    Rule(
        "arrest_after_birth",
        Arrest,
        "prisoner",
        _("The arrest comes before the birth."),
        (("began", "after", "born"), ("ended", "after", "born")),
    ),
    Rule("arrest_before_death", Arrest, "prisoner", _("The arrest comes after the death."), (("began", "before", "died"),)),
    Rule("arrest_ended_in_life", Arrest, "prisoner", _("The custody ends after the death."), (("ended", "before", "died"),)),
    Rule(
        "arrest_confirmed_in_life",
        Arrest,
        "prisoner",
        _("Custody was confirmed after the death."),
        (("last_confirmed_on", "before", "died"),),
    ),
    Rule(
        "consent_after_birth",
        Consent,
        "prisoner",
        _("The consent was given before the birth."),
        (("given_on", "after", "born"),),
    ),
]


def broken(rules: Iterable[Rule], record: models.Model) -> Iterator[tuple[Rule, Held]]:
    """Each of the rules that a record breaks beside what it belongs to, with the dates to blame."""
    for rule in rules:
        if isinstance(record, rule.model) and getattr(record, rule.owner, None) is not None:
            held = rule.broken_by(record)
            if held is not None:
                yield rule, held
