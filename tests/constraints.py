"""Tries the named constraints of an app's models on real rows, past forms and `save`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Case:
    """Rows that a constraint refuses, and the nearest ones that it lets through; each as changes to a row that is fine."""

    model: type[models.Model]
    refused: Rows
    accepted: Rows


def named_constraints(app: str) -> set[str]:
    """The names of all constraints that an app's models declare."""
    return {constraint.name for model in apps.get_app_config(app).get_models() for constraint in model._meta.constraints}


def constraint_that_refuses(case: Case, fine: Callable[[type[models.Model]], dict[str, Any]]) -> str | None:
    """The name of the constraint that refuses the rows of a case; None when they are let through."""
    try:
        insert(case.model, fine(case.model), case.refused)
    except IntegrityError as error:
        return error.__cause__.diag.constraint_name  # type: ignore[union-attr]
    return None


def insert(model: type[models.Model], fine: dict[str, Any], changes: Iterable[dict[str, Any]]) -> int:
    """Insert rows as they are; give how many."""
    with transaction.atomic():
        return len(model._default_manager.bulk_create([model(**{**fine, **change}) for change in changes]))
