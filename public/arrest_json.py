"""An arrest and what belongs to it, for programs: explicit lists of fields, like the rest of the document."""

from typing import Any

from django.db.models import Model

from prisoners.models import Arrest, Charge, Judgment, Recognition, Stay, Treatment
from releases.models import Pardon, VoidRelease

from .documents import date_json
from .footnotes import Footnotes, is_open
from .standing import release_of


def citations_json(record: Model, notes: Footnotes) -> list[dict[str, Any]]:
    """The citations of a record. Of confidential ones nothing is said but that they are, once for each field."""
    cited = notes.about(record)
    told = [{"field": c.field, "source": notes.number_of(c), "locator": c.locator, "value": c.value} for c in cited if is_open(c)]
    hidden = dict.fromkeys(c.field for c in cited if not is_open(c))
    notes.marks(cited)  # each counts among the sources of the document
    return told + [{"field": field, "source": None, "locator": "", "value": ""} for field in hidden]


def arrest_json(arrest: Arrest, notes: Footnotes, *, with_health: bool) -> dict[str, Any]:
    """The arrest; accounts that tell of health only `with_health`."""
    return {
        **facts_json(arrest),
        "circumstances": arrest.circumstances,
        "stated_reason": arrest.stated_reason,
        "real_reason": arrest.real_reason,
        "citations": citations_json(arrest, notes),
        "stays": [_stay(stay, notes) for stay in arrest.stays.all()],
        "charges": [_charge(charge, notes) for charge in arrest.charges.all()],
        "judgments": [_judgment(judgment, notes) for judgment in arrest.judgments.all()],
        "treatments": [_treatment(treatment, notes, with_health) for treatment in arrest.treatments.all()],
        "recognitions": [_recognition(recognition, notes) for recognition in arrest.recognitions.all()],
        "void_releases": [_void_release(void, notes) for void in arrest.void_releases.all()],
        "release": _release(arrest, notes),
    }


def facts_json(arrest: Arrest) -> dict[str, Any]:
    """What is told of an arrest of somebody named wherever it stands: when, where, by whom, as part of what."""
    return {
        "began": date_json(arrest.began),
        "ended": date_json(arrest.ended),
        "last_confirmed_on": arrest.last_confirmed_on,
        "country": arrest.country,
        "region": arrest.region,
        "place": arrest.place,
        "agency": arrest.agency.code if arrest.agency else None,
        "whereabouts": arrest.whereabouts,
        "is_home_confinement": arrest.is_home_confinement,
        "context": arrest.context.slug if arrest.context else None,
        "case": arrest.case.slug if arrest.case else None,
    }


def _stay(stay: Stay, notes: Footnotes) -> dict[str, Any]:
    return {
        "facility": stay.facility.slug,
        "facility_kind": stay.facility.kind,
        "regime": stay.regime.code if stay.regime else None,
        "began": date_json(stay.began),
        "ended": date_json(stay.ended),
        "citations": citations_json(stay, notes),
    }


def _charge(charge: Charge, notes: Footnotes) -> dict[str, Any]:
    return {
        "article": charge.statute.slug,
        "title": charge.statute.title,
        "status": charge.status,
        "status_on": date_json(charge.status_on),
        "requalified_as": charge.requalified_as.slug if charge.requalified_as else None,
        "citations": citations_json(charge, notes),
    }


def _judgment(judgment: Judgment, notes: Footnotes) -> dict[str, Any]:
    return {
        "decided_on": date_json(judgment.decided_on),
        "court": judgment.court,
        "judge": judgment.judge,
        "stage": judgment.stage,
        "outcome": judgment.outcome,
        "is_in_absentia": judgment.is_in_absentia,
        "is_closed_hearing": judgment.is_closed_hearing,
        "regime": judgment.regime.code if judgment.regime else None,
        "sentence_kind": judgment.sentence_kind,
        "sentence_months": judgment.sentence_months,
        "runs_from": date_json(judgment.runs_from),
        "credited_days": judgment.credited_days,
        "ends": date_json(judgment.ends),
        "citations": citations_json(judgment, notes),
    }


def _treatment(treatment: Treatment, notes: Footnotes, with_health: bool) -> dict[str, Any]:
    is_told = with_health or not treatment.kind.is_health
    citations = citations_json(treatment, notes)
    return {
        "kind": treatment.kind.code,
        "began": date_json(treatment.began),
        "ended": date_json(treatment.ended),
        "severity": treatment.severity,
        "account": treatment.account if is_told else None,
        "citations": citations if is_told else [each for each in citations if each["field"] != "account"],
    }


def recognition_json(recognition: Recognition) -> dict[str, Any]:
    """Who recognises, since when, and until when."""
    return {
        "organisation": recognition.organisation.slug,
        "made_on": date_json(recognition.made_on),
        "withdrawn_on": date_json(recognition.withdrawn_on),
    }


def _recognition(recognition: Recognition, notes: Footnotes) -> dict[str, Any]:
    return {
        **recognition_json(recognition),
        "criteria": [criterion.code for criterion in recognition.criteria.all()],
        "criteria_note": recognition.criteria_note,
        "statement_url": recognition.statement_url,
        "withdrawn_because": recognition.withdrawn_because,
        "citations": citations_json(recognition, notes),
    }


def _void_release(void: VoidRelease, notes: Footnotes) -> dict[str, Any]:
    return {
        "mechanism": void.mechanism.code,
        "happened_on": date_json(void.happened_on),
        "because": void.because,
        "pardon": pardon_path(void.pardon),
        "citations": citations_json(void, notes),
    }


def _release(arrest: Arrest, notes: Footnotes) -> dict[str, Any] | None:
    release = release_of(arrest)
    if release is None:
        return None
    return {
        "mechanism": release.mechanism.code,
        "is_death": release.mechanism.is_death,
        "liberty_after": release.liberty_after,
        "conditions": [condition.code for condition in release.conditions.all()],
        "verification": release.verification,
        "pardon": pardon_path(release.pardon),
        "citations": citations_json(release, notes),
    }


def pardon_path(pardon: Pardon | None) -> str | None:
    """The act of clemency as other records name it; `pardon` brings its wave."""
    return f"{pardon.wave.slug}/{pardon.slug}" if pardon else None
