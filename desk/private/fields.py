"""The field of a private text: plain on the record in memory, encrypted in the database, and no use in a filter."""

from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from .envelope import Sealed, Unreadable, seal, unseal
from .keys import key_ring

# What Fernet's tokens look like; the database refuses anything else, from whatever tool it comes.
TOKEN = "^gAAAA[A-Za-z0-9_-]+=*$"  # noqa: S105 (a shape, no secret)


class PrivateText(DeferredAttribute):
    """Opens a text when it is asked for, not when its row is read: lists that don't show it never hold it."""

    field: "EncryptedTextField"

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            return unseal(value, place=value.place or self.field.place(instance), ring=key_ring())
        return value or ""

    def __set__(self, instance: Any, value: Any) -> None:
        value = value.sealed if isinstance(value, Unreadable) else value
        if isinstance(value, str) and self._is_unchanged(instance, value):
            return
        instance.__dict__[self.field.attname] = self.field.to_python(value)

    def _is_unchanged(self, instance: Any, text: str) -> bool:
        held = instance.__dict__.get(self.field.attname)
        return isinstance(held, Sealed) and bool(text) and self.__get__(instance) == text


class EncryptedTextField(models.TextField):
    """A text that only the keys in PRIVATE_KEYS open, and only on the record and field that it was written for.

    On a record it is a `str`, empty for NULL, or an `Unreadable`. It is written through its record alone: what is not
    sealed (`update`, `bulk_update`, fixtures, conditions) is refused, since it would reach the database as it is.
    The model says in `belongs_to` which relations name its owner, and its `id` is known before it is saved.
    """

    description = "encrypted text"
    descriptor_class = PrivateText
    _pyi_private_set_type: str | Unreadable | None  # type: ignore[assignment]
    _pyi_private_get_type: str | Unreadable  # type: ignore[assignment]

    def db_check(self, connection: Any) -> str:
        return f"{connection.ops.quote_name(self.column)} ~ '{TOKEN}'"

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(
            f"{self} is encrypted: it can’t be searched, compared or sorted by “{lookup_name}”, only asked for by isnull."
        )

    def get_transform(self, lookup_name: str) -> Any:
        return self.get_lookup(lookup_name)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, Sealed | Unreadable) else super().to_python(value) or ""

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        """A text that did not change keeps the ciphertext that it had: saving a record changes what was changed."""
        return self.sealed(model_instance)

    def sealed(self, record: models.Model) -> Sealed | None:
        """The ciphertext of a record's text; made, if it was typed since; None of an empty one."""
        place, value = self.place(record), self._held(record)
        if isinstance(value, Sealed) and value.place not in ("", place):  # the record has another owner now
            text = unseal(value, place=value.place, ring=key_ring())
            value = text if isinstance(text, str) else value
        if isinstance(value, str):
            value = seal(value, place=place, ring=key_ring())
        record.__dict__[self.attname] = value
        return value

    def remember_place(self, record: models.Model) -> None:
        """Note where the text was read, so that it can still be read when the record is given to another owner."""
        value = record.__dict__.get(self.attname)
        if isinstance(value, Sealed):
            value.place = self.place(record)

    def _held(self, record: models.Model) -> str | Sealed | None:
        if self.attname not in record.__dict__:
            getattr(record, self.attname)  # left out when the row was read: read it now, or it would be emptied
        return record.__dict__[self.attname] or None

    def get_prep_value(self, value: Any) -> str | None:
        if value is None:
            return None
        if isinstance(value, Sealed):
            return value.token
        raise TypeError(f"{self} is encrypted: write it by saving its record, which seals it; a bare text is refused.")

    def value_to_string(self, obj: models.Model) -> str:
        """For fixtures, which show the ciphertext, and can't be loaded: pg_dump is for that."""
        sealed = self.sealed(obj)
        return sealed.token if sealed else ""

    def place(self, record: models.Model) -> str:
        """Where a text belongs: table, field, row, and the row's owner. A row of the history stands for its record."""
        model: Any = getattr(record, "pgh_tracked_model", None) or type(record)
        owners = (f"{name}={getattr(record, f'{name}_id')}" for name in model.belongs_to)
        return f"{model._meta.db_table}.{self.name} {record.id} {' '.join(owners)}"  # type: ignore[attr-defined]
