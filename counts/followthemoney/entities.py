"""What each row becomes. Every schema and property is one that says exactly what the record says."""

from collections.abc import Iterable
from typing import Any

from .values import Row, country, day, entity

Entity = dict[str, Any]
# Names that are the person's own, in whatever script; the others are known by their kind.
_NAMES = ("legal", "transliteration")
_OTHER_NAMES = {"alias": "alias", "pen": "alias", "religious": "alias", "maiden": "previousName", "patronymic": "fatherName"}
FICTION = "A fictional person: demonstration data."
GENDERS = ("female", "male", "other")


def person(
    row: Row, names: Iterable[Row], summaries: Iterable[Row], occupations: dict[str, str], sources: Iterable[str]
) -> Entity:
    """Somebody who is shown by name."""
    named: dict[str, list[str | None]] = {"name": [row["name"]], "alias": [], "previousName": [], "fatherName": []}
    for form in names:
        named["name" if form["kind"] in _NAMES else _OTHER_NAMES[form["kind"]]].append(form["text"])
    return entity(
        "Person",
        row["code"],
        {
            **named,
            "country": [country(row["country"])],
            "citizenship": [country(code) for code in row["citizenships"] or ()],
            "gender": [row["gender"]] if row["gender"] in GENDERS else [],
            "birthDate": [day(row, "born")],
            "deathDate": [day(row, "died")],
            "profession": [occupations[code] for code in row["occupations"] or ()],
            "notes": [FICTION if row["is_fictional"] else None, *(summary["text"] for summary in summaries)],
            "sourceUrl": sources,
        },
    )


def custody(row: Row, name: str, sources: Iterable[str]) -> Entity:
    """One loss of liberty, as an event in the person's life."""
    return entity(
        "Event",
        row["id"],
        {
            "name": [f"Custody of {name}"],
            "involved": [row["prisoner"]],
            "startDate": [day(row, "began")],
            "endDate": [day(row, "ended")],
            "country": [country(row["country"])],
            "location": [row["place"]],
            "summary": [row["circumstances"]],
            "recordId": [row["id"]],
            "sourceUrl": sources,
        },
    )


def facility(row: Row) -> Entity:
    """A place of detention, as the institution that it is."""
    return entity(
        "Organization",
        f"facility-{row['slug']}",
        {
            "name": [row["name"]],
            "country": [country(row["country"])],
            "classification": [f"place of detention: {row['kind']}"],
            "address": [row["postal_address"]],
        },
    )


def stay(row: Row) -> Entity:
    """Where somebody was kept."""
    return entity(
        "UnknownLink",
        row["id"],
        {
            "subject": [_person_of(row["arrest"])],
            "object": [f"facility-{row['facility']}"],
            "role": ["held at"],
            "startDate": [day(row, "began")],
            "endDate": [day(row, "ended")],
            "recordId": [row["arrest"]],
        },
    )


def organisation(row: Row) -> Entity:
    """A group that recognises political prisoners."""
    return entity("Organization", f"organisation-{row['slug']}", {"name": [row["name"]], "website": [row["url"]]})


def recognition(row: Row) -> Entity:
    """Who says that somebody is a political prisoner."""
    return entity(
        "UnknownLink",
        row["id"],
        {
            "subject": [_person_of(row["arrest"])],
            "object": [f"organisation-{row['organisation']}"],
            "role": ["recognised as a political prisoner by"],
            "startDate": [day(row, "made_on")],
            "endDate": [day(row, "withdrawn_on")],
            "recordId": [row["arrest"]],
            "sourceUrl": [row["statement_url"]],
        },
    )


def group_trial(row: Row) -> Entity:
    """What several people are tried for together."""
    return entity("CourtCase", f"case-{row['slug']}", {"name": [row["title"]], "summary": [row["summary"]]})


def party(row: Row) -> Entity:
    """Somebody who is tried there, by the arrest."""
    return entity(
        "CourtCaseParty",
        f"{row['id']}-case",
        {"party": [row["prisoner"]], "case": [f"case-{row['case']}"], "role": ["accused"], "recordId": [row["id"]]},
    )


def act(row: Row, freed: Iterable[str]) -> Entity:
    """An act of clemency, with the people who are known to be freed under it or named by it."""
    announced = row["announced_number"]
    return entity(
        "Event",
        f"pardon-{row['slug']}",
        {
            "name": [row["title"]],
            "date": [day(row, "announced_on")],
            "keywords": [row["legal_form"], row["authority"]],
            "summary": [f"Announced number: {announced}" if announced is not None else None],
            "description": [row["framing"]],
            "involved": freed,
        },
    )


def event(row: Row) -> Entity:
    """What happened in the world beside the cases."""
    return entity(
        "Event",
        f"event-{row['slug']}",
        {
            "name": [row["title"]],
            "date": [day(row, "happened_on")],
            "keywords": [row["kind"], row["actor"]],
            "summary": [row["summary"]],
        },
    )


def _person_of(arrest: str) -> str:
    """Whose arrest it is: its key begins with their code."""
    return arrest.rpartition("-")[0]
