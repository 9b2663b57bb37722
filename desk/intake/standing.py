"""Where somebody stood on the day of an act of clemency, and so what choosing them for a line of it does."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from prisoners.models import Arrest, Prisoner

from .days import Days, release_of


class Effect(StrEnum):
    """What a line does once an editor has confirmed somebody for it."""

    RELEASE = "release"  # ends the custody, and makes the release
    COMPLETE = "complete"  # makes the release of a custody whose end is on record without one
    LINK = "link"  # ties the line to what is on record, and changes nothing of that
    NOTHING = "nothing"  # they can't be chosen


@dataclass(frozen=True, slots=True)
class Standing:
    """One person on one day: the arrest that a line would be tied to, what that does, and why, in words."""

    arrest: Arrest | None
    effect: Effect
    words: str
    is_held: bool = False

    @property
    def is_choosable(self) -> bool:
        return self.effect != Effect.NOTHING


def standing_of(person: Prisoner, arrests: list[Arrest], days: Days) -> Standing:
    """`arrests` are all of the person, with their releases."""
    begun = [arrest for arrest in arrests if days.begun(arrest)]
    if not begun:
        words = _("arrested after that day") if arrests else _("no arrest is on record")
        return Standing(None, Effect.NOTHING, words)
    arrest = max(begun, key=lambda one: _nearness(one, days))
    is_held = days.holds(arrest)
    if days.took(person):
        words = _("died on %(day)s: choosing them ties the line to the record; no release is made") % {"day": person.died}
        return Standing(arrest, Effect.LINK, words)
    if arrest.ended is None:
        words = _("held on that day") if days.is_one else _("in custody, and can have been on the day of the act")
        return Standing(arrest, Effect.RELEASE, words, is_held)
    return _ended(arrest, is_held)


def _nearness(arrest: Arrest, days: Days) -> tuple[bool, bool, datetime.date, int]:
    """The greater, the more likely the arrest that an act of those days is about."""
    began = (arrest.began and arrest.began.earliest) or datetime.date.min
    return days.holds(arrest), arrest.ended is None, began, arrest.pk


def _ended(arrest: Arrest, is_held: bool) -> Standing:
    release = release_of(arrest)
    if release is None:
        words = _("custody ended on %(day)s, and how is not on record: choosing them says how") % {"day": arrest.ended}
        return Standing(arrest, Effect.COMPLETE, words, is_held)
    said = {"day": arrest.ended, "mechanism": release.mechanism, "pardon": release.pardon or ""}
    if release.mechanism.is_death:
        words = _("died in custody on %(day)s (%(mechanism)s): choosing them ties the line to the record; no release is made")
    elif release.pardon:
        words = _(
            "released on %(day)s (%(mechanism)s, %(pardon)s): choosing them ties the line to that release, not to a second one"
        )
    else:
        words = _("released on %(day)s (%(mechanism)s): choosing them ties the line to that release, not to a second one")
    return Standing(arrest, Effect.LINK, words % said, is_held)
