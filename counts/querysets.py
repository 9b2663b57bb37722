"""Named queries over the ledger."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from .clock import Clock
    from .models import LedgerRow  # noqa: F401 (named in the base below)


class LedgerQuerySet(models.QuerySet["LedgerRow"]):
    """Rows of the ledger."""

    def current(self) -> "LedgerQuerySet":
        """What is known now."""
        return self.filter(known_until=None)

    def known(self, clock: "Clock | None") -> "LedgerQuerySet":
        """What was known at the clock's revision; without a clock, now."""
        if clock is None or clock.is_newest:
            return self.current()
        return self.filter(Q(known_until=None) | Q(known_until__gt=clock.revision), known_from__lte=clock.revision)

    def listed(self, clock: "Clock | None" = None) -> "LedgerQuerySet":
        """People who have a page: named, or with initials. Lists and facets know nobody else.

        By a clock of the past, without those of whom less has been told since.
        """
        rows = self.exclude(visibility="counted")
        return rows.exclude(_receded(clock)) if clock and clock.can_recede else rows

    def only_counted(self, clock: "Clock | None" = None) -> "LedgerQuerySet":
        """People who are in numbers and nowhere else; by a clock of the past, also those of whom less has been told since."""
        is_counted = Q(visibility="counted")
        return self.filter(is_counted | _receded(clock) if clock and clock.can_recede else is_counted)

    def receded(self, clock: "Clock") -> "LedgerQuerySet":
        """People who had a page at the clock's revision, and of whom less is told at its `told`."""
        return self.filter(_receded(clock)) if clock.can_recede else self.none()


def _receded(clock: "Clock") -> Q:
    """Rows told more of than the last change of visibility up to `told` allows."""
    return Q(visibility="named", arrest_id__in=_narrowed(clock, ["", "counted", "initials"])) | Q(
        visibility="initials", arrest_id__in=_narrowed(clock, ["", "counted"])
    )


def _narrowed(clock: "Clock", visibilities: list[str]) -> models.QuerySet[Any]:
    """The arrests that the clock's `told` finds at one of these visibilities, by a change since its revision."""
    from .models import VisibilityChange

    changes = VisibilityChange.objects.filter(revision__gt=clock.revision, revision__lte=clock.told)
    last = changes.order_by("arrest_id", "-revision").distinct("arrest_id")
    return VisibilityChange.objects.filter(pk__in=last.values("pk"), visibility__in=visibilities).values("arrest_id")
