"""Everything dated in a person's case, in the order in which it happened."""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from prisoners.dates import UncertainDate
from prisoners.models import Arrest, Prisoner, Recognition, Stay, Treatment
from prisoners.models.custody import FacilityKind, Whereabouts
from prisoners.models.treatment import Severity
from releases.models import LibertyAfter, PardonLine, Release, VoidRelease

from . import wording
from .again import Around, before_and_after
from .entries import Entry, until
from .footnotes import Footnotes
from .proceedings import charge_entries, judgment_entry
from .standing import is_death, release_of

# Of things on one day, and of things without a day in one arrest.
_ORDER = ("arrest", "stay", "charge", "treatment", "judgment", "recognition", "withdrawal", "listed", "void", "end", "death")


def timeline(
    person: Prisoner, arrests: Sequence[Arrest], lines: Sequence[PardonLine], notes: Footnotes, *, with_health: bool
) -> list[Entry]:
    """The entries in order. What has no date stands after the arrest that it belongs to.

    `arrests` and `lines` bring all that is read here, so that no query is made. `with_health`: whether accounts that tell
    of health may be shown.
    """
    found: list[tuple[tuple[datetime.date, int], Entry]] = []
    by_arrest = defaultdict(list)
    for line in lines:
        by_arrest[line.arrest_id].append(line)
    for arrest in arrests:
        start = _day(arrest.began, person.born) or datetime.date.min
        around = before_and_after(arrest, arrests)
        for entry in _entries_of(person, arrest, around, by_arrest[arrest.pk], notes, with_health):
            found.append(((_day(entry.date) or start, _ORDER.index(entry.kind)), entry))
    if person.died is not None and not any(is_death(arrest, person) for arrest in arrests):
        day = _day(person.died) or datetime.date.max
        found.append(((day, _ORDER.index("death")), _death(person, notes)))
    in_order = [entry for _key, entry in sorted(found, key=lambda pair: pair[0])]
    return [_explained(entry, notes) for entry in in_order]


def _explained(entry: Entry, notes: Footnotes) -> Entry:
    differences, marks = notes.explain(entry.citations)
    return replace(entry, differences=differences, marks=marks)


def _entries_of(
    person: Prisoner, arrest: Arrest, around: Around, lines: Sequence[PardonLine], notes: Footnotes, with_health: bool
) -> Iterator[Entry]:
    yield _arrest(arrest, around, notes)
    yield from (_stay(stay, notes) for stay in arrest.stays.all())
    yield from charge_entries(arrest.charges.all(), notes)
    yield from (_treatment(treatment, notes, with_health) for treatment in arrest.treatments.all())
    yield from (judgment_entry(judgment, notes) for judgment in arrest.judgments.all())
    for recognition in arrest.recognitions.all():
        yield _recognition(recognition, notes)
        if recognition.withdrawn_on is not None:
            yield _withdrawal(recognition, notes)
    yield from (_void_release(void, notes) for void in arrest.void_releases.all())
    release = release_of(arrest)
    yield from (_listed(line, notes) for line in lines if release is None or release.pardon_id != line.pardon_id)
    if arrest.ended is not None or is_death(arrest, person):
        yield _end(arrest, person, around, notes)


def _arrest(arrest: Arrest, around: Around, notes: Footnotes) -> Entry:
    place = ", ".join(part for part in (arrest.place, wording.region(arrest.region) if arrest.region else "") if part)
    details = [
        around.out_of_custody(arrest),
        place,
        _("By: %(agency)s") % {"agency": arrest.agency} if arrest.agency else "",
        str(arrest.context) if arrest.context else "",
        _("Tried with others: %(case)s") % {"case": arrest.case} if arrest.case else "",
        _("Stated reason: %(reason)s") % {"reason": arrest.stated_reason} if arrest.stated_reason else "",
        _("Real reason, as found: %(reason)s") % {"reason": arrest.real_reason} if arrest.real_reason else "",
        _whereabouts(arrest),
    ]
    arrested = _("Arrested again") if around.before else _("Arrested")
    title = _("Confined at home") if arrest.is_home_confinement else arrested
    return Entry(
        "arrest",
        arrest.began,
        title,
        [detail for detail in details if detail],
        arrest.circumstances,
        citations=notes.about(arrest, other_than={"ended"}),
    )


def _whereabouts(arrest: Arrest) -> str:
    """What the authorities say, where they don't say the place, which the stays tell."""
    if arrest.whereabouts in (Whereabouts.UNKNOWN, Whereabouts.LOCATED):
        return ""
    return _("Whereabouts: %(whereabouts)s") % {"whereabouts": arrest.get_whereabouts_display()}


