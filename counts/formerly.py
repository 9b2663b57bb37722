"""Records as they were when a number was cited: a slug that was changed since, a record that is gone.

Numbers of the past name records by the keys and words of their time; the database keeps those when they change.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Model

from .models import FormerRecord, Revision


def gone(model: type[Model], keys: Iterable[str]) -> dict[str, Model]:
    """Records that aren't in the database any more, unsaved, with the slug and the words that they had last."""
    former = FormerRecord.objects.filter(table_name=model._meta.db_table, key__in=list(keys)).order_by("until")
    return {one.key: model(pk=model._meta.pk.to_python(one.key), slug=one.slug, **one.words) for one in former}


def keys_then(model: type[Model], by: str, values: Collection[str], told: int) -> dict[str, Any]:
    """The keys of the records that had these slugs (the field `by`) when the revision `told` was recorded.

    Whoever had a slug first after that moment had it then, or came to have it while the revision was the newest.
    """
    found: dict[str, Any] = dict(model._default_manager.filter(**{f"{by}__in": values}).values_list(by, "pk"))
    then = Revision.objects.filter(number=told).values("recorded_at")
    former = FormerRecord.objects.filter(table_name=model._meta.db_table, slug__in=values, until__gt=then)
    for one in former.order_by("-until"):
        found[one.slug] = model._meta.pk.to_python(one.key)
    return found
