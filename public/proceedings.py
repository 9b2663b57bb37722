"""Charges and judgments in a timeline."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prisoners.dates import UncertainDate
from prisoners.models import Charge, Judgment
from prisoners.models.law import ChargeStatus, Outcome, SentenceKind, Stage

from . import wording
from .entries import Entry
from .footnotes import Footnotes


def charge_entries(charges: Iterable[Charge], notes: Footnotes) -> Iterator[Entry]:
    """Charges of one status and date are one entry."""
    together: dict[tuple[str, UncertainDate | None], list[Charge]] = defaultdict(list)
    for charge in charges:
        together[charge.status, charge.status_on].append(charge)
    for (status, date), same in together.items():
        citations = [citation for charge in same for citation in notes.about(charge)]
        yield Entry("charge", date, _charge_title(status), [_charge_words(charge) for charge in same], citations=citations)


def _charge_words(charge: Charge) -> str:
    if charge.requalified_as is None:
        return str(charge.statute)
    return _("%(article)s, now %(other)s") % {"article": charge.statute, "other": charge.requalified_as}


def _charge_title(status: str) -> str:
    return {
        ChargeStatus.PENDING: _("Charged"),
        ChargeStatus.DROPPED: _("Charge dropped"),
        ChargeStatus.REQUALIFIED: _("Charge requalified"),
        ChargeStatus.CONVICTED: _("Convicted"),
        ChargeStatus.ACQUITTED: _("Acquitted"),
    }[ChargeStatus(status)]


def judgment_entry(judgment: Judgment, notes: Footnotes) -> Entry:
    """What a court decided, at which stage and how."""
    return Entry(
        "judgment",
        judgment.decided_on,
        _judgment_title(judgment),
        list(_judgment_details(judgment)),
        citations=notes.about(judgment),
    )


def _judgment_title(judgment: Judgment) -> str:
    sentence = {"sentence": sentence_words(judgment)}
    match Outcome(judgment.outcome):
        case Outcome.CONVICTED:
            return _("Sentenced: %(sentence)s") % sentence
        case Outcome.ADDED:
            return _("Sentenced again: %(sentence)s, added to the sentence in force") % sentence
        case Outcome.CHANGED:
            return _("Sentence changed: %(sentence)s") % sentence
        case Outcome.UPHELD:
            return _("Sentence upheld")
        case Outcome.ACQUITTED:
            return _("Acquitted by the court")
        case Outcome.QUASHED:
            return _("Conviction quashed")
        case Outcome.RETRIAL:
            return _("Sent back for a new trial")


def _judgment_details(judgment: Judgment) -> Iterator[str]:
    stage = wording.capitalised(str(judgment.get_stage_display())) if judgment.stage != Stage.UNKNOWN else ""
    if where := ", ".join(filter(None, [stage, judgment.court])):
        yield where
    if judgment.judge:
        yield _("Judge: %(judge)s") % {"judge": judgment.judge}
    if judgment.is_closed_hearing:
        yield _("Closed hearing")
    if judgment.is_in_absentia:
        yield _("In absentia")
    if judgment.regime:
        yield _("Regime: %(regime)s") % {"regime": judgment.regime}
    yield from _reckoning(judgment)


def _reckoning(judgment: Judgment) -> Iterator[str]:
    if judgment.runs_from is not None:
        yield _("Runs from: %(date)s") % {"date": wording.label(judgment.runs_from)}
    if judgment.credited_days:
        days = judgment.credited_days
        yield ngettext("%(days)d day credited", "%(days)d days credited", days) % {"days": days}
    if judgment.ends is not None:
        yield _("End of the sentence: %(date)s") % {"date": wording.label(judgment.ends)}


def sentence_words(judgment: Judgment) -> str:
    """Such as “imprisonment, 3 years, 6 months”."""
    kind = _("not on record") if judgment.sentence_kind == SentenceKind.UNKNOWN else judgment.get_sentence_kind_display()
    return f"{kind}, {wording.months(judgment.sentence_months)}" if judgment.sentence_months else str(kind)
