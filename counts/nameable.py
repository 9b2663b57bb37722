"""Which records a reader's query may name: those that are told of somebody who has a page.

For readers no other record exists. A case whose people are all drafts would otherwise be told from one that was never
entered: by the values that an error names, or by being accepted at all.

Waves and pardons have public pages of their own, and vocabularies are definitions: those are valid whoever stands with them.
"""

from typing import Any, TypeVar

from django.db.models import Model, OuterRef, QuerySet, Subquery

from prisoners.models import Arrest, Case, Context, Facility, Organisation, Prisoner, Statute
from prisoners.querysets import PrisonerQuerySet


def contexts() -> QuerySet[Context]:
    return _told_of(Prisoner.objects.published(), Context.objects.all(), "context")


def cases() -> QuerySet[Case]:
    return _told_of(Prisoner.objects.named(), Case.objects.all(), "case")


def facilities() -> QuerySet[Facility]:
    return _told_of(Prisoner.objects.named(), Facility.objects.all(), "stays__facility")


def statutes() -> QuerySet[Statute]:
    return _told_of(Prisoner.objects.published(), Statute.objects.all(), "charges__statute")


def organisations() -> QuerySet[Organisation]:
    return _told_of(Prisoner.objects.published(), Organisation.objects.all(), "recognitions__organisation")


Records = TypeVar("Records", bound=Model)


def _told_of(people: PrisonerQuerySet, records: QuerySet[Records], link: str) -> QuerySet[Records]:
    """Those to which some arrest of these people leads.

    One such arrest is looked for, for each record: asked whether any exists, the database would read all of them first.
    """
    where: dict[str, Any] = {link: OuterRef("pk"), "prisoner__in": people}
    one = Subquery(Arrest.objects.filter(**where).order_by().values("pk")[:1])
    return records.alias(one_arrest=one).filter(one_arrest__isnull=False)  # type: ignore[return-value]
