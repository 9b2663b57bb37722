"""The page itself, in Markdown."""

import inspect
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import override

from desk.disclosure import BY_APP, audiences, declared_models
from prisoners.disclosure import is_controlled_list

from .fields import anchor, is_required, standard_of, type_of, values_of
from .rules import meaning_of

INTRODUCTION = """\
# Data dictionary

Every record and field that the database holds, written by `manage.py data_dictionary` from the models; a test fails when
it is out of date. “Seen by” is said once for each field, in the `disclosure.py` of its app, which the tests against leaks
read too: **public** means that readers may see it of a person who is published by name. Of people shown by initials or
only counted, of drafts and of withdrawn people they see less or nothing ([editing](editing.md)).

An **uncertain date** is a text such as `2020-08` or `2020-08-09/2020-08-12`; two columns beside it, `…_earliest` and
`…_latest`, are derived by the database ([editing](editing.md#dates)). A **controlled list** has a code that never changes, a
label in English, labels in other languages and the standard that a term comes from; editors add to it at the desk. Each
change of a record is kept in the history, which holds every field of it and is the desk's alone.
"""
APPS = {
    "prisoners": "People: who, why, where",
    "releases": "Releases: how people get out",
    "counts": "The ledger: what can be counted",
    "desk": "The editors' own work",
}


def data_dictionary() -> str:
    """The whole page. Raises Unclassified when nobody has said who may see a field."""
    with override("en"):
        return "\n".join(_lines()).rstrip() + "\n"


def _lines() -> Iterator[str]:
    yield INTRODUCTION
    for app in BY_APP:
        yield f"## {APPS[app]}\n"
        records = [model for model in declared_models() if model._meta.app_label == app]
        yield ", ".join(f"[{model._meta.verbose_name}](#{anchor(model)})" for model in records) + "\n"
        for model in records:
            yield from _record(model)


def _record(model: type[models.Model]) -> Iterator[str]:
    yield f'### <a id="{anchor(model)}"></a>{_capitalised(str(model._meta.verbose_name))} (`{model._meta.label}`)\n'
    yield meaning_of_record(model) + "\n"
    if is_controlled_list(model):
        yield "A controlled list.\n"
    yield "| field | what it is | type | required | seen by | standard | note |"
    yield "|---|---|---|---|---|---|---|"
    seen_by = audiences(model)
    fields: list[Any] = [field for field in [*model._meta.concrete_fields, *model._meta.many_to_many] if field.name in seen_by]
    for field in fields:
        yield _row(field, str(seen_by[field.name].words))
    yield ""
    yield from _values(fields)
    yield from _rules(model)


def meaning_of_record(model: type[models.Model]) -> str:
    """The model's docstring, in one paragraph for each of its own."""
    paragraphs = inspect.cleandoc(model.__doc__ or "").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def _row(field: Any, seen_by: str) -> str:
    label = _capitalised(str(field.verbose_name))
    cells = [f"`{field.name}`", label, type_of(field), is_required(field), seen_by, standard_of(field), str(field.help_text)]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _values(fields: list[Any]) -> Iterator[str]:
    for field in fields:
        if values := values_of(field):
            yield f"`{field.name}` is one of: " + "; ".join(f"`{value}` ({label})" for value, label in values) + ".\n"


def _rules(model: type[models.Model]) -> Iterator[str]:
    if model._meta.constraints:
        yield "Rules of the database:\n"
        for constraint in model._meta.constraints:
            yield f"- `{constraint.name}`: {meaning_of(constraint, model)}"
        yield ""


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
