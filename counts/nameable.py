"""Which records a reader's query may name: those that stand with a published person.

For readers no other record exists. A case whose people are all drafts would otherwise be told from one that was never
entered: by the values that an error names, or by being accepted at all.

Waves and pardons have public pages of their own, and vocabularies are definitions: those are valid whoever stands with them.
"""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from prisoners.models import Arrest, Case, Context, Facility, Organisation, Prisoner, Statute


def contexts() -> QuerySet[Context]:
    return Context.objects.filter(_stands_with("context"))


def cases() -> QuerySet[Case]:
    return Case.objects.filter(_stands_with("case"))


def facilities() -> QuerySet[Facility]:
    return Facility.objects.filter(_stands_with("stays__facility"))


def statutes() -> QuerySet[Statute]:
    return Statute.objects.filter(_stands_with("charges__statute"))


def organisations() -> QuerySet[Organisation]:
    return Organisation.objects.filter(_stands_with("recognitions__organisation"))


def _stands_with(link: str) -> Exists:
    """Whether some arrest of a published person leads to the record."""
    where: dict[str, Any] = {link: OuterRef("pk"), "prisoner__in": Prisoner.objects.published()}
    return Exists(Arrest.objects.filter(**where))
