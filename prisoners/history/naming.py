"""What records are called, those too that are gone: by their `str`, from the database or from their last image."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from ..models import HistoryEntry, Name, Prisoner
from .reading import latest, version
from .subjects import Image, Subject, columns_of, named_by

DEPTH = 2  # a release is called by the person of its arrest


def names_of(subjects: Iterable[Subject]) -> dict[Subject, str]:
    """In as many queries as there are kinds of records, however many records."""
    return {subject: _called(subject, record) for subject, record in _records(set(subjects), DEPTH).items()}


def _called(subject: Subject, record: models.Model | None) -> str:
    try:
        return str(record) if record is not None else str(subject)
    except ObjectDoesNotExist:  # what it is called by is gone without an image
        return str(subject)


def _records(subjects: set[Subject], depth: int) -> dict[Subject, models.Model | None]:
    found: dict[Subject, models.Model | None] = dict.fromkeys(subjects)
    for table, keys in _by_table(subjects).items():
        if model := Subject(table, "").model:
            found |= {Subject.of(record): record for record in _there(model, keys)}
    gone = {subject for subject, record in found.items() if record is None and subject.model}
    return found | _from_images(gone, depth) if gone else found


def _by_table(subjects: Iterable[Subject]) -> dict[str, list[str]]:
    tables = defaultdict(list)
    for subject in sorted(subjects):
        tables[subject.table].append(subject.key)
    return tables


def _there(model: type[models.Model], keys: list[str]) -> Any:
    found = model._base_manager.filter(pk__in=keys)
    paths = list(_required(model, DEPTH))
    found = found.select_related(*paths) if paths else found
    return found.prefetch_related("names") if model is Prisoner else found


def _required(model: type[models.Model], depth: int, path: str = "") -> Iterable[str]:
    """Paths to what a record can't do without: all that a `str` reads."""
    for field in columns_of(model).values():
        if field.is_relation and not field.null:
            yield path + field.name
            if depth > 1:
                yield from _required(field.related_model, depth - 1, f"{path}{field.name}__")  # type: ignore[arg-type]


def _from_images(subjects: set[Subject], depth: int) -> dict[Subject, models.Model | None]:
    images = {subject: version(entry) for subject, entry in latest(subjects).items()}
    records = {subject: _record(subject, image) for subject, image in images.items()}
    if depth:
        _tie(records, images, depth)
    if people := {subject: record for subject, record in records.items() if isinstance(record, Prisoner)}:
        _name_people(people)
    return dict(records)


def _record(subject: Subject, image: Image) -> models.Model:
    assert subject.model is not None
    columns = columns_of(subject.model)
    return subject.model(**{columns[c].attname: _python(columns[c], value) for c, value in image.items() if c in columns})


def _python(field: models.Field, value: Any) -> Any:
    try:
        return field.to_python(value)
    except ValidationError:  # what was allowed once
        return value


def _tie(records: dict[Subject, models.Model], images: dict[Subject, Image], depth: int) -> None:
    """Give each record what it can't do without."""
    ties = [
        (record, column, target)
        for subject, record in records.items()
        for column, target in named_by(type(record), images[subject]).items()
        if not columns_of(type(record))[column].null
    ]
    targets = _records({target for _record, _column, target in ties}, depth - 1)
    for record, column, target in ties:
        if targets[target] is not None:
            setattr(record, columns_of(type(record))[column].name, targets[target])


def _name_people(people: dict[Subject, Prisoner]) -> None:
    """A person who is gone took the names along."""
    table = Name._meta.db_table
    entries = HistoryEntry.objects.filter(belongs_to__in=map(str, people), subject__startswith=f"{table}:").order_by("id")
    last = {entry.subject: entry for entry in entries}
    for subject, person in people.items():
        of_person = [entry for entry in last.values() if entry.belongs_to == str(subject)]
        names = [_record(Subject.parse(entry.subject), version(entry)) for entry in _went_along(of_person)]
        person._prefetched_objects_cache = {"names": names}  # type: ignore[attr-defined]


def _went_along(entries: list[HistoryEntry]) -> list[HistoryEntry]:
    """Of the names that a person ever had, those of the end."""
    batch = max((entry.batch for entry in entries), default=0)
    return [entry for entry in entries if entry.batch == batch]


def kind_of(subject: Subject) -> str:
    """Such as “arrest”; of a table without a model, its name."""
    return str(subject.model._meta.verbose_name) if subject.model else subject.table


def title_of(subject: Subject, names: Mapping[Subject, str]) -> str:
    """Such as “arrest: BY-7K3QX2: 2020-08-09”."""
    name = names.get(subject, subject.key)
    return _("%(kind)s: %(name)s") % {"kind": kind_of(subject), "name": name}
