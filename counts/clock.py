"""The second clock: what was known when, and how much of it may be told (docs/decisions/two-clocks.md).

A seal is a keyed hash; its key is made by the database and lives with its data.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from .models import Revision
from .problems import InvalidQuery, Problem
from .remembered import newest

_REVISION = re.compile(r"[0-9]{1,9}")
_SEALED = re.compile(r"(?P<revision>[0-9]{1,9})(-(?P<told>[0-9]{1,9}))?\.(?P<seal>[A-Za-z0-9_-]{22})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})")
DAY, MINUTE, SECOND, INSTANT = timedelta(days=1), timedelta(minutes=1), timedelta(seconds=1), timedelta(microseconds=1)


@dataclass(frozen=True)
class Known:
    """A moment of knowledge as a query writes it: a revision, perhaps sealed, or all that was known before a moment.

    `told` is the revision whose visibilities a sealed question obeys.
    """

    revision: int | None = None
    told: int | None = None
    seal: str = ""
    begins: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True)
class Clock:
    """The rows of one revision, of which no more is told than at the revision `told`, which isn't before it.

    `key` makes the seals of this database.
    """

    revision: int
    recorded_at: datetime
    told: int
    newest: int
    key: bytes = field(repr=False, compare=False)

    @property
    def is_newest(self) -> bool:
        """Whether it is all that is known now."""
        return self.revision == self.newest

    @property
    def can_recede(self) -> bool:
        """Whether somebody can have come to be told less of, since."""
        return self.told > self.revision

    @property
    def now(self) -> "Clock":
        """The same knowledge, obeying today's visibilities."""
        return replace(self, told=self.newest)

    @property
    def telling(self) -> "Clock":
        """What was known at the revision whose visibilities are obeyed."""
        return replace(self, revision=self.told)


def parsed(text: str) -> Known:
    """A revision (`812`), a sealed one, a day (all of it) or a moment with its zone. Raises ValidationError."""
    if _REVISION.fullmatch(text):
        return Known(revision=int(text))
    if sealed := _SEALED.fullmatch(text):
        revision = int(sealed["revision"])
        return Known(revision=revision, told=int(sealed["told"] or revision), seal=sealed["seal"])
    try:
        if _DAY.fullmatch(text):
            begins = datetime.combine(date.fromisoformat(text), datetime.min.time(), get_default_timezone())
            return Known(begins=begins, before=begins + DAY)
        if moment := _MOMENT.fullmatch(text):
            begins = datetime.fromisoformat(text)
            return Known(begins=begins, before=begins + (INSTANT if moment[2] else SECOND if moment[1] else MINUTE))
    except (ValueError, OverflowError):
        pass
    message = _(
        "“%(value)s” is no moment of knowledge: write a revision (812), a day (2024-02-01), or a moment with its zone "
        "(2024-02-01T12:00:00Z)."
    )
    raise ValidationError(message % {"value": text[:80]}, code="not_known")


def is_sealed(text: str) -> bool:
    """Whether it is written as the `known` of a citation; its seal may still be of another question."""
    return _SEALED.fullmatch(text) is not None


def clock(
    known: Known | None, *, written: str, question: Iterable[tuple[str, str]] = (), now: datetime, name: str = "known"
) -> Clock:
    """The clock that a query asks for; without `known`, of the newest revision. `written` is its value as it was given.

    `question` is all else that the query says, of which a seal must be. Raises InvalidQuery for a moment that is to come, a
    revision that isn't there, and a seal of another question.
    """
    if known is not None and known.revision is not None:
        return of_revision(known, written=written, question=question, name=name)
    at = newest()
    if known is None or known.begins is None or known.before is None or known.begins <= now < known.before:
        return Clock(at.number, at.recorded_at or now, at.number, at.number, at.key)
    if known.begins > now:
        message = _("“%(value)s” is still to come: what will be known then can't be told.")
        raise InvalidQuery([Problem(name, written, message % {"value": written[:80]})])
    last = Revision.objects.filter(recorded_at__lt=known.before).order_by("-recorded_at", "-number")
    number, moment = last.values_list("number", "recorded_at").first() or (0, known.begins)
    return Clock(number, moment, at.number, at.number, at.key)


def of_revision(known: Known, *, written: str, question: Iterable[tuple[str, str]], name: str = "known") -> Clock:
    """The clock of a revision, sealed or not. Raises InvalidQuery as `clock` does."""
    assert known.revision is not None
    at = newest()
    told = at.number if known.told is None else known.told
    moment = Revision.objects.filter(number=known.revision).values_list("recorded_at", flat=True).first()
    if moment is None or told > at.number or known.revision > told:
        message = _("There is no such revision: they are numbered from 1 to %(newest)s.")
        raise InvalidQuery([Problem(name, written, message % {"newest": at.number})])
    if known.seal and not hmac.compare_digest(known.seal, _seal(at.key, known.revision, told, question)):
        message = _(
            "This address was changed after it was cited, so it can't be answered as it was. Write known=%(revision)s to ask "
            "anew what was known then."
        )
        raise InvalidQuery([Problem(name, written, message % {"revision": known.revision}, [str(known.revision)])])
    return Clock(known.revision, moment, told, at.number, at.key)


def sealed(at: Clock, question: Iterable[tuple[str, str]]) -> str:
    """The value of `known` by which this question is answered in just this way for ever; empty before the first revision.

    It proves that the question was answered so once: whatever is withdrawn later, its answer has been public.
    """
    if not at.revision:
        return ""
    told = "" if at.told == at.revision else f"-{at.told}"
    return f"{at.revision}{told}.{_seal(at.key, at.revision, at.told, question)}"


def _seal(key: bytes, revision: int, told: int, question: Iterable[tuple[str, str]]) -> str:
    """128 bits, in letters that need no escape in an address. The order of parameters doesn't matter."""
    text = f"{revision}-{told}?{urlencode(sorted(question))}"
    digest = hmac.new(key, text.encode(), hashlib.sha256).digest()[:16]
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
