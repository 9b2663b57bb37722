"""Reading private records."""

from typing import Any

from django.db import models
from django.db.models import Q

from prisoners.models import Prisoner

from .models import InternalNote, PrivateRecord


def relation_to(owner: models.Model, kind: type[PrivateRecord]) -> str:
    """The relation by which records of this kind belong to such an owner."""
    return next(name for name in kind.belongs_to if kind._meta.get_field(name).related_model is type(owner))


def records_of(owner: models.Model, kind: type[PrivateRecord]) -> models.QuerySet[Any]:
    """Newest first. Notes about a person's arrests are among those of the person."""
    own = Q(**{relation_to(owner, kind): owner})
    if kind is InternalNote and isinstance(owner, Prisoner):
        own |= Q(arrest__prisoner=owner)
    return kind._default_manager.filter(own).select_related(*kind.belongs_to)
