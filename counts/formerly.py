"""Records as they were when a number was cited: a slug that was changed since, a record that is gone.

Numbers of the past name records by the keys and words of their time. The history has those.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from prisoners.history.reading import latest, version
from prisoners.history.subjects import Subject, columns_of
from prisoners.models import HistoryEntry

from .models import Revision


def gone(model: type[Model], keys: Iterable[str]) -> dict[str, Model]:
    """Records that aren't in the database any more, as they last were; none for a key that the history doesn't know."""
    table = model._meta.db_table
    entries = latest([Subject(table, key) for key in keys])
    return {subject.key: _record(model, version(entry)) for subject, entry in entries.items()}


def keys_then(model: type[Model], by: str, values: Collection[str], told: int) -> dict[str, Any]:
    """The keys of the records that had these values of the field `by` while the revision `told` was the newest.

    Rather those that had them as it was recorded than those that came to have them afterwards.
    """
    now: dict[str, Any] = dict(model._default_manager.filter(**{f"{by}__in": values}).values_list(by, "pk"))
    moments = dict(Revision.objects.filter(number__in=[told, told + 1]).values_list("number", "recorded_at"))
    if told + 1 not in moments:
        return now
    found: dict[str, Any] = {}
    for moment in (moments[told], moments[told + 1]):
        found |= {value: pk for value, pk in now.items() if value not in found and _had(model, pk, by, value, moment)}
        if missing := [value for value in values if value not in found]:
            found |= _last_to_have(model, by, missing, moment)
    return found


def _had(model: type[Model], pk: Any, by: str, value: str, at: datetime) -> bool:
    """Whether the record had the value by then: by its history, or because it's older than that."""
    entries = HistoryEntry.objects.filter(subject=str(Subject(model._meta.db_table, str(pk)))).order_by("id")
    first = entries.first()
    if first is None or (first.before is not None and first.before.get(by) == value):
        return True
    return entries.filter(recorded_at__lte=at, **{f"after__{by}": value}).exists()


def _last_to_have(model: type[Model], by: str, values: Collection[str], at: datetime) -> dict[str, Any]:
    """The last records by a moment that had the values. Reads the whole history of the table: few ask for it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT ON (after ->> %(by)s) after ->> %(by)s, subject FROM history_entry
               WHERE split_part(subject, ':', 1) = %(table)s AND recorded_at <= %(at)s AND after ->> %(by)s = ANY(%(values)s)
               ORDER BY after ->> %(by)s, id DESC""",
            {"by": by, "table": model._meta.db_table, "at": at, "values": list(values)},
        )
        return {value: model._meta.pk.to_python(Subject.parse(subject).key) for value, subject in cursor.fetchall()}


def _record(model: type[Model], image: dict[str, Any]) -> Model:
    """An unsaved record with what the image holds of the model's columns."""
    columns = columns_of(model)
    return model(**{field.attname: field.to_python(image[name]) for name, field in columns.items() if name in image})
