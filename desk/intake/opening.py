"""Beginning an intake: a text becomes its lines, kept as they were pasted."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from prisoners.dates import UncertainDate
from prisoners.models import Source
from prisoners.services import Refused
from releases.models import LegalForm, LibertyAfter, Mechanism, Pardon, Verification

from ..offers.changed import last_seal
from .models import Intake, IntakeLine, LineKind
from .reading import Entry, Kind, read_list
from .repeats import repeats

MAX_LINES, MAX_CHARACTERS = 10_000, 1_000_000
MECHANISM_OF = {form.value: form.value for form in LegalForm}  # the mechanisms have the codes of the forms


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for everybody on a list unless a line says otherwise."""

    held_on: UncertainDate | None
    ended: UncertainDate
    mechanism: Mechanism
    source: Source
    liberty_after: str = LibertyAfter.UNKNOWN
    verification: str = Verification.ANNOUNCED
    conditions: tuple[str, ...] = ()


@transaction.atomic
def open_intake(*, pardon: Pardon, text: str, settings: Settings, by: str, now: datetime.datetime, file_name: str = "") -> Intake:
    """Keep a text as the lines of a new intake. Raises Refused for a text without any name, or with too much."""
    entries = read_text(text)
    intake = Intake.objects.create(
        pardon=pardon,
        source=settings.source,
        file_name=file_name[-255:],
        held_on=settings.held_on,
        ended=settings.ended,
        mechanism=settings.mechanism,
        liberty_after=settings.liberty_after,
        verification=settings.verification,
        conditions=list(settings.conditions),
        opened_by=by,
        opened_at=now,
        opened_after=last_seal(),
    )
    same = repeats([entry.name for entry in entries])
    IntakeLine.objects.bulk_create(
        (_line(intake, at + 1, entry, same[at] + 1 if at in same else None) for at, entry in enumerate(entries)), batch_size=1000
    )
    return intake


def read_text(text: str) -> list[Entry]:
    """The entries of a text that can be an intake. Raises Refused, with words for whoever pasted it."""
    if len(text) > MAX_CHARACTERS:
        raise Refused(_("The text has %(n)s characters; %(most)s are the most.") % {"n": len(text), "most": MAX_CHARACTERS})
    if "\0" in text or _is_noise(text):
        raise Refused(_("This is not text: it holds characters that no list of names has. Save it as text, CSV or .xlsx."))
    _require_few(len(text.splitlines()))  # before seconds are spent on reading it
    entries = read_list(text)
    _require_few(len(entries))
    if not any(entry.kind is Kind.NAME for entry in entries):
        raise Refused(_("No name was found in the text: write one name a line, or names with commas between them."))
    return entries


def _require_few(number: int) -> None:
    if number > MAX_LINES:
        words = _("The list has %(n)s lines; %(most)s are the most for one intake. Paste it in parts.")
        raise Refused(words % {"n": number, "most": MAX_LINES})


def _is_noise(text: str) -> bool:
    """Control characters, or many that could not be decoded."""
    bad = sum(char == "\ufffd" or (ord(char) < 32 and char not in "\t\n\r\f\v\x1c\x1d\x1e\x1f") for char in text)
    return bad > len(text) // 100


def _line(intake: Intake, number: int, entry: Entry, repeated: int | None) -> IntakeLine:
    return IntakeLine(
        intake=intake,
        number=number,
        in_text=entry.line,
        source_text=entry.source,
        kind=LineKind(entry.kind.value),
        name=entry.name[:200],
        born=entry.born or None,
        age=entry.age,
        articles=[article[:20] for article in entry.articles],
        place=entry.place[:200],
        rest=entry.rest,
        repeats=repeated,
    )
