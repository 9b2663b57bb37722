"""Controlled lists: what each code means, and the standard that it comes from. Codes that something here uses."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from .making import Table, Told, flag, key, number, text

_CASES = "FROM prisoners_arrest AS record JOIN arrest ON arrest.id = record.id AND NOT arrest.is_coarse"
_OF_NAMED = "JOIN arrest ON arrest.id = record.arrest_id AND NOT arrest.is_coarse"
_OF_PERSON = "JOIN person ON person.id = link.prisoner_id"


def _terms(name: str, title: Any, words: Any, model: str, table: str, used: str, *more: Told) -> Table:
    columns = (
        key("code", _("the code"), "record.code", f"{model}.code"),
        text("label", _("what it means, in English"), "record.label", f"{model}.label", is_required=True),
        text(
            "labels",
            _("the same by language, as JSON; empty: in English alone"),
            "nullif(record.labels, '{}')::text",
            f"{model}.labels",
        ),
        text("standard", _("the standard that it comes from"), "record.standard", f"{model}.standard"),
        number("position", _("its place in the list"), "record.position", f"{model}.position", is_required=True),
        *more,
    )
    return Table(name, title, words, columns, f"{table} AS record WHERE record.code IN ({used})", key=("code",))


TERMS = (
    _terms(
        "occupations",
        _("Occupations"),
        _("What people do, or did, for a living or a cause."),
        "Occupation",
        "prisoners_occupation",
        f"SELECT link.occupation_id FROM prisoners_prisoner_occupations AS link {_OF_PERSON}",
    ),
    _terms(
        "affiliations",
        _("Affiliations"),
        _("What people belong to: parties, movements, unions, faiths."),
        "Affiliation",
        "prisoners_affiliation",
        f"SELECT link.affiliation_id FROM prisoners_prisoner_affiliations AS link {_OF_PERSON} WHERE NOT person.is_coarse",
    ),
    _terms(
        "vulnerabilities",
        _("Vulnerabilities"),
        _("What makes custody harder on a person."),
        "Vulnerability",
        "prisoners_vulnerability",
        f"SELECT link.vulnerability_id FROM prisoners_prisoner_vulnerabilities AS link {_OF_PERSON} "
        "JOIN prisoners_vulnerability AS term ON term.code = link.vulnerability_id "
        "WHERE NOT person.is_coarse AND (person.with_health OR NOT term.is_health)",
        flag("is_health", _("whether it tells of health"), "record.is_health", "Vulnerability.is_health", is_required=True),
    ),
    _terms(
        "agencies",
        _("Agencies"),
        _("Who arrests."),
        "Agency",
        "prisoners_agency",
        f"SELECT record.agency_id {_CASES}",
    ),
    _terms(
        "regimes",
        _("Regimes"),
        _("Under which people are kept."),
        "Regime",
        "prisoners_regime",
        f"SELECT record.regime_id FROM prisoners_stay AS record {_OF_NAMED} "
        f"UNION SELECT record.regime_id FROM prisoners_judgment AS record {_OF_NAMED}",
    ),
    _terms(
        "treatment_kinds",
        _("Kinds of treatment"),
        _("What is done to people in custody."),
        "TreatmentKind",
        "prisoners_treatmentkind",
        "SELECT done.kind_id FROM prisoners_treatment AS done JOIN arrest ON arrest.id = done.arrest_id",
        flag("is_health", _("whether it tells of health"), "record.is_health", "TreatmentKind.is_health", is_required=True),
    ),
    _terms(
        "criteria",
        _("Criteria"),
        _("Of the definitions of a political prisoner."),
        "Criterion",
        "prisoners_criterion",
        "SELECT link.criterion_id FROM prisoners_recognition_criteria AS link "
        f"JOIN prisoners_recognition AS record ON record.id = link.recognition_id {_OF_NAMED}",
    ),
    _terms(
        "mechanisms",
        _("Mechanisms of release"),
        _("How custody ends."),
        "Mechanism",
        "releases_mechanism",
        "SELECT release.mechanism_id FROM releases_release AS release JOIN arrest ON arrest.id = release.arrest_id "
        f"UNION SELECT record.mechanism_id FROM releases_voidrelease AS record {_OF_NAMED}",
        flag("is_death", _("whether it is a death"), "record.is_death", "Mechanism.is_death", is_required=True),
    ),
    _terms(
        "conditions",
        _("Conditions of release"),
        _("What is asked of people in exchange, or put upon them."),
        "Condition",
        "releases_condition",
        "SELECT link.condition_id FROM releases_release_conditions AS link "
        f"JOIN releases_release AS record ON record.id = link.release_id {_OF_NAMED}",
    ),
    _terms(
        "licences",
        _("Licences of photos"),
        _("On what terms photos may be used."),
        "Licence",
        "prisoners_licence",
        "SELECT shown.licence_id FROM prisoners_photo AS shown JOIN photo ON photo.id = shown.id",
        text("url", _("the address of its text"), "record.url", "Licence.url"),
    ),
)
