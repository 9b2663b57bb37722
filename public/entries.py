"""One thing that happened, as a timeline tells it."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from prisoners.dates import UncertainDate
from prisoners.models import CitationBase
from releases.models import Pardon

from . import wording
from .footnotes import Difference, Mark


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `details` are short sentences; `text` was written by an editor."""

    kind: str
    date: UncertainDate | None
    title: str
    details: list[str] = field(default_factory=list)
    text: str = ""
    url: str = ""
    pardon: Pardon | None = None
    citations: list[CitationBase] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)


def until(date: UncertainDate | None) -> list[str]:
    """When something that lasted was over, where that is known."""
    return [_("Ended %(date)s.") % {"date": wording.when(date)}] if date else []
