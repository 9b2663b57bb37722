"""Named queries over the ledger."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from .models import LedgerRow  # noqa: F401 (named in the base below)


class LedgerQuerySet(models.QuerySet["LedgerRow"]):
    """Rows of the ledger."""

    def current(self) -> "LedgerQuerySet":
        """What is known now."""
        return self.filter(known_until=None)

    def listed(self) -> "LedgerQuerySet":
        """People who have a page: named, or with initials. Lists and facets know nobody else."""
        return self.exclude(visibility="counted")

    def only_counted(self) -> "LedgerQuerySet":
        """People who are in numbers and nowhere else."""
        return self.filter(visibility="counted")
