"""Rotation: every private text is encrypted anew with the newest key, so that the older ones can be dropped."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.db import models, transaction

from .envelope import Sealed, Unreadable, unseal
from .fields import EncryptedTextField
from .keys import KeyRing, NoKeyFits

BATCH = 200  # rows that wait for each other while one batch is written


@dataclass(frozen=True, slots=True)
class Problem:
    """A text that can't be read: where it lies, and nothing of what it is."""

    table: str
    row: str
    field: str
    reason: str


@dataclass(slots=True)
class Rotation:
    """What a rotation found and did."""

    values: int = 0
    newest: int = 0
    rotated: int = 0
    problems: list[Problem] = field(default_factory=list)


def encrypted_models() -> Iterator[tuple[type[models.Model], list[EncryptedTextField]]]:
    """Every model with encrypted fields. Rows of the history are left out: they are never rewritten."""
    for model in apps.get_models(include_auto_created=True):
        encrypted = [one for one in model._meta.local_concrete_fields if isinstance(one, EncryptedTextField)]
        if encrypted and not model._meta.proxy and getattr(model, "pgh_tracked_model", None) is None:
            yield model, encrypted


def count_rows() -> int:
    """How many rows a rotation will look at."""
    return sum(model._base_manager.count() for model, _fields in encrypted_models())


def rotate_private_keys(*, ring: KeyRing, dry_run: bool, progress: Callable[[int], object] = lambda rows: None) -> Rotation:
    """Encrypt anew what the newest key didn't encrypt; `progress` hears how many rows were just looked at.

    Each batch is a transaction of its own: after an interruption, what is done stays done, and the next run does the rest.
    A text that no key opens stays as it is and is told of; so is one that lies where it doesn't belong, which is rotated.
    """
    done = Rotation()
    for model, encrypted in encrypted_models():
        last = None
        while rows := _rotate_batch(model, encrypted, after=last, ring=ring, dry_run=dry_run, done=done):
            last = rows[-1].pk
            progress(len(rows))
    return done


@transaction.atomic
def _rotate_batch(
    model: type[models.Model], encrypted: list[EncryptedTextField], *, after: object, ring: KeyRing, dry_run: bool, done: Rotation
) -> list[models.Model]:
    found = model._base_manager.order_by("pk")
    found = found if dry_run else found.select_for_update()
    rows = list((found if after is None else found.filter(pk__gt=after))[:BATCH])
    for row in rows:
        fresh = {one.attname: sealed for one in encrypted if (sealed := _rotated(row, one, ring, done))}
        if fresh and not dry_run:
            model._base_manager.filter(pk=row.pk).update(**fresh)
    return rows


def _rotated(row: models.Model, one: EncryptedTextField, ring: KeyRing, done: Rotation) -> Sealed | None:
    """The text of one field under the newest key; None when there is nothing to do, or nothing can be done."""
    sealed = one.sealed(row)
    if sealed is None:
        return None
    done.values += 1
    read = unseal(sealed, place=one.place(row), ring=ring)
    if isinstance(read, Unreadable):
        done.problems.append(Problem(row._meta.db_table, str(row.pk), one.name, str(read)))
    if ring.seals_with_newest(sealed.token):
        done.newest += 1
        return None
    try:
        fresh = Sealed(ring.seal(ring.open(sealed.token)))
    except NoKeyFits:
        return None
    done.rotated += 1
    return fresh
