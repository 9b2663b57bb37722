"""The revolving door: which arrest of a person certainly came after the end of another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from prisoners.models import Arrest

from . import wording


@dataclass(frozen=True, slots=True)
class Around:
    """The arrest that ended last before another began, and the first that began after it ended; None where there is none."""

    before: Arrest | None
    after: Arrest | None

    @property
    def arrested_again(self) -> list[str]:
        """Said of an end: that another arrest came after it."""
        return [_("Arrested again %(date)s.") % {"date": wording.when(self.after.began)}] if self.after else []

    def out_of_custody(self, arrest: Arrest) -> str:
        """How long the person was out before this arrest; empty where it is the first, or the days aren't known."""
        ended, began = self.before.ended if self.before else None, arrest.began
        if not (ended and began and ended.earliest and ended.latest and began.earliest and began.latest):
            return ""
        shortest, longest = wording.span(ended.latest, began.earliest), wording.span(ended.earliest, began.latest)
        return _("Out of custody for %(span)s before.") % {"span": wording.between_spans(shortest, longest)}


def before_and_after(arrest: Arrest, arrests: Sequence[Arrest]) -> Around:
    """What certainly came before and after, by the dates; arrests whose order they leave open are neither."""
    earlier = [other for other in arrests if other is not arrest and _is_before(other, arrest)]
    later = [other for other in arrests if other is not arrest and _is_before(arrest, other)]
    return Around(
        max(earlier, key=lambda other: (_ended(other) or date.min, other.pk), default=None),
        min(later, key=lambda other: (_began(other) or date.max, other.pk), default=None),
    )


def _is_before(one: Arrest, other: Arrest) -> bool:
    """Whether the custody ended by the day on which the other can first have begun, as the ledger asks it."""
    ended, began = _ended(one), _began(other)
    return ended is not None and began is not None and ended <= began


def _ended(arrest: Arrest) -> date | None:
    return arrest.ended.latest if arrest.ended else None


def _began(arrest: Arrest) -> date | None:
    return arrest.began.earliest if arrest.began else None
