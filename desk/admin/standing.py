"""Where a person's record stands, and what the account that looks at it can do next."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from prisoners.models import Prisoner, State
from prisoners.roles import Action, Actor, may, role_needed

from ..actors import names_of_those_who_may


@dataclass(frozen=True, slots=True)
class Standing:
    """For the page of a person; every answer holds for the account that asks."""

    may_send: bool = False
    may_send_back: bool = False
    may_publish: bool = False
    may_withdraw: bool = False
    may_show: bool = False  # more or less of the person
    why_not: str = ""  # why it can't be published by whoever asks
    who_could: list[str] = field(default_factory=list)


def standing(person: Prisoner | None, actor: Actor) -> Standing:
    """A record that isn't saved yet is a draft."""
    if person is None or person.pk is None:
        return Standing(may_send=may(actor, Action.SEND))
    country = person.country
    why_not = _why_not(person, actor)
    is_waiting = person.state == State.IN_REVIEW
    is_public = person.state == State.PUBLISHED
    return Standing(
        may_send=person.state in (State.DRAFT, State.WITHDRAWN) and may(actor, Action.SEND, country),
        may_send_back=is_waiting and may(actor, Action.SEND_BACK, country),
        may_publish=is_waiting and not why_not,
        may_withdraw=is_public and may(actor, Action.WITHDRAW, country),
        may_show=is_public and (may(actor, Action.NARROW, country) or may(actor, Action.PROPOSE, country)),
        why_not=why_not,
        who_could=names_of_those_who_may(Action.PUBLISH, country, but=person.last_changed_by) if is_waiting and why_not else [],
    )


def _why_not(person: Prisoner, actor: Actor) -> str:
    if person.state == State.PUBLISHED:
        return _("It is published already.")
    if person.state != State.IN_REVIEW:
        return _("It has to be sent for review first.")
    if not may(actor, Action.PUBLISH, person.country):
        return _("That takes the role %(roles)s for %(country)s.") % {
            "roles": role_needed(Action.PUBLISH),
            "country": person.country,
        }
    if person.last_changed_by == actor.name:
        return _("You made the last change, so somebody else must approve it.")
    return ""
