"""The short entries of lists: explicit fields, named as in the documents of whole cases and made by the same code.

Whoever isn't known to be named goes through `public.coarse`, as on pages; from there on there are years and no places.
"""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from prisoners.models import Arrest, Prisoner

from .. import arrest_json, case_json, coarse_case
from ..coarse import coarse_arrest, coarse_arrests, coarse_person
from ..documents import date_json
from ..faces import Initials, face_of
from ..standing import is_death, release_of, standing_of


def prisoner_entry(request: HttpRequest, person: Prisoner, arrest: Arrest, *, on: date, is_certain: bool) -> dict[str, Any]:
    """Somebody as of a day, with the arrest that matched. `person` brings names, occupations and all arrests."""
    shared = {
        **_person(request, person),
        "is_certain": is_certain,
        "country": person.country,
        "gender": person.gender,
        "occupations": [occupation.code for occupation in person.occupations.all()],
    }
    return shared | (_named(person, arrest, on) if face_of(person).is_named else _in_years(person, arrest, on))


def arrest_entry(request: HttpRequest, arrest: Arrest, *, is_certain: bool) -> dict[str, Any]:
    """One arrest and whose it is. `arrest` brings the person."""
    return {**_whose(request, arrest.prisoner, is_certain), **_arrest(arrest.prisoner, arrest)}


def release_entry(request: HttpRequest, arrest: Arrest, *, is_certain: bool) -> dict[str, Any]:
    """How one custody ended, otherwise than by death."""
    person = arrest.prisoner
    told = _arrest(person, arrest)
    place = {name: told[name] for name in ("began", "ended", "country", "region", "mechanism")}
    entry = {**_whose(request, person, is_certain), **place}
    return {**entry, **_terms(arrest)} if _is_named(person) else entry


def _is_named(person: Prisoner) -> bool:
    return person.visibility == "named"


def _person(request: HttpRequest, person: Prisoner) -> dict[str, Any]:
    return {
        "code": person.code,
        "url": request.build_absolute_uri(reverse("prisoner", args=[person.code])),
        "is_fictional": person.is_fictional,
    }


def _whose(request: HttpRequest, person: Prisoner, is_certain: bool) -> dict[str, Any]:
    visibility = "named" if _is_named(person) else "initials"
    return {**_person(request, person), "visibility": visibility, "is_certain": is_certain}


def _named(person: Prisoner, arrest: Arrest, on: date) -> dict[str, Any]:
    standing = standing_of(person, list(person.arrests.all()), on)
    return {
        "visibility": "named",
        "names": [case_json.name_json(name) for name in person.names.all()],
        "born": date_json(person.born),
        "died": date_json(person.died),
        "standing": case_json.standing_json(standing) if standing else None,
        "arrest": _arrest(person, arrest),
    }


def _in_years(person: Prisoner, arrest: Arrest, on: date) -> dict[str, Any]:
    told, name = coarse_person(person), face_of(person).name
    standing = standing_of(told, coarse_arrests(person, list(person.arrests.all())), on)
    return {
        "visibility": "initials",
        "initials": name.text if isinstance(name, Initials) else None,
        "born": date_json(told.born),
        "died": date_json(told.died),
        "standing": coarse_case.standing_json(standing) if standing else None,
        "arrest": _arrest(person, arrest),
    }


def _arrest(person: Prisoner, arrest: Arrest) -> dict[str, Any]:
    if not _is_named(person):
        return coarse_case.arrest_json(coarse_arrest(person, arrest))
    release = release_of(arrest)
    return {
        **arrest_json.facts_json(arrest),
        "facilities": list(dict.fromkeys(stay.facility.slug for stay in arrest.stays.all())),
        "articles": [charge.statute.slug for charge in arrest.charges.all()],
        "treatments": list(dict.fromkeys(treatment.kind.code for treatment in arrest.treatments.all())),
        "recognitions": [arrest_json.recognition_json(recognition) for recognition in arrest.recognitions.all()],
        "mechanism": release.mechanism.code if release else None,
        "is_death": is_death(arrest, person),
    }


def _terms(arrest: Arrest) -> dict[str, Any]:
    """What came with the release, of somebody who is shown by name."""
    release = release_of(arrest)
    if release is None:
        return {"liberty_after": None, "conditions": [], "verification": None, "pardon": None}
    return {
        "liberty_after": release.liberty_after,
        "conditions": [condition.code for condition in release.conditions.all()],
        "verification": release.verification,
        "pardon": arrest_json.pardon_path(release.pardon),
    }
