"""Why nothing was restored."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import psycopg2
import psycopg2.errors
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from django.utils.translation import gettext as _


class NotRestored(ValidationError):
    """Nothing was done. `rule` is the name of the database's rule that stands against it, if one does."""

    def __init__(self, words: str | Iterable[str], rule: str = "") -> None:
        super().__init__([words] if isinstance(words, str) else list(words))
        self.rule = rule


@contextmanager
def explained() -> Iterator[None]:
    """Turn what the database refuses into NotRestored."""
    try:
        yield
    except (IntegrityError, DataError) as error:
        cause = error.__cause__
        if isinstance(cause, psycopg2.errors.ForeignKeyViolation):
            raise NotRestored(_("Something hangs on this, or something that it names is gone.")) from error
        if not isinstance(cause, psycopg2.Error):
            raise
        raise NotRestored(cause.diag.message_primary or str(cause), cause.diag.constraint_name or "") from error
