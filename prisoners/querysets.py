"""Named queries over the records. `published()` is the one door through which readers' pages reach people."""

import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from .codes import is_code

if TYPE_CHECKING:
    from .models import Name, Photo, Prisoner  # noqa: F401 (named in the bases below)


class PrisonerQuerySet(models.QuerySet["Prisoner"]):
    """People."""

    def published(self) -> "PrisonerQuerySet":
        """The people whom readers may see. Everything else is invisible to them, whatever page they ask.

        Only `named` people so far: the weaker visibilities have rules of their own about pages and counts, and until
        those are built such people stay out altogether.
        """
        return self.filter(state="published", visibility="named")

    def named_like(self, text: str) -> "PrisonerQuerySet":
        """People who have, for each word of `text`, some form of a name with that word in it; for a code, its person."""
        code = text.strip().upper()
        if is_code(code):
            return self.filter(code=code)
        people = self
        for word in text.split():
            people = people.filter(pk__in=_names_with(word))
        return people

    def with_readiness(self) -> "models.QuerySet[Any]":
        """With what publishing asks of a person: `has_heading`, `has_arrest`, `has_source`."""
        from .models import Arrest, Citation, Name

        own = Q(prisoner=OuterRef("pk"))
        return self.annotate(
            has_heading=Exists(Name.objects.filter(own, is_heading=True)),
            has_arrest=Exists(Arrest.objects.filter(own)),
            has_source=Exists(Citation.objects.filter(own | Q(arrest__prisoner=OuterRef("pk")))),
        )


def _names_with(word: str) -> "models.QuerySet[Name, Any]":
    from .models import Name

    return Name.objects.filter(text__icontains=word).values("prisoner_id")


class PhotoQuerySet(models.QuerySet["Photo"]):
    """Photos of people."""

    def shown(self, *, on: datetime.date) -> "PhotoQuerySet":
        """The photos that readers may see that day: marked as public, consent given and standing, of a person shown by name.

        A consent withdrawn on whatever day no longer stands.
        """
        from .models import Prisoner

        people = Prisoner.objects.published().filter(visibility="named")
        people = people.filter(Q(embargo_until=None) | Q(embargo_until__lte=on))
        return self.filter(
            is_public=True, consent_on__lte=on, consent_withdrawn_on=None, prisoner__in=people.order_by().values("pk")
        )
