"""What the database says when it refuses a row, in the words of the rule that it names."""

from django.apps import apps
from django.db import DatabaseError
from django.utils.translation import gettext as _

_COLUMNS = {
    "arrest_no_overlap": "arrested",
    "arrest_ended_after_began": "released",
    "arrest_confirmed_after_began": "last_confirmed",
    "arrest_confirmed_before_end": "last_confirmed",
    "judgment_after_arrest": "arrested",
    "recognition_after_arrest": "recognised",
    "stay_within_arrest": "arrested",
    "treatment_within_arrest": "arrested",
    "void_release_within_arrest": "arrested",
    # A row's own arrest has been held against the life by then: it is another arrest that the life contradicts.
    "arrest_after_birth": "born",
    "arrest_before_death": "died",
    "arrest_ended_in_life": "died",
    "arrest_confirmed_in_life": "died",
    "consent_after_birth": "born",
    "release_once": "mechanism",
    "prisoner_died_after_birth": "died",
    "imported_case_once": "case_id",
}


def constraint_of(error: DatabaseError) -> str:
    """The name of the constraint that was broken; empty when there is none."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""


def column_of(error: DatabaseError) -> str:
    """The column of the import that the broken rule is about, where one is to blame."""
    return _COLUMNS.get(constraint_of(error), "")


def reason_of(error: DatabaseError) -> str:
    """What the rule says to people; else its name, or the first line of what the database says."""
    name = constraint_of(error)
    rules = (rule for model in apps.get_models() for rule in model._meta.constraints)
    rule = next((rule for rule in rules if rule.name == name), None)
    if rule is None:
        return str(error).partition("\n")[0]
    if rule.violation_error_message == rule.default_violation_error_message:
        return _("It breaks the rule “%(name)s” of the database.") % {"name": name}
    return str(rule.violation_error_message)
