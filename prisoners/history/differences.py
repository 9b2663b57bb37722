"""Two images of a record, field by field."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .reading import Step
from .subjects import Image, Subject, columns_of, is_owner, link_field, named_by
from .wording import EMPTY, Reader, words

MOST_WORDS = 4000  # of both texts together; longer ones are shown whole


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed, came or went."""

    text: str
    kind: str = "same"  # same, added, removed


@dataclass(frozen=True)
class Change:
    """One field: what it was, and what it became."""

    label: str
    before: str
    after: str
    column: str = ""  # empty for links
    pieces: tuple[Piece, ...] = ()  # of a long text that was there before and after

    @property
    def is_sealed(self) -> bool:
        """That it changed is known, and not how."""
        return self.before == self.after


def differences(model: type[models.Model] | None, before: Image | None, after: Image | None, reader: Reader) -> list[Change]:
    """The fields that differ, in the order of the model, then columns that it has no more."""
    was, now = before or {}, after or {}
    fields: dict[str, Any] = dict(columns_of(model)) if model else {}
    passed_over = _told_elsewhere(model) if before is None or after is None else set()
    columns = [column for column in [*fields, *sorted({*was, *now} - set(fields))] if column not in passed_over]
    # A column that one of the two doesn't know came or went with a migration: nobody changed it.
    known = [c for c in columns if (before is None or c in was) and (after is None or c in now)]
    found = (_change(fields.get(c), c, was.get(c), now.get(c), reader) for c in known if was.get(c) != now.get(c))
    return [change for change in found if (change.before, change.after) != (EMPTY, EMPTY)]


def _told_elsewhere(model: type[models.Model] | None) -> set[str]:
    """Of a record that came or went: its key, and what it belongs to, under which it stands."""
    if model is None:
        return set()
    owners = {column for column, field in columns_of(model).items() if is_owner(field)}
    return {str(model._meta.pk.column), *owners}


def _change(field: Any, column: str, was: Any, now: Any, reader: Reader) -> Change:
    before, after = words(field, was, reader), words(field, now, reader)
    label = capfirst(str(field.verbose_name)) if field is not None else column
    is_long = isinstance(field, models.TextField) and EMPTY not in (before, after) and before != after
    return Change(label, before, after, column, tuple(pieces(before, after)) if is_long else ())


def pieces(before: str, after: str) -> Iterator[Piece]:
    """Word by word, what stayed, went and came; nothing for texts too long to compare."""
    left, right = (re.findall(r"\S+\s*|\s+", text) for text in (before, after))
    if len(left) + len(right) > MOST_WORDS:
        return
    for _tag, i1, i2, j1, j2 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if left[i1:i2] == right[j1:j2]:
            yield Piece("".join(left[i1:i2]))
            continue
        if i1 < i2:
            yield Piece("".join(left[i1:i2]), "removed")
        if j1 < j2:
            yield Piece("".join(right[j1:j2]), "added")


def link_change(step: Step, reader: Reader) -> Change | None:
    """A link to another record that came or went, such as “Occupations: + writer”; None for steps of records."""
    model = step.subject.model
    field = link_field(model) if model else None
    if field is None or model is None:
        return None
    image = step.after or step.before or {}
    target = named_by(model, image)[field.m2m_reverse_name()]
    name = reader.names.get(target, target.key)
    came = step.after is not None
    return Change(capfirst(str(field.verbose_name)), "" if came else _("− %s") % name, _("+ %s") % name if came else "")


def owner_of_link(step: Step) -> Subject | None:
    """The record under which a link is told; None for steps of records."""
    model = step.subject.model
    field = link_field(model) if model else None
    if field is None or model is None:
        return None
    return named_by(model, step.after or step.before or {})[field.m2m_column_name()]
