"""Named queries over the records. `published()` is the one door through which readers' pages reach people."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from .codes import is_code
from .name_keys import fill, write_keys
from .spellings import holding

if TYPE_CHECKING:
    from .models import Name, Photo, Prisoner  # noqa: F401 (named in the bases below)


class PrisonerQuerySet(models.QuerySet["Prisoner"]):
    """People."""

    def published(self) -> "PrisonerQuerySet":
        """The people who have a page: named, or with initials only. Whoever else there is, no address leads to them.

        What may be said of them is another question: ask `named()` where a name is, or anything beside it.
        """
        return self.in_numbers().filter(visibility__in=("named", "initials"))

    def named(self) -> "PrisonerQuerySet":
        """The people whose names and exact facts readers may see: the door to search, photos, acts of clemency."""
        return self.in_numbers().filter(visibility="named")

    def in_numbers(self) -> "PrisonerQuerySet":
        """Everybody who counts, those included who are nothing but counted. For numbers alone: it shows nobody.

        An embargo holds until it is lifted (`lift_embargoes`), whatever the day.
        """
        return self.filter(state="published", embargo_until=None).exclude(visibility="internal")

    def embargo_over(self, today: date) -> "PrisonerQuerySet":
        """Those whose embargo may be lifted."""
        return self.filter(embargo_until__lte=today)

    def named_like(self, text: str) -> "PrisonerQuerySet":
        """People who have, for each word of `text`, some form of a name with that word in it; for a code, its person."""
        code = text.strip().upper()
        if is_code(code):
            return self.filter(code=code)
        words = text.split()
        return self.filter(pk__in=RawSQL(*holding(words))) if words else self  # noqa: S611 (put together of constants)

    def with_readiness(self) -> "models.QuerySet[Any]":
        """With what publishing asks of a person: `has_heading`, `has_arrest`, `has_source`."""
        from .models import Arrest, Citation, Name

        own = Q(prisoner=OuterRef("pk"))
        return self.annotate(
            has_heading=Exists(Name.objects.filter(own, is_heading=True)),
            has_arrest=Exists(Arrest.objects.filter(own)),
            has_source=Exists(Citation.objects.filter(own | Q(arrest__prisoner=OuterRef("pk")))),
        )


class NameQuerySet(models.QuerySet["Name"]):
    """Names, which are written together with the keys that they are found by."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> Any:
        """As ever, and with their keys."""
        with transaction.atomic(using=self.db, savepoint=False):
            made: list[Any] = super().bulk_create(objs, *args, **kwargs)
            # Of rows that were there already the database tells no key.
            write_keys((name.pk, name.text) for name in made if name.pk)
        return made

    def update(self, **kwargs: Any) -> int:
        """As ever, and with their keys where the text is changed."""
        with transaction.atomic(using=self.db, savepoint=False):
            changed = super().update(**kwargs)
            if "text" in kwargs:
                fill(changed)
        return changed

    update.alters_data = True  # type: ignore[attr-defined]


class PhotoQuerySet(models.QuerySet["Photo"]):
    """Photos of people."""

    def shown(self, *, on: date) -> "PhotoQuerySet":
        """The photos that readers may see that day: marked as public, consent given and standing, of a person shown by name.

        A consent withdrawn on whatever day no longer stands; nor does that to a photo while the person's log says that every
        consent to photos was withdrawn.
        """
        from .models import Consent, Prisoner

        people = Prisoner.objects.named().order_by().values("pk")
        logged = Consent.objects.filter(prisoner=OuterRef("prisoner"), scope="photo")
        agreed = ~Exists(logged) | Exists(logged.filter(withdrawn_on=None))
        return self.filter(agreed, is_public=True, consent_on__lte=on, consent_withdrawn_on=None, prisoner__in=people)