def _stay(stay: Stay, notes: Footnotes) -> Entry:
    kind = wording.capitalised(str(stay.facility.get_kind_display())) if stay.facility.kind != FacilityKind.OTHER else ""
    regime = wording.capitalised(str(stay.regime)) if stay.regime else ""
    details = [*filter(None, [kind, regime]), *until(stay.ended)]
    return Entry("stay", stay.began, _("Held at %(place)s") % {"place": stay.facility}, details, citations=notes.about(stay))


def _treatment(treatment: Treatment, notes: Footnotes, with_health: bool) -> Entry:
    is_told = with_health or not treatment.kind.is_health
    severity = _("Severity: %(severity)s") % {"severity": treatment.get_severity_display()}
    return Entry(
        "treatment",
        treatment.began,
        wording.capitalised(str(treatment.kind)),
        [*([severity] if treatment.severity != Severity.UNKNOWN else []), *until(treatment.ended)],
        treatment.account if is_told else "",
        citations=notes.about(treatment, other_than=() if is_told else {"account"}),
    )


def _recognition(recognition: Recognition, notes: Footnotes) -> Entry:
    criteria = [*recognition.criteria.all(), *filter(None, [recognition.criteria_note])]
    return Entry(
        "recognition",
        recognition.made_on,
        _("Recognised as a political prisoner by %(organisation)s") % {"organisation": recognition.organisation},
        [_("Criteria: %(criteria)s") % {"criteria": criterion} for criterion in criteria],
        url=recognition.statement_url,
        citations=notes.about(recognition, other_than=_OF_WITHDRAWAL),
    )


_OF_WITHDRAWAL = {"withdrawn_on", "withdrawn_because"}


def _withdrawal(recognition: Recognition, notes: Footnotes) -> Entry:
    title = _("Recognition withdrawn by %(organisation)s") % {"organisation": recognition.organisation}
    citations = notes.about(recognition, fields=_OF_WITHDRAWAL)
    return Entry("withdrawal", recognition.withdrawn_on, title, text=recognition.withdrawn_because, citations=citations)


def _void_release(void: VoidRelease, notes: Footnotes) -> Entry:
    title = _("Release void: %(mechanism)s") % {"mechanism": void.mechanism}
    details = [_("Custody did not end.")]
    return Entry("void", void.happened_on, title, details, void.because, pardon=void.pardon, citations=notes.about(void))


def _listed(line: PardonLine, notes: Footnotes) -> Entry:
    pardon = line.pardon
    title = _("Named in an announced act of clemency")
    return Entry("listed", pardon.announced_on, title, pardon=pardon, citations=notes.about(pardon))


def _end(arrest: Arrest, person: Prisoner, around: Around, notes: Footnotes) -> Entry:
    """How the custody ended. A death is never called a release."""
    release = release_of(arrest)
    citations = notes.about(arrest, fields={"ended"}) + (notes.about(release) if release else [])
    if is_death(arrest, person):
        title = wording.capitalised(str(release.mechanism)) if release else _("Died in custody")
        citations += notes.about(person, fields={"died"})
        return Entry("death", person.died or arrest.ended, title, citations=citations)
    if release is None:
        title = _("Custody ended; how is not on record")
        return Entry("end", arrest.ended, title, around.arrested_again, citations=citations)
    title = _("Released: %(mechanism)s") % {"mechanism": release.mechanism}
    details = [*_release_details(release), *around.arrested_again]
    return Entry("end", arrest.ended, title, details, pardon=release.pardon, citations=citations)


def _release_details(release: Release) -> Iterator[str]:
    if release.liberty_after != LibertyAfter.UNKNOWN:
        yield _("Liberty after: %(liberty)s") % {"liberty": release.get_liberty_after_display()}
    if conditions := ", ".join(str(condition) for condition in release.conditions.all()):
        yield _("Conditions: %(conditions)s") % {"conditions": conditions}
    yield _("Verification: %(verification)s") % {"verification": release.get_verification_display()}


def _death(person: Prisoner, notes: Footnotes) -> Entry:
    return Entry("death", person.died, _("Died"), citations=notes.about(person, fields={"died"}))


def _day(*dates: UncertainDate | None) -> datetime.date | None:
    """The first bound that is known."""
    return next((day for date in dates if date for day in (date.earliest, date.latest) if day), None)
