"""A case for programs: an explicit list of fields, so that a new column of the records never gets out by itself."""

from typing import Any
from urllib.parse import urljoin

from django.urls import reverse

from prisoners.models import Name, Photo, Source

from .arrest_json import arrest_json, citations_json
from .case import Case
from .documents import date_json
from .standing import Standing

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
    "affiliations": "codes of what the person belongs to, with labels in English",
    "vulnerabilities": "codes; those that tell of health only where that was agreed to",
    "summary": "what the case is about, in the language of the document where there is one",
    "summaries": "the same in each language (ISO 639)",
    "photos": "the photos that may be shown, the page's first: address, size, what it shows, credit, licence, when taken",
    "standing": "held, possibly_held, released or died, whether confirmed in the last year, the day of confirmation, and when "
    "the sentence of somebody held is expected to end",
    "citations": "of the person, as of each record below: field (empty: all of it), number of the source, place in it, value "
    "that it gives; of a confidential source only that there is one",
    "arrests": "each with its dates, place, reasons, context, stays, charges, judgments, treatments, recognitions, release and "
    "releases that came to nothing; an account that tells of health and isn't agreed to is null",
    "sources": "what is cited, numbered as on the page",
    "confidential_sources": "how many more sources are kept confidential",
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
        "names": [{**name_json(name), "citations": citations_json(name, case.notes)} for name in person.names.all()],
        "country": person.country,
        "gender": person.gender,
        "born": date_json(person.born),
        "died": date_json(person.died),
        "citizenships": person.citizenships,
        "home_region": person.home_region,
        "occupations": [occupation.code for occupation in person.occupations.all()],
        "affiliations": {term.code: term.label for term in person.affiliations.all()},
        "vulnerabilities": [term.code for term in person.vulnerabilities.all() if case.with_health or not term.is_health],
        "summary": summary.text if (summary := person.summary()) else "",
        "summaries": {summary.language: summary.text for summary in person.summaries.all()},
        "photos": [_photo(person.code, photo, url) for photo in case.photos],
        "standing": standing_json(case.standing) if case.standing else None,
        "citations": citations_json(person, case.notes),
        "arrests": [arrest_json(arrest, case.notes, with_health=case.with_health) for arrest in person.arrests.all()],
        # Last, when everything that is cited has its number.
        "sources": [_source(number, source) for number, source in case.notes.sources],
        "confidential_sources": case.notes.confidential,
    }


def name_json(name: Name) -> dict[str, Any]:
    """One form of a name."""
    return {
        "text": name.text,
        "language": name.language,
        "script": name.script,
        "kind": name.kind,
        "is_primary": name.is_primary,
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


def standing_json(standing: Standing) -> dict[str, Any]:
    """How somebody named stands on a day."""
    return {
        "status": standing.kind,
        "is_confirmed": standing.is_confirmed,
        "confirmed_on": standing.confirmed_on,
        "sentence_ends": date_json(standing.sentence_ends),
    }


def _source(number: int, source: Source) -> dict[str, Any]:
    return {
        "number": number,
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "archived_url": source.archived_url,
        "kind": source.kind,
        "published_on": date_json(source.published_on),
    }
