"""The form in which changes are asked for: two moments of knowledge and two days, with what was typed still in them."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from counts.filters import THEN
from counts.measures import MEASURES

from .counts_choices import Choice, Kept, chosen, kept
from .counts_form import bases

OWN = ("measure", "recognised", "known_from", "known_to", "from", "to")


@dataclass(frozen=True, slots=True)
class DateField:
    """A field for a moment or a day."""

    name: str
    label: Any
    value: str


@dataclass(frozen=True, slots=True)
class ChangesForm:
    """The fields, as asked or as they are by default. `moments` are text: a revision, a day or a moment."""

    measures: list[Choice]
    bases: list[Choice]
    moments: list[DateField]
    days: list[DateField]
    kept: list[Kept]


def changes_form(query: QueryDict) -> ChangesForm:
    """The form for a query, whether it can be answered or not."""
    asked = query.get("measure", "held")
    return ChangesForm(
        measures=[Choice(name, measure.title, name == asked) for name, measure in MEASURES.items()],
        bases=bases(chosen(query, "recognised", THEN)),
        moments=[
            DateField("known_from", _("As known first"), query.get("known_from", "")),
            DateField("known_to", _("As known last"), query.get("known_to", "")),
        ],
        days=[
            DateField("from", _("First day counted"), query.get("from", "")),
            DateField("to", _("Last day counted"), query.get("to", "")),
        ],
        kept=list(kept(query, OWN)),
    )
