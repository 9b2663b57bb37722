"""Named queries over the records. `published()` is the one door through which readers' pages reach people."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from .models import Name, Prisoner  # noqa: F401 (named in the base below)


class PrisonerQuerySet(models.QuerySet["Prisoner"]):
    """People."""

    def published(self) -> "PrisonerQuerySet":
        """The people whom readers may see. Everything else is invisible to them, whatever page they ask.

        Only `named` people so far: the weaker visibilities have rules of their own about pages and counts, and until
        those are built such people stay out altogether.
        """
        return self.filter(state="published", visibility="named")

    def named_like(self, text: str) -> "PrisonerQuerySet":
        """People who have, for each word of `text`, some form of a name with that word in it; or that very code."""
        by_name = self
        for word in text.split():
            by_name = by_name.filter(pk__in=_names_with(word))
        return self.filter(Q(pk__in=by_name.values("pk")) | Q(code=text.strip().upper()))


def _names_with(word: str) -> "models.QuerySet[Name, Any]":
    from .models import Name

    return Name.objects.filter(text__icontains=word).values("prisoner_id")
