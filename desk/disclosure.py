"""Who may see each field of the desk's own records, and all declarations together."""

from django.apps import apps
from django.db import models

from counts import disclosure as of_counts
from prisoners import disclosure as of_prisoners
from prisoners.disclosure import Audience, Declaration
from releases import disclosure as of_releases

_DESK, _PRIVATE = Audience.DESK, Audience.PRIVATE
_OF_FILE = "file sha256 size media_type"
_OF_PRIVATE = "id entered_by entered_at changed_at"

DECLARATION: Declaration = {
    "Assignment": {_DESK: "user role countries"},
    "Capture": {_DESK: f"{_OF_FILE} source captured_at"},
    "ConsentEvidence": {_DESK: f"{_OF_PRIVATE} prisoner", _PRIVATE: "given_by scope recorded"},
    "ExactAddress": {_DESK: f"{_OF_PRIVATE} prisoner", _PRIVATE: "address note"},
    "FamilyContact": {_DESK: f"{_OF_PRIVATE} prisoner", _PRIVATE: "name relation reach speaks note"},
    "HealthFile": {_DESK: f"{_OF_PRIVATE} prisoner", _PRIVATE: "text consent"},
    "Import": {
        _DESK: "file_name sha256 list_name as_at approval made_at rows created updated unchanged waiting rejected",
    },
    "ImportedRow": {
        _DESK: "batch line list_name case_id person_id digest values notes prisoner arrest is_update is_latest",
    },
    "Intake": {
        _DESK: "pardon source file_name held_on ended mechanism liberty_after verification conditions state"
        " opened_by opened_at opened_after confirmed_by confirmed_at",
    },
    "IntakeLine": {
        _DESK: "intake number in_text source_text kind name born age articles place rest repeats decision arrest because"
        " ended liberty_after conditions version decided_by decided_at position",
    },
    "InternalNote": {_DESK: f"{_OF_PRIVATE} prisoner arrest", _PRIVATE: "text"},
    "KeptPost": {_DESK: "id account browser kept_at", _PRIVATE: "sent"},
    "Offer": {_DESK: "line prisoner form score put_aside_by put_aside_at"},
    "OpenLine": {_DESK: "line as_written held_on name keys since"},
    "Original": {_DESK: f"{_OF_FILE} photo received_at"},
    "Progress": {_DESK: "through upto within"},
    "SourceIdentity": {_DESK: f"{_OF_PRIVATE} source", _PRIVATE: "identity reach risk"},
}
BY_APP: dict[str, Declaration] = {
    "prisoners": of_prisoners.DECLARATION,
    "releases": of_releases.DECLARATION,
    "counts": of_counts.DECLARATION,
    "desk": DECLARATION,
}


def declared_models() -> list[type[models.Model]]:
    """Every record, app by app."""
    return [model for app in BY_APP for model in apps.get_app_config(app).get_models()]


def audiences(model: type[models.Model]) -> dict[str, Audience]:
    """Who sees each field of a record. Raises Unclassified when somebody forgot to say."""
    return of_prisoners.audiences(model, BY_APP[model._meta.app_label])
