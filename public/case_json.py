"""A case for programs: an explicit list of fields, so that a new column of the records never gets out by itself."""

from typing import Any
from urllib.parse import urljoin

from django.urls import reverse

from prisoners.models import Arrest, Charge, Judgment, Name, Photo, Recognition, Source, Stay, Treatment

from .case import Case
from .documents import date_json
from .standing import Standing, release_of

# Every field of the document and what it says; shown to readers, and held to the document by a test.
FIELDS = {
    "code": "the person's public code, which never changes",
    "url": "the case page",
    "on": "the day that the standing is of",
    "is_fictional": "true for invented people in demonstration data",
    "visibility": "named; people who are shown by their initials have a document of their own",
    "names": "every form of the name: text, language, script, kind, and whether it heads the page",
    "country": "the country that holds or held the person (ISO 3166-1)",
    "gender": "female, male, other or unknown",
    "born": "uncertain date",
    "died": "uncertain date",
    "citizenships": "countries (ISO 3166-1)",
    "home_region": "ISO 3166-2, empty when not on record",
    "occupations": "codes of the occupations",
    "summary": "what the case is about",
    "photos": "the photos that may be shown, the page's first: address, size, what it shows, credit, licence, when taken",
    "standing": "held, possibly_held, released or died, whether confirmed in the last year, and the day of confirmation",
    "arrests": "each with its dates, place, reasons, context, stays, charges, judgments, treatments, recognitions and release",
    "sources": "what the page cites, numbered as there",
}


def as_json(case: Case, url: str) -> dict[str, Any]:
    """The document. An uncertain date is an object with its EDTF text and its earliest and latest day."""
    person = case.person
    return {
        "code": person.code,
        "url": url,
        "on": case.day,
        "is_fictional": person.is_fictional,
        "visibility": "named",
        "names": [_name(name) for name in person.names.all()],
        "country": person.country,
        "gender": person.gender,
        "born": date_json(person.born),
        "died": date_json(person.died),
        "citizenships": person.citizenships,
        "home_region": person.home_region,
        "occupations": [occupation.code for occupation in person.occupations.all()],
        "summary": summary.text if (summary := person.summary()) else "",
        "photos": [_photo(person.code, photo, url) for photo in case.photos],
        "standing": _standing(case.standing) if case.standing else None,
        "arrests": [_arrest(arrest) for arrest in person.arrests.all()],
        "sources": [_source(number, source) for number, source in case.sources],
    }


def _name(name: Name) -> dict[str, Any]:
    return {
        "text": name.text,
        "language": name.language,
        "script": name.script,
        "kind": name.kind,
        "is_heading": name.is_heading,
    }


def _photo(code: str, photo: Photo, url: str) -> dict[str, Any]:
    return {
        "url": urljoin(url, reverse("photo", args=[code, photo.file])),
        "width": photo.width,
        "height": photo.height,
        "alternative_text": photo.alternative_text,
        "credit": photo.credit,
        "licence": photo.licence.code,
        "licence_url": photo.licence.url,
        "taken_on": date_json(photo.taken_on),
    }


def _standing(standing: Standing) -> dict[str, Any]:
    return {"status": standing.kind, "is_confirmed": standing.is_confirmed, "confirmed_on": standing.confirmed_on}


def _arrest(arrest: Arrest) -> dict[str, Any]:
    return {
        "began": date_json(arrest.began),
        "ended": date_json(arrest.ended),
        "last_confirmed_on": arrest.last_confirmed_on,
        "country": arrest.country,
        "region": arrest.region,
        "place": arrest.place,
        "agency": arrest.agency.code if arrest.agency else None,
        "circumstances": arrest.circumstances,
        "stated_reason": arrest.stated_reason,
        "real_reason": arrest.real_reason,
        "whereabouts": arrest.whereabouts,
        "is_home_confinement": arrest.is_home_confinement,
        "context": arrest.context.slug if arrest.context else None,
        "case": arrest.case.slug if arrest.case else None,
        "stays": [_stay(stay) for stay in arrest.stays.all()],
        "charges": [_charge(charge) for charge in arrest.charges.all()],
        "judgments": [_judgment(judgment) for judgment in arrest.judgments.all()],
        "treatments": [_treatment(treatment) for treatment in arrest.treatments.all()],
        "recognitions": [_recognition(recognition) for recognition in arrest.recognitions.all()],
        "release": _release(arrest),
    }


def _stay(stay: Stay) -> dict[str, Any]:
    return {
        "facility": stay.facility.slug,
        "regime": stay.regime.code if stay.regime else None,
        "began": date_json(stay.began),
        "ended": date_json(stay.ended),
    }


def _charge(charge: Charge) -> dict[str, Any]:
    return {
        "article": charge.statute.slug,
        "title": charge.statute.title,
        "status": charge.status,
        "status_on": date_json(charge.status_on),
    }


def _judgment(judgment: Judgment) -> dict[str, Any]:
    return {
        "decided_on": date_json(judgment.decided_on),
        "court": judgment.court,
        "sentence_kind": judgment.sentence_kind,
        "sentence_months": judgment.sentence_months,
        "ends": date_json(judgment.ends),
    }


def _treatment(treatment: Treatment) -> dict[str, Any]:
    return {
        "kind": treatment.kind.code,
        "began": date_json(treatment.began),
        "ended": date_json(treatment.ended),
        "account": treatment.account,
    }


def _recognition(recognition: Recognition) -> dict[str, Any]:
    return {
        "organisation": recognition.organisation.slug,
        "made_on": date_json(recognition.made_on),
        "criteria": [criterion.code for criterion in recognition.criteria.all()],
        "criteria_note": recognition.criteria_note,
        "statement_url": recognition.statement_url,
        "withdrawn_on": date_json(recognition.withdrawn_on),
    }


def _release(arrest: Arrest) -> dict[str, Any] | None:
    release = release_of(arrest)
    if release is None:
        return None
    pardon = release.pardon
    return {
        "mechanism": release.mechanism.code,
        "is_death": release.mechanism.is_death,
        "liberty_after": release.liberty_after,
        "verification": release.verification,
        "pardon": f"{pardon.wave.slug}/{pardon.slug}" if pardon else None,
    }


def _source(number: int, source: Source) -> dict[str, Any]:
    return {
        "number": number,
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "archived_url": source.archived_url,
        "published_on": date_json(source.published_on),
    }
