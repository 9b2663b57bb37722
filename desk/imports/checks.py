"""What a row's facts, each good by itself, can't be together."""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext as _

from prisoners.dates import UncertainDate
from prisoners.rules import certainly_before

from .deriving import Terms
from .rows import Row

Finding = tuple[str, str]  # the column, and why


def contradictions(row: Row, terms: Terms) -> Iterator[Finding]:
    """Each contradiction within a row."""
    yield from _future(row, terms)
    yield from life_and_custody(row, row.born, row.died)
    yield from _custody(row)
    if row.recognised and not row.recognised_by:
        yield "recognised_by", _("A date of recognition needs the organisation that recognised the arrest.")
    if row.source_date and not row.has_source:
        yield "source_date", _("A date of a source needs the address or the title of the source.")
    if terms.publish and not row.has_source:
        yield "source_url", _("There is no source: nobody is published without one.")


def _future(row: Row, terms: Terms) -> Iterator[Finding]:
    for name in ("born", "died", "arrested", "released", "recognised", "source_date"):
        date: UncertainDate | None = getattr(row, name)
        if date and date.earliest and date.earliest > terms.today:
            yield name, _("This day is still to come.")
    if row.last_confirmed and row.last_confirmed > terms.today:
        yield "last_confirmed", _("This day is still to come.")


def life_and_custody(row: Row, born: UncertainDate | None, died: UncertainDate | None) -> Iterator[Finding]:
    """Contradictions between an arrest and a life, which may be known from elsewhere."""
    if certainly_before(died, born):
        yield "died", _("The death comes before the birth.")
    if certainly_before(row.arrested, born):
        yield "arrested", _("The arrest comes before the birth.")
    if certainly_before(row.released, born):
        yield "released", _("The release comes before the birth.")
    if certainly_before(died, row.arrested):
        yield "arrested", _("The arrest comes after the death.")
    if certainly_before(died, row.released):
        yield "released", _("The release comes after the death.")
    if row.last_confirmed and died and not row.is_confirmed_by_list:
        yield from _confirmed_alive(row.last_confirmed, died)


def _confirmed_alive(confirmed: datetime.date, died: UncertainDate) -> Iterator[Finding]:
    if died.latest and died.latest < confirmed:
        yield "last_confirmed", _("Custody was confirmed after the death.")
    elif died.earliest and died.earliest < confirmed:
        narrower = f"{confirmed}/{died.latest or '..'}"
        reason = _("Custody was confirmed after the earliest day of death. If both are right, write the death as %(date)s.")
        yield "died", reason % {"date": narrower}


def _custody(row: Row) -> Iterator[Finding]:
    if certainly_before(row.released, row.arrested):
        yield "released", _("The custody ends before it begins.")
    if certainly_before(row.recognised, row.arrested):
        yield "recognised", _("The arrest was recognised before it happened.")
    if certainly_before(row.sentence_ends, row.arrested):
        yield "sentence_ends", _("The sentence ends before the arrest.")
    if row.mechanism and row.released is None:
        yield (
            "released",
            _("The custody has ended, and nothing says by when: fill in the day or the date of the source, or use --as-at."),
        )
    if row.last_confirmed:
        if row.arrested and row.arrested.earliest and row.last_confirmed < row.arrested.earliest:
            yield "last_confirmed", _("Custody was confirmed before it began.")
        if row.released and row.released.latest and row.last_confirmed > row.released.latest:
            yield "last_confirmed", _("Custody was confirmed after it had ended.")
