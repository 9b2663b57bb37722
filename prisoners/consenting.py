"""What a person's agreements let readers see."""

import datetime
from collections.abc import Iterable

from .models.consent import Consent, Scope, Speaker


def may_tell_of_health(consents: Iterable[Consent], day: datetime.date) -> bool:
    """Whether the health of a person may be told on a day, by all of their consents, which are loaded already.

    An agreement stands while no withdrawal is on record, of whatever day. One by somebody else doesn't stand against the
    person's own withdrawal that came after it.
    """
    given = [consent for consent in consents if consent.scope == Scope.HEALTH and consent.given_on <= day]
    taken_back = [
        consent.withdrawn_on for consent in given if consent.given_by == Speaker.SELF and consent.withdrawn_on is not None
    ]
    standing = [consent for consent in given if consent.withdrawn_on is None]
    return any(
        consent.given_by == Speaker.SELF or consent.given_on > max(taken_back, default=datetime.date.min) for consent in standing
    )
