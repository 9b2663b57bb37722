"""Everything dated in a person's case, in the order in which it happened."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from prisoners.dates import UncertainDate
from prisoners.models import Arrest, Charge, CitationBase, Judgment, Prisoner, Recognition, Stay, Treatment
from prisoners.models.law import ChargeStatus
from releases.models import LibertyAfter, Pardon, PardonLine

from . import wording
from .footnotes import Footnotes, Mark
from .standing import is_death, release_of


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


# Of things on one day, and of things without a day in one arrest.
_ORDER = ("arrest", "stay", "charge", "treatment", "judgment", "recognition", "withdrawal", "listed", "end", "death")


def timeline(person: Prisoner, arrests: Sequence[Arrest], lines: Sequence[PardonLine], notes: Footnotes) -> list[Entry]:
    """The entries in order. What has no date stands after the arrest that it belongs to.

    `arrests` and `lines` bring all that is read here, so that no query is made.
    """
    found: list[tuple[tuple[datetime.date, int], Entry]] = []
    by_arrest = defaultdict(list)
    for line in lines:
        by_arrest[line.arrest_id].append(line)
    for arrest in arrests:
        start = _day(arrest.began, person.born) or datetime.date.min
        for entry in _entries_of(person, arrest, by_arrest[arrest.pk], notes):
            found.append(((_day(entry.date) or start, _ORDER.index(entry.kind)), entry))
    if person.died is not None and not any(is_death(arrest, person) for arrest in arrests):
        day = _day(person.died) or datetime.date.max
        found.append(((day, _ORDER.index("death")), _death(person, notes)))
    in_order = [entry for _key, entry in sorted(found, key=lambda pair: pair[0])]
    return [replace(entry, marks=notes.marks(entry.citations)) for entry in in_order]


def _entries_of(person: Prisoner, arrest: Arrest, lines: Sequence[PardonLine], notes: Footnotes) -> Iterator[Entry]:
    yield _arrest(arrest, notes)
    yield from (_stay(stay) for stay in arrest.stays.all())
    yield from _charges(arrest.charges.all())
    yield from (_treatment(treatment, notes) for treatment in arrest.treatments.all())
    yield from (_judgment(judgment, notes) for judgment in arrest.judgments.all())
    for recognition in arrest.recognitions.all():
        yield _recognition(recognition, notes)
        if recognition.withdrawn_on is not None:
            yield _withdrawal(recognition)
    release = release_of(arrest)
    yield from (_listed(line, notes) for line in lines if release is None or release.pardon_id != line.pardon_id)
    if arrest.ended is not None or is_death(arrest, person):
        yield _end(arrest, person, notes)


def _arrest(arrest: Arrest, notes: Footnotes) -> Entry:
    place = ", ".join(part for part in (arrest.place, wording.region(arrest.region) if arrest.region else "") if part)
    details = [
        place,
        _("By: %(agency)s") % {"agency": arrest.agency} if arrest.agency else "",
        str(arrest.context) if arrest.context else "",
        _("Stated reason: %(reason)s") % {"reason": arrest.stated_reason} if arrest.stated_reason else "",
        _("Real reason, as found: %(reason)s") % {"reason": arrest.real_reason} if arrest.real_reason else "",
    ]
    title = _("Confined at home") if arrest.is_home_confinement else _("Arrested")
    return Entry(
        "arrest",
        arrest.began,
        title,
        [detail for detail in details if detail],
        arrest.circumstances,
        citations=notes.about(arrest, other_than={"ended"}),
    )


def _stay(stay: Stay) -> Entry:
    regime = str(stay.regime) if stay.regime else ""
    return Entry(
        "stay", stay.began, _("Held at %(place)s") % {"place": stay.facility}, [regime] * bool(regime) + _until(stay.ended)
    )


def _charges(charges: Iterable[Charge]) -> Iterator[Entry]:
    """Charges of one status and date are one entry."""
    together: dict[tuple[str, UncertainDate | None], list[Charge]] = defaultdict(list)
    for charge in charges:
        together[charge.status, charge.status_on].append(charge)
    for (status, date), same in together.items():
        yield Entry("charge", date, _charge_title(status), [str(charge.statute) for charge in same])


def _charge_title(status: str) -> str:
    return {
        ChargeStatus.PENDING: _("Charged"),
        ChargeStatus.DROPPED: _("Charge dropped"),
        ChargeStatus.REQUALIFIED: _("Charge requalified"),
        ChargeStatus.CONVICTED: _("Convicted"),
        ChargeStatus.ACQUITTED: _("Acquitted"),
    }[ChargeStatus(status)]


def _treatment(treatment: Treatment, notes: Footnotes) -> Entry:
    return Entry(
        "treatment",
        treatment.began,
        wording.capitalised(str(treatment.kind)),
        _until(treatment.ended),
        treatment.account,
        citations=notes.about(treatment),
    )


def _judgment(judgment: Judgment, notes: Footnotes) -> Entry:
    details = [judgment.court] if judgment.court else []
    if judgment.ends is not None:
        details.append(_("End of the sentence: %(date)s") % {"date": wording.label(judgment.ends)})
    title = _("Sentenced: %(sentence)s") % {"sentence": sentence_words(judgment)}
    return Entry("judgment", judgment.decided_on, title, details, citations=notes.about(judgment))


def sentence_words(judgment: Judgment) -> str:
    """Such as “imprisonment, 3 years, 6 months”."""
    kind = judgment.get_sentence_kind_display()
    return f"{kind}, {wording.months(judgment.sentence_months)}" if judgment.sentence_months else str(kind)


def _recognition(recognition: Recognition, notes: Footnotes) -> Entry:
    criteria = [*recognition.criteria.all(), *filter(None, [recognition.criteria_note])]
    return Entry(
        "recognition",
        recognition.made_on,
        _("Recognised as a political prisoner by %(organisation)s") % {"organisation": recognition.organisation},
        [_("Criteria: %(criteria)s") % {"criteria": criterion} for criterion in criteria],
        url=recognition.statement_url,
        citations=notes.about(recognition),
    )


def _withdrawal(recognition: Recognition) -> Entry:
    title = _("Recognition withdrawn by %(organisation)s") % {"organisation": recognition.organisation}
    return Entry("withdrawal", recognition.withdrawn_on, title)


def _listed(line: PardonLine, notes: Footnotes) -> Entry:
    pardon = line.pardon
    title = _("Named in an announced act of clemency")
    return Entry("listed", pardon.announced_on, title, pardon=pardon, citations=notes.about(pardon))


def _end(arrest: Arrest, person: Prisoner, notes: Footnotes) -> Entry:
    """How the custody ended. A death is never called a release."""
    release = release_of(arrest)
    citations = notes.about(arrest, fields={"ended"}) + (notes.about(release) if release else [])
    if is_death(arrest, person):
        title = wording.capitalised(str(release.mechanism)) if release else _("Died in custody")
        citations += notes.about(person, fields={"died"})
        return Entry("death", person.died or arrest.ended, title, citations=citations)
    if release is None:
        return Entry("end", arrest.ended, _("Custody ended; how is not on record"), citations=citations)
    details = [_("Verification: %(verification)s") % {"verification": release.get_verification_display()}]
    if release.liberty_after != LibertyAfter.UNKNOWN:
        details.insert(0, _("Liberty after: %(liberty)s") % {"liberty": release.get_liberty_after_display()})
    title = _("Released: %(mechanism)s") % {"mechanism": release.mechanism}
    return Entry("end", arrest.ended, title, details, pardon=release.pardon, citations=citations)


def _death(person: Prisoner, notes: Footnotes) -> Entry:
    return Entry("death", person.died, _("Died"), citations=notes.about(person, fields={"died"}))


def _until(date: UncertainDate | None) -> list[str]:
    return [_("Ended %(date)s.") % {"date": wording.when(date)}] if date else []


def _day(*dates: UncertainDate | None) -> datetime.date | None:
    """The first bound that is known."""
    return next((day for date in dates if date for day in (date.earliest, date.latest) if day), None)
