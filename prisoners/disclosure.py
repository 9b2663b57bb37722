"""Who may see each field of each record. One declaration for the data dictionary and for the tests against leaks.

Every field is named in the declaration of its app, or `audiences` fails: a new field is nobody's until somebody says whose.
"""

from collections.abc import Mapping
from enum import Enum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .fields import UncertainDateField
from .vocabulary import Term


class Audience(Enum):
    """Who sees a field of a person who is published by name. Of everybody else, and of drafts, readers see less or nothing."""

    PUBLIC = "public"
    CONSENT = "consent"
    AGREED = "agreed"
    SOURCE = "source"
    DESK = "desk"
    PRIVATE = "encrypted"

    @property
    def words(self) -> str | Promise:
        return _WORDS[self]


_WORDS = {
    Audience.PUBLIC: _("public"),
    Audience.CONSENT: _("public; what tells of health only with consent"),
    Audience.AGREED: _("public with consent"),
    Audience.SOURCE: _("public, unless the source is confidential"),
    Audience.DESK: _("desk only"),
    Audience.PRIVATE: _("private, encrypted"),
}
# The names of the fields that each audience sees, separated by spaces; by the name of the model.
Declaration = Mapping[str, Mapping[Audience, str]]

_PUBLIC, _CONSENT, _SOURCE, _DESK = Audience.PUBLIC, Audience.CONSENT, Audience.SOURCE, Audience.DESK
TERM = "code label labels standard position"

DECLARATION: Declaration = {
    "Affiliation": {_PUBLIC: TERM},
    "Agency": {_PUBLIC: TERM},
    "Arrest": {
        _PUBLIC: "prisoner began ended last_confirmed_on country region place agency circumstances stated_reason real_reason "
        "whereabouts is_home_confinement context case certainly_held possibly_held"
    },
    "Case": {_PUBLIC: "slug title summary"},
    "Charge": {_PUBLIC: "arrest statute status status_on requalified_as"},
    "Citation": {
        _PUBLIC: "prisoner name arrest stay charge judgment treatment recognition",
        _SOURCE: "source field locator value",
    },
    "Consent": {_DESK: "prisoner scope given_by given_on withdrawn_on"},
    "Context": {_PUBLIC: "slug title summary"},
    "Criterion": {_PUBLIC: TERM},
    "Facility": {_PUBLIC: "slug name kind country region postal_address latitude longitude"},
    "HistoryEntry": {_DESK: "id batch subject belongs_to action before after actor reason recorded_at"},
    "HistorySeal": {_DESK: "number batch sealed_at entries digest previous hash"},
    "Judgment": {
        _PUBLIC: "arrest decided_on court judge stage outcome is_in_absentia is_closed_hearing regime sentence_kind "
        "sentence_months runs_from credited_days ends"
    },
    "Licence": {_PUBLIC: f"{TERM} url"},
    "Name": {_PUBLIC: "prisoner text language script kind is_primary is_heading"},
    "Occupation": {_PUBLIC: TERM},
    "Organisation": {_PUBLIC: "slug name url"},
    "Photo": {
        Audience.AGREED: "prisoner file width height small_width small_height alternative_text credit licence taken_on "
        "is_primary",
        _DESK: "sha256 small_sha256 is_public consent_on consent_withdrawn_on",
    },
    "Prisoner": {
        _PUBLIC: "code country gender born died citizenships home_region occupations affiliations is_fictional",
        _CONSENT: "vulnerabilities",
        _DESK: "state visibility embargo_until published_on created_at changed_at last_changed_by",
    },
    "Recognition": {_PUBLIC: "arrest organisation made_on criteria criteria_note statement_url withdrawn_on withdrawn_because"},
    "Regime": {_PUBLIC: TERM},
    "Review": {
        _DESK: "prisoner author kind opened_at last_at to_visibility changes_embargo to_embargo_until decision decided_by "
        "decided_at by_operator note"
    },
    "Source": {
        _PUBLIC: "confidentiality",
        _SOURCE: "title publisher url archived_url kind published_on",
        _DESK: "retrieved_on language reliability",
    },
    "Statute": {_PUBLIC: "slug country law article part title"},
    "Stay": {_PUBLIC: "arrest facility began ended regime"},
    "Summary": {_PUBLIC: "prisoner language text"},
    "Treatment": {_PUBLIC: "arrest kind began ended severity", _CONSENT: "account"},
    "TreatmentKind": {_PUBLIC: f"{TERM} is_health"},
    "Vulnerability": {_PUBLIC: f"{TERM} is_health"},
}


class Unclassified(Exception):
    """A declaration and its models differ: the message names each field."""


def audiences(model: type[models.Model], declaration: Declaration) -> dict[str, Audience]:
    """Who sees each field of a model. Raises Unclassified when a field is not declared, twice, or no longer there."""
    declared = [(name, audience) for audience, names in declaration.get(model.__name__, {}).items() for name in names.split()]
    names = [name for name, _audience in declared]
    wanted = [field.name for field in declarable(model)]
    if sorted(names) != sorted(wanted):
        missing, surplus = set(wanted) - set(names), set(names) - set(wanted)
        twice = {name for name in names if names.count(name) > 1}
        differences = f"who sees {sorted(missing)}; gone {sorted(surplus)}; twice {sorted(twice)}"
        raise Unclassified(f"{model._meta.label}: say in `disclosure.py` {differences}")
    return dict(declared)


def declarable(model: type[models.Model]) -> list[models.Field]:
    """The fields that need a word: all but numbered keys, which nobody sees, and the bounds derived from an uncertain date."""
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField | models.BigAutoField)]
    derived = {name for field in fields if isinstance(field, UncertainDateField) for name in bounds_of(field)}
    return [field for field in [*fields, *model._meta.many_to_many] if field.name not in derived]


def bounds_of(field: UncertainDateField) -> tuple[str, str]:
    """The columns that the database derives from an uncertain date."""
    return f"{field.name}_earliest", f"{field.name}_latest"


def is_controlled_list(model: type[models.Model]) -> bool:
    """Whether its rows are terms, which are definitions and public by themselves."""
    return issubclass(model, Term)
