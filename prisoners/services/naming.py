"""Which of a person's names stands above the others."""

from django.db import transaction

from ..models import Name


@transaction.atomic
def set_heading(*, name: Name) -> None:
    """Make this the name that lists are sorted by."""
    name.prisoner.names.exclude(pk=name.pk).filter(is_heading=True).update(is_heading=False)
    name.is_heading = True
    name.save(update_fields=["is_heading"])
