"""What restoring leaves alone: which records it may touch at all, and the columns that never come back.

Publication never comes back by restoring, nor does anything that readers were denied since: whoever wants that does it
where it is asked for, approved and noted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models


@dataclass(frozen=True)
class Kept:
    """Columns that stay as they are. A record that was deleted gets them as they were last, or `anew`."""

    columns: tuple[str, ...]
    anew: Mapping[str, Any] = field(default_factory=dict)


_KEPT = {
    "prisoners_prisoner": Kept(
        ("state", "visibility", "embargo_until", "published_on"), anew={"state": "draft", "published_on": None}
    ),
    "prisoners_source": Kept(("confidentiality",)),
    "prisoners_consent": Kept(("withdrawn_on",)),
    "prisoners_vulnerability": Kept(("is_health",)),
    "prisoners_treatmentkind": Kept(("is_health",)),
}
_NOTHING = Kept(())
# What waits for a second person is opened by the change itself. It has a history of its own, and is no part of what somebody
# changed: nothing of it is taken back, and it stands against nothing that is.
REVIEWS = "prisoners_review"


def kept_of(model: type[models.Model]) -> Kept:
    """What stays as it is in records of this model."""
    return _KEPT.get(model._meta.db_table, _NOTHING)


def is_restorable(model: type[models.Model]) -> bool:
    """Whether its records can be restored: only those of apps that say so, so that no account gets back what it may do.

    An app says so by `restorable` in its configuration: True, or the names of some of its models.
    """
    if model._meta.db_table == REVIEWS:
        return False
    meta = (model._meta.auto_created or model)._meta  # type: ignore[union-attr]
    said = getattr(apps.get_app_config(meta.app_label), "restorable", ())
    return said is True or (said is not False and meta.object_name in said)
